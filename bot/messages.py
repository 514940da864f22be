"""One message in, one reply out: the shapes that channels, the HTTP API and the command line share (INTERFACES of the project)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    ValidationError,
    field_validator,
)

from bot.day import read_day, read_today
from bot.errors import BadMessage, Id
from dialogues.record import CategorySpell, EmployeeSpell, Enrolment, Record, Relative


def _printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError("holds a control character; use letters and digits")
    return value


Day: TypeAlias = Annotated[date, BeforeValidator(read_day)]
Today: TypeAlias = Annotated[date, BeforeValidator(read_today)]
MessageId: TypeAlias = StrictStr | StrictInt
SessionName: TypeAlias = Annotated[str, Field(max_length=200), AfterValidator(_printable)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EnrolmentIn(_Strict):
    """One cover year of a resident's enrolment; `amount` in 元."""

    year: Annotated[int, Field(ge=1990, le=2100)]
    status: Literal["paid", "unpaid", "registered", "stopped", "refunded"]
    paid_on: Day | None = None
    amount: Annotated[Decimal, Field(ge=0, le=1_000_000, allow_inf_nan=False)] | None = None
    tier: str | None = None
    channel: Annotated[str, Field(max_length=40)] | None = None


class CategorySpellIn(_Strict):
    """A time in which a resident was in a category, both days counted; without `until` it goes on."""

    category: Annotated[str, Field(max_length=40)]
    since: Day | None = None
    until: Day | None = None
    certified_by: Annotated[str, Field(max_length=60)] = ""


class EmployeeInsuranceIn(_Strict):
    """The last spell of 职工医保."""

    months: Annotated[int, Field(ge=0, le=800)]
    ended_on: Day | None = None


class ResidentIn(_Strict):
    """The enrolment record a conversation is bound to."""

    name: Annotated[str, Field(max_length=60)] = ""
    birth_date: Day | None = None
    town: str | None = None
    hukou: Literal["local", "nonlocal"] | None = None
    residence_permit: bool | None = None
    categories: tuple[str, ...] = ()
    enrollments: tuple[EnrolmentIn, ...] = ()
    employee_insurance: EmployeeInsuranceIn | None = None
    category_spells: tuple[CategorySpellIn, ...] = ()
    family: Annotated[tuple[RelativeIn, ...], Field(max_length=20)] = ()
    """Those of the household whose record this person may be told, as their guardian."""
    untold: Annotated[int, Field(ge=0, le=100)] = 0
    """How many more the household has."""

    def record(self) -> Record:
        """The record as dialogues hold it."""
        spell = self.employee_insurance
        return Record(
            name=self.name,
            birth_date=self.birth_date,
            town=self.town,
            hukou=self.hukou,
            residence_permit=self.residence_permit,
            categories=self.categories,
            enrolments=tuple(Enrolment(**one.model_dump()) for one in self.enrollments),
            employee_insurance=EmployeeSpell(spell.months, spell.ended_on) if spell else None,
            spells=tuple(CategorySpell(**one.model_dump()) for one in self.category_spells),
            family=tuple(Relative(one.resident.record(), one.kin) for one in self.family),
            untold=self.untold,
        )


class RelativeIn(_Strict):
    """Somebody whom the resident acts for: who that is to the resident, and the record."""

    kin: Literal["child", "grandchild", "parent", "grandparent", "spouse", "sibling", "other"]
    resident: ResidentIn

    @field_validator("resident")
    @classmethod
    def _alone(cls, value: ResidentIn) -> ResidentIn:
        if value.family:
            raise ValueError("a relative's record holds no family of its own; leave it out")
        return value


class MessageIn(_Strict):
    """A message: `id` and `text`; region, day and resident hold for the session from then on."""

    id: MessageId
    text: str
    session: SessionName | None = None
    region: str | None = None
    now: Today | None = None
    resident: ResidentIn | None = None


class CitationOut(_Strict):
    """A clause that a reply stands on."""

    notice: str
    clause: str


class MessageOut(_Strict):
    """A reply: what a resident sees, how it ended, what it was about, the clauses, and quick replies on offer."""

    id: MessageId
    session: str
    reply: str
    outcome: Literal["answered", "asked", "not_covered", "handed_over", "refused"]
    topic: str
    citations: tuple[CitationOut, ...] = ()
    choices: tuple[str, ...] = ()


def read_message(line: str | bytes) -> MessageIn:
    """The message of a JSON text. Raises BadMessage with the id, where one can be read, and what is wrong."""
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        raw = json.loads(text)
    except UnicodeDecodeError as error:
        raise BadMessage(_id_of(line), f"not valid UTF-8: {error.reason} at byte {error.start}") from error
    except RecursionError as error:
        raise BadMessage(None, "not valid JSON: nested too deeply") from error
    except ValueError as error:
        what = f"not valid JSON: {error}" if text.strip() else "an empty line; send one JSON object a line"
        raise BadMessage(None, what) from error
    if not isinstance(raw, dict):
        raise BadMessage(None, 'not a JSON object; send {"id": …, "text": …}')
    if "\\ud" in text.lower():
        _refuse_half_characters(raw)
    return message_of(raw)


def _id_of(line: str | bytes) -> Id:
    """The id of a line that is not UTF-8, where its ASCII part shows it."""
    try:
        raw = json.loads(line.decode("ascii", "replace") if isinstance(line, bytes) else line)
    except (ValueError, RecursionError):
        return None
    known = raw.get("id") if isinstance(raw, dict) else None
    return known if isinstance(known, str | int) and str(known).isascii() else None


def _refuse_half_characters(raw: dict[str, object]) -> None:
    """JSON can write half a character (a lone surrogate), which no text can hold."""
    try:
        json.dumps(raw, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        known = raw.get("id")
        id = known.encode("utf-8", "replace").decode() if isinstance(known, str) else None
        raise BadMessage(id, "holds half a character (a lone surrogate, such as \\ud800); leave it out") from None


def message_of(raw: dict[str, object]) -> MessageIn:
    """The message of a JSON object. Raises BadMessage."""
    try:
        return MessageIn.model_validate(raw)
    except ValidationError as error:
        known = raw.get("id")
        raise BadMessage(known if isinstance(known, str | int) else None, first_fault(error)) from error


def first_fault(error: ValidationError) -> str:
    """The first fault pydantic found: where it is and what is wrong, in one line."""
    first: Any = error.errors(include_url=False, include_input=False)[0]
    steps = [str(step) for step in first["loc"] if step not in ("str", "int", "StrictStr", "StrictInt")]
    what = "not a key of this object" if first["type"] == "extra_forbidden" else first["msg"]
    if first["type"] == "missing":
        what = "is missing"
    return f"{'.'.join(steps) or 'object'}: {what.removeprefix('Value error, ')}"
