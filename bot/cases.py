"""Conversation cases: short conversations with the answer a policy expert expects, read from YAML or JSON Lines and run."""

from __future__ import annotations

import json
import re
import unicodedata
import uuid
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.assistant import Assistant
from bot.errors import BadCase, CanbaoError
from bot.messages import MessageIn, MessageOut, ResidentIn, Today, first_fault
from policy_kb.clause_id import covers, parse
from policy_kb.errors import PolicyError

Outcome = Literal["answered", "asked", "not_covered", "handed_over", "refused"]


class Expectation(BaseModel):
    """What a reply must and must not hold; every key is optional."""

    model_config = ConfigDict(extra="forbid")

    contains: tuple[str | tuple[str, ...], ...] = ()
    excludes: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    outcome: Outcome | None = None
    topic: str | None = None

    @field_validator("cites")
    @classmethod
    def _clauses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for clause in value:
            try:
                parse(clause)
            except PolicyError as error:
                raise ValueError(str(error)) from error
        return value


class Turn(BaseModel):
    """One message and, where the turn is judged, what is expected."""

    model_config = ConfigDict(extra="forbid")

    ask: str
    expect: Expectation | None = None


class Case(BaseModel):
    """One conversation on one day."""

    model_config = ConfigDict(extra="forbid")

    id: str
    region: str | None = None
    now: Today | None = None
    resident: ResidentIn | None = None
    turns: Annotated[tuple[Turn, ...], Field(min_length=1)]
    style: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Verdict:
    """One judged turn: what was asked and answered, and what fell short (empty: right)."""

    case: str
    turn: int
    ask: str
    reply: MessageOut | None
    shortfalls: tuple[str, ...]
    topic: str

    @property
    def right(self) -> bool:
        """Whether everything expected was there."""
        return not self.shortfalls


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a file. Raises BadCase with the place of the fault."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCase(f"{path}: cannot be read ({error}); give a UTF-8 file of YAML or JSON Lines") from error
    return tuple(_case(where, raw) for where, raw in _entries(path, text))


def _entries(path: Path, text: str) -> Iterator[tuple[str, object]]:
    if path.suffix == ".jsonl":
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield f"{path}:{number}", _json(path, number, line)
        return
    try:
        loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise BadCase(f"{path}: not valid YAML ({' '.join(str(error).split())}); mend it there") from error
    if not isinstance(loaded, list):
        raise BadCase(f"{path}: holds no list of cases; begin each case with '- id:'")
    for number, raw in enumerate(loaded, 1):
        yield f"{path}: case {number}", raw


def _json(path: Path, number: int, line: str) -> object:
    try:
        return json.loads(line)
    except ValueError as error:
        raise BadCase(f"{path}:{number}: not valid JSON ({error}); one object a line") from error


def _case(where: str, raw: object) -> Case:
    try:
        return Case.model_validate(raw)
    except ValidationError as error:
        name = f" ({raw['id']})" if isinstance(raw, dict) and "id" in raw else ""
        raise BadCase(f"{where}{name}: {first_fault(error)}; see docs/cases.md") from error


async def run_cases(assistant: Assistant, cases: Iterable[Case]) -> AsyncIterator[Verdict]:
    """Holds each conversation and judges its turns, in order."""
    for case in cases:
        async for verdict in _run(assistant, case):
            yield verdict


async def _run(assistant: Assistant, case: Case) -> AsyncIterator[Verdict]:
    session = f"case-{uuid.uuid4().hex}"  # ids may repeat from file to file
    for number, turn in enumerate(case.turns, 1):
        opening: dict[str, Any] = (
            {"region": case.region, "now": case.now, "resident": case.resident} if number == 1 else {}
        )
        message = MessageIn(id=f"{case.id}-{number}", text=turn.ask, session=session, **opening)
        try:
            reply = await assistant.answer(message)
        except (CanbaoError, PolicyError) as error:
            yield Verdict(case.id, number, turn.ask, None, (str(error),), "error")
            return
        if turn.expect is not None:
            yield Verdict(case.id, number, turn.ask, reply, tuple(shortfalls(turn.expect, reply)), reply.topic)


def shortfalls(expected: Expectation, reply: MessageOut) -> Iterator[str]:
    """What the reply lacks or should not hold, in words."""
    text = fold(reply.reply)
    for item in expected.contains:
        wanted = (item,) if isinstance(item, str) else item
        if not any(fold(one) in text for one in wanted):
            yield f"lacks {' | '.join(wanted)}"
    for unwanted in expected.excludes:
        if fold(unwanted) in text:
            yield f"holds {unwanted}"
    cited = [one.clause for one in reply.citations]
    for clause in expected.cites:
        if not any(covers(clause, one) for one in cited):
            yield f"cites {'、'.join(cited) or 'nothing'}, not {clause}"
    if expected.outcome is not None and reply.outcome != expected.outcome:
        yield f"is {reply.outcome}, not {expected.outcome}"
    if expected.topic is not None and reply.topic != expected.topic:
        yield f"is on {reply.topic}, not {expected.topic}"


_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def fold(text: str) -> str:
    """White space, width and thousands separators folded away, for comparing."""
    narrow = unicodedata.normalize("NFKC", text)
    return _THOUSANDS.sub("", "".join(narrow.split()))
