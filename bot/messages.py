"""One message in, one reply out: the shapes that channels, the HTTP API and the command line share (INTERFACES of the project)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.errors import BadMessage
from dialogues.record import EmployeeSpell, Enrolment, Record

_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 1, 1)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EnrolmentIn(_Strict):
    """One cover year of a resident's enrolment; `amount` in 元."""

    year: Annotated[int, Field(ge=1990, le=2100)]
    status: Literal["paid", "unpaid", "registered", "stopped", "refunded"]
    paid_on: date | None = None
    amount: Annotated[Decimal, Field(ge=0)] | None = None
    tier: str | None = None


class EmployeeInsuranceIn(_Strict):
    """The last spell of 职工医保."""

    months: Annotated[int, Field(ge=0, le=800)]
    ended_on: date | None = None


class ResidentIn(_Strict):
    """The enrolment record a conversation is bound to."""

    name: Annotated[str, Field(max_length=60)] = ""
    birth_date: date | None = None
    town: str | None = None
    hukou: Literal["local", "nonlocal"] | None = None
    residence_permit: bool | None = None
    categories: tuple[str, ...] = ()
    enrollments: tuple[EnrolmentIn, ...] = ()
    employee_insurance: EmployeeInsuranceIn | None = None

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
        )


class MessageIn(_Strict):
    """A message: `id` and `text`; region, day and resident hold for the session from then on."""

    id: str
    text: str
    session: str | None = None
    region: str | None = None
    now: date | None = None
    resident: ResidentIn | None = None

    @field_validator("id", mode="before")
    @classmethod
    def _id_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("now")
    @classmethod
    def _sensible(cls, value: date | None) -> date | None:
        if value is not None and not _EARLIEST <= value <= _LATEST:
            raise ValueError(f"must lie between {_EARLIEST} and {_LATEST}")
        return value


class CitationOut(_Strict):
    """A clause that a reply stands on."""

    notice: str
    clause: str


class MessageOut(_Strict):
    """A reply: what a resident sees, how it ended, what it was about, the clauses, and quick replies on offer."""

    id: str
    session: str
    reply: str
    outcome: Literal["answered", "asked", "not_covered", "handed_over", "refused"]
    topic: str
    citations: tuple[CitationOut, ...] = ()
    choices: tuple[str, ...] = ()


def read_message(line: str | bytes) -> MessageIn:
    """The message of a JSON text. Raises BadMessage with the id, where one can be read, and what is wrong."""
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadMessage(None, f"not valid JSON: {error}") from error
    if not isinstance(raw, dict):
        raise BadMessage(None, 'not a JSON object; send {"id": …, "text": …}')
    return message_of(raw)


def message_of(raw: dict[str, object]) -> MessageIn:
    """The message of a JSON object. Raises BadMessage."""
    try:
        return MessageIn.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        known = raw.get("id")
        raise BadMessage(known if isinstance(known, str | int) else None, f"{place}: {first['msg']}") from error
