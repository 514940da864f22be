"""A conversation over the real knowledge base and the real search; only the ranking of facets is set by the test."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from bot.composition import parts
from bot.finder import SearchFinder
from bot.lexicon import lexicon_of
from dialogues.conversation import Conversation
from dialogues.enquiry import Enquiry
from dialogues.record import EmployeeSpell, Enrolment, Record
from dialogues.reply import Reply
from dialogues.state import State
from nlu.errors import NluError
from nlu.reader import Reader
from nlu.understanding import Question, Ranked, Understanding
from policy_kb.facts import FactValue
from policy_kb.knowledge import KnowledgeBase

SUIXI, DAZHU, MANCHENG, HUAIYUAN, XINGYI = "340621", "511724", "130607", "340321", "500230110"
FENGDU = "500230"
TODAY = date(2021, 11, 5)
IN_SEASON = {
    "suixi-2022": date(2021, 11, 5),
    "dazhu-2022": date(2021, 11, 5),
    "mancheng-2023": date(2022, 11, 10),
    "huaiyuan-2025": date(2024, 11, 5),
    "xingyi-2022": date(2022, 1, 20),
}
TOPICS = yaml.safe_load((Path(__file__).parents[2] / "nlu" / "topics.yml").read_text(encoding="utf-8"))
FACETS: tuple[str, ...] = tuple(TOPICS)


def knowledge() -> KnowledgeBase:
    """The knowledge base that ships with the project."""
    return parts().kb


def finder() -> SearchFinder:
    """The search over all notices."""
    return parts().finder


def conversation() -> Conversation:
    """The dialogue as the service composes it."""
    return parts().conversation


@dataclass(frozen=True)
class Parse:
    """One ranking, as the NLU client gives it."""

    intents: tuple[Ranked, ...]


@dataclass
class SetRanking:
    """A classifier that ranks the texts it is given, one after the other, as a test says."""

    rankings: deque[tuple[Ranked, ...]] = field(default_factory=deque)
    error: NluError | None = None

    async def parse(self, text: str) -> Parse:
        if self.error is not None:
            raise self.error
        ranking = self.rankings.popleft() if len(self.rankings) > 1 else self.rankings[0]
        return Parse(ranking)


@cache
def reader() -> tuple[Reader, SetRanking]:
    """The real reader with the knowledge base's words, and the classifier to be told."""
    classifier = SetRanking()
    return Reader(lexicon_of(knowledge()), classifier), classifier


def ranking(*facets: str, confidence: float = 0.9) -> tuple[Ranked, ...]:
    """The first facet at `confidence`, the others sharing what is left."""
    rest = (1 - confidence) / max(len(facets) - 1, 1)
    return tuple(Ranked(one, confidence if at == 0 else rest) for at, one in enumerate(facets))


def heard(
    text: str,
    *facets: str | tuple[str, ...],
    confidence: float = 0.9,
    today: date = TODAY,
    expecting: str | None = None,
    error: NluError | None = None,
) -> Understanding:
    """What the reader makes of `text`: a facet (or several, ranked) for each of its questions in order."""
    built, classifier = reader()
    classifier.error = error
    wanted = facets or ("off_topic",)
    classifier.rankings = deque(
        ranking(*((one,) if isinstance(one, str) else one), confidence=confidence) for one in wanted
    )
    return asyncio.run(built.read(text, today, expecting))


def question(text: str, facet: str = "premium", confidence: float = 0.9, today: date = TODAY) -> Question:
    """The one question of a message."""
    (only,) = heard(text, facet, confidence=confidence, today=today).questions
    return only


@dataclass
class Talk:
    """One resident's conversation: `say` gives the reply and keeps the state."""

    state: State = field(default_factory=State)
    today: date = TODAY
    error: NluError | None = None

    def say(self, text: str, *facets: str | tuple[str, ...], confidence: float = 0.9) -> Reply:
        """The reply to one message whose questions are ranked as given."""
        understood = heard(
            text,
            *facets,
            confidence=confidence,
            today=self.today,
            expecting=self.state.pending,
            error=self.error,
        )
        return self.hear(understood)

    def hear(self, understood: Understanding) -> Reply:
        """The reply to a message already read."""
        self.state, reply = conversation().answer(self.state, understood, self.today)
        return reply


def at(place: str, today: date = TODAY, record: Record | None = None) -> Talk:
    """A conversation in the official account of a place."""
    return Talk(State(place=place, place_source="account", record=record), today)


def enquiry(
    notice: str,
    facet: str,
    text: str = "",
    today: date | None = None,
    record: Record | None = None,
    facts: dict[str, FactValue] | None = None,
    **said: FactValue,
) -> Enquiry:
    """A question ready for a handler; `facts` are known from elsewhere, the others were said."""
    policy = knowledge().notices[notice]
    day = today or IN_SEASON[notice]
    recorded = record.facts(knowledge().categories, policy.rules.year, day) if record else {}
    return Enquiry(
        question=Question(text, ranking(facet), ()),
        facet=facet,
        kb=knowledge(),
        policy=policy,
        facts={**recorded, **(facts or {}), **said},
        said=said,
        state=State(place=policy.rules.region, place_source="account", record=record, said=said),
        today=day,
        finder=finder(),
    )


def paid(year: int, amount: int | None, on: date | None = None, tier: str | None = None) -> Enrolment:
    """A paid enrolment of one cover year."""
    return Enrolment(year, "paid", on, Decimal(amount) if amount is not None else None, tier)


def resident(
    *categories: str,
    born: date | None = None,
    enrolled: Sequence[Enrolment] = (),
    spell: EmployeeSpell | None = None,
) -> Record:
    """A fictional resident's record."""
    return Record("王桂兰", born, None, "local", None, categories, tuple(enrolled), spell)


def first_line(reply: Reply) -> str:
    """What a resident reads first."""
    return reply.text.splitlines()[0]


def with_said(state: State, **facts: FactValue) -> State:
    """The state with facts as if they had been said before."""
    return replace(state, said={**state.said, **facts})
