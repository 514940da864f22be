"""What a message says, once read: the typed result that dialogues work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias, TypeVar

DateRole: TypeAlias = Literal["birth", "paid", "other"]
Precision: TypeAlias = Literal["day", "month", "year"]
Bound: TypeAlias = Literal["on", "before", "after"]
PlaceRole: TypeAlias = Literal["hukou", "away", "other"]


@dataclass(frozen=True)
class Ranked:
    """A facet (Rasa intent, key of topics.yml) with its calibrated confidence, 0 to 1."""

    facet: str
    confidence: float


@dataclass(frozen=True)
class Span:
    """Where a mention stands in its question's text: characters [start, end).

    A mention that stands elsewhere in the message and holds for this question too has start and end 0.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class CategoryMention:
    """A category of persons (低保对象 …); several ids where the words could be any; `hypothetical` after 要是."""

    span: Span
    ids: tuple[str, ...]
    negated: bool = False
    hypothetical: bool = False


@dataclass(frozen=True)
class PlaceMention:
    """A place; several region codes where the name exists more than once.

    `role`: "hukou" where a hukou is said to lie there, "away" where someone works, studies, is treated, married or was
    there (在浙江打工, 从上海回来), else "other".
    """

    span: Span
    codes: tuple[str, ...]
    negated: bool = False
    role: PlaceRole = "other"


@dataclass(frozen=True)
class TierMention:
    """A premium tier by its name in the notices (一档, 二档)."""

    span: Span
    tier: str


@dataclass(frozen=True)
class YearMention:
    """A cover year named as such: 2022年度, 明年的医保; `relative` is true where it hangs on today (今年, 明年)."""

    span: Span
    year: int
    relative: bool


@dataclass(frozen=True)
class DateMention:
    """A day, month or year on the calendar: first and last day of what was said, and the part it plays.

    `precision` is "day" only where one day was named; a part of a month (月底, 腊月二十几) is "month".
    `bound` tells 3月前 and 3月后 from 3月. `others` are the first days that the same words can mean in other
    years or months, where none was said; `told` is true of what is told as done (9月20号交的).
    """

    span: Span
    first: date
    last: date
    precision: Precision
    role: DateRole
    bound: Bound = "on"
    others: tuple[date, ...] = ()
    told: bool = False


@dataclass(frozen=True)
class AgeMention:
    """An age: whole years; `days` too where the words speak of days, weeks or months of life (刚出生: not known)."""

    span: Span
    years: int | None
    days: int | None = None


@dataclass(frozen=True)
class SpanMention:
    """A length of time (断了四个月), in months where months or years were said, else in days."""

    span: Span
    months: float | None
    days: int | None
    about: Literal["gap", "insured", "other"]
    of: Literal["employee", "resident"] | None = None
    """Whose insurance it speaks of, as far as the text tells: 职工医保 or residents'."""


@dataclass(frozen=True)
class AmountMention:
    """A sum in 元."""

    span: Span
    yuan: float


@dataclass(frozen=True)
class PeopleMention:
    """A number of persons (四口人, 我们仨), with the categories those persons are said to have, if any."""

    span: Span
    count: int
    categories: tuple[str, ...] = ()
    is_total: bool = False


@dataclass(frozen=True)
class KinMention:
    """A relative the question is about: parent, child, baby, spouse, grandparent, grandchild, sibling, other."""

    span: Span
    who: str


@dataclass(frozen=True)
class FactMention:
    """A circumstance that rules ask for (facts.yml), said outright: hukou=nonlocal, migrant_worker=True …"""

    span: Span
    fact: str
    value: str | bool | int
    hypothetical: bool = False


@dataclass(frozen=True)
class OtherInsuranceMention:
    """Commercial insurance (商业保险) or a pension (养老保险) that the text asks about; `kind` is the facet."""

    span: Span
    kind: Literal["commercial", "pension"]


@dataclass(frozen=True)
class ChannelMention:
    """A way to pay or a place to go, by its id in channels.yml (wechat, bank, cash …); `negated` in 不用微信."""

    span: Span
    channel: str
    negated: bool = False


@dataclass(frozen=True)
class Correction:
    """A misspelt term and what it was taken for."""

    wrong: str
    right: str


Mention: TypeAlias = (
    CategoryMention
    | PlaceMention
    | TierMention
    | YearMention
    | DateMention
    | AgeMention
    | SpanMention
    | OtherInsuranceMention
    | AmountMention
    | PeopleMention
    | KinMention
    | FactMention
    | ChannelMention
)
Kind = TypeVar("Kind", bound=Mention)


@dataclass(frozen=True)
class Question:
    """One question of a message: its own words, what it asks (best first) and what it mentions."""

    text: str
    ranking: tuple[Ranked, ...]
    mentions: tuple[Mention, ...]
    residue: str = ""
    """The words left when mentions and fillers are taken away; empty for a bare 那特困呢."""
    names: tuple[str, ...] = field(default=(), repr=False)
    """The names that stand behind `__NAME__` in the text; never kept, never logged."""

    @property
    def best(self) -> Ranked:
        """The most likely facet; confidence 0 and no name where nothing was ranked."""
        return self.ranking[0] if self.ranking else Ranked("", 0.0)

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The mentions of one kind, in the order they stand."""
        return tuple(m for m in self.mentions if isinstance(m, kind))


@dataclass(frozen=True)
class Understanding:
    """A whole message: its cleaned text, its questions in order, and what is wrong with it, if anything."""

    text: str
    questions: tuple[Question, ...]
    choice: int | None = None
    """The number picked from the choices on offer (1-based), where the message is only that."""
    faults: tuple[str, ...] = ()
    """Ids of faults.yml: empty, not_chinese, too_long, bad_id_number, no_such_day, far_date …"""
    personal: tuple[str, ...] = field(default=(), repr=False)
    """What the placeholders of `text` stand for, in their order; never logged, never sent on."""
    corrections: tuple[Correction, ...] = ()
    """Misspelt terms that were read as what they sound or look like."""
    degraded: bool = False
    """True where Rasa did not answer in time and only the fixed grammar was read."""
