"""What a conversation remembers between messages: one small typed value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from dialogues.kin_names import Stage
from dialogues.record import Record
from dialogues.reply import Choice
from policy_kb.citation import Citation
from policy_kb.facts import Facts, FactValue

Source: TypeAlias = Literal["record", "account", "said", "assumed"]


@dataclass(frozen=True)
class Member:
    """Some persons who pay the same: how many (0: not said how many), their categories (empty: ordinary), and their tier."""

    count: int
    categories: tuple[str, ...] = ()
    tier: str | None = None
    age: int | None = None
    """In years, where it was said (双女户 with 一个19一个15)."""
    stage: Stage = "adult"
    student: str | None = None
    university_here: bool | None = None
    either: bool = False
    """Whether they are in one of the categories and it is not known in which (边缘户)."""
    names: tuple[str, ...] = field(default=(), compare=False)
    """Who they are, where relatives were named: 妈, 配偶, 我."""
    told: bool = field(default=True, compare=False)
    """Whether their category was told; else they are taken for ordinary persons."""
    elsewhere: bool = False
    """Whether they are insured as employees, so that nothing is paid for them here."""


@dataclass(frozen=True)
class TableTold:
    """The units of the target table told one after the other, how many of them in the last reply, and of which column."""

    units: tuple[str, ...]
    last: int
    column: str


@dataclass(frozen=True)
class State:
    """Place and year with where they came from, what the person said, and what is open between us."""

    place: str | None = None
    """Region code."""
    place_source: Source | None = None
    year: int | None = None
    """The cover year the person named; None: the one that the day suggests."""
    said: Mapping[str, FactValue] = field(default_factory=dict)
    subject: str | None = None
    """Whom the said facts are about: a kinship word of KinMention, None for the person writing."""
    household: tuple[Member, ...] = ()
    persons: tuple[Member, ...] = ()
    """Everybody told of so far, one by one, should one of them or their total be asked next."""
    table: TableTold | None = None
    """What was told of the target table in the last reply and those before it; None where the last was of no unit in it."""
    told: tuple[str, ...] = ()
    """The ids of the statements in the last reply."""
    combined: bool = False
    """Whether the said categories are those of one person (又是低保又是残疾), not of several asked about at once."""
    facet: str | None = None
    question: str = ""
    """The words of the last full question, for follow-ups such as 那特困呢."""
    pending: str | None = None
    """The fact, `place` or `facet` that was asked for."""
    pending_facet: str | None = None
    choices: tuple[Choice, ...] = ()
    citations: tuple[Citation, ...] = ()
    failures: int = 0
    record: Record | None = None
    """The record that came with a message, or the bound one for the time of one message."""
    person: str | None = None
    """Whom of several children the questions are about: the label of a Relative."""
    today: date | None = None

    def facts(self) -> Facts:
        """What was said, as facts for the engine."""
        return dict(self.said)
