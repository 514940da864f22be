"""One question ready to be answered: what is asked, of which notice, about whom, on which day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dialogues.bound import record_for
from dialogues.disclosure import KNOWN, Audience, Disclosure
from dialogues.finder import Finder
from dialogues.record import Record, shown_name
from dialogues.state import State
from nlu.understanding import Question
from policy_kb.decision import Window
from policy_kb.facts import Facts, FactValue
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.times import months_between
from policy_kb.window import window_on

OF_PERSON = ("category", "birth_date", "age", "hukou", "residence_permit")
"""The facts of a record that are policy for the person; the others come from what was paid or worked."""


@dataclass(frozen=True)
class Enquiry:
    """What a handler works on; `facts` are those of the record overlaid with what was said."""

    question: Question
    facet: str
    kb: KnowledgeBase
    policy: Policy
    facts: Facts
    said: Facts
    state: State
    today: date
    finder: Finder
    follow_up: bool = False
    audience: Audience = KNOWN
    unheld: int | None = None
    """The cover year asked about where no notice of it is held; `policy` is then another year's of that place."""

    @property
    def record(self) -> Record | None:
        """The bound record, unless the question is about somebody else or the channel may not tell it."""
        if not self.audience.hears(Disclosure.OWN_RECORD):
            return None
        return record_for(self.state, self.facet, self.today)

    @property
    def own_record(self) -> Record | None:
        """The record of the person writing, whoever else is asked about, unless the channel may not tell it."""
        return self.state.record if self.audience.hears(Disclosure.OWN_RECORD) else None

    @property
    def informed(self) -> bool:
        """Whether a record stands behind the facts."""
        return self.state.record is not None

    def uninformed(self) -> Enquiry:
        """The same question of somebody of whom no record is known."""
        return replace(self, facts=self.said, state=replace(self.state, record=None))

    def less_informed(self) -> Enquiry:
        """The same question where only policy for the person may be told (PERSONAL_POLICY), nothing of payments."""
        audience = replace(self.audience, ceiling=Disclosure.PERSONAL_POLICY)
        facts = _facts(self.policy, self.state, self.facet, self.today, self.kb, audience)
        return replace(self, audience=audience, facts={**facts, **self.said})

    @property
    def whose(self) -> str:
        """The masked name with 的 where the record is not that of the person asking; else empty."""
        record = self.record
        return f"{shown_name(record.name)}的" if record and record is not self.state.record else ""

    @property
    def speaks_of_itself(self) -> bool:
        """Whether what was said is said of the person of the record."""
        return self.record is not None and (self.state.subject is None or self.record is not self.state.record)

    @property
    def readings(self) -> tuple[tuple[str, ...], ...]:
        """The ways the record's words for the categories can be meant, where nothing else was said; else empty."""
        record = self.record
        if record is None or "category" in self.facts:
            return ()
        return record.readings(self.kb.categories, self.today)

    @property
    def words(self) -> str:
        """The question's words; for a follow-up, behind those of the question it follows."""
        if self.follow_up and self.state.question:
            return f"{self.question.text} {self.state.question}"
        return self.question.text

    @property
    def year(self) -> int:
        """The cover year asked about."""
        return self.policy.rules.year

    def standing(self, day: date) -> Window | None:
        """Where a day stands among the windows for this person, by what is known and what is taken as given."""
        return window_on(self.policy.rules, self.assuming().facts, day).value

    def with_facts(self, **more: FactValue) -> Enquiry:
        """The same question with further facts taken as given."""
        return replace(self, facts={**self.facts, **more})

    def assuming(self, *unless: str) -> Enquiry:
        """The same question with what facts.yml takes as given where nothing is known; not for the names in `unless`."""
        open_still = (*unless, *(("category",) if len(self.readings) > 1 else ()))
        given = {name: value for name, value in self.kb.facts.assumed().items() if name not in open_still}
        return replace(self, facts={**given, **self.facts})


def enquire(
    question: Question,
    facet: str,
    policy: Policy,
    state: State,
    today: date,
    kb: KnowledgeBase,
    finder: Finder,
    follow_up: bool,
    audience: Audience,
) -> Enquiry:
    """An enquiry with the facts of the record, as far as the audience may hear what follows from them, and those said."""
    recorded = _facts(policy, state, facet, today, kb, audience)
    said = _until_payment(_in_bounds(state.facts()), today)
    return Enquiry(question, facet, kb, policy, {**recorded, **said}, said, state, today, finder, follow_up, audience)


def _in_bounds(said: Facts) -> Facts:
    """Nobody pays back more years than were missed (把前面的都补上)."""
    missed, back = said.get("missed_years"), said.get("years_paid_back")
    return {**said, "years_paid_back": min(back, missed)} if isinstance(missed, int) and isinstance(back, int) else said


def _until_payment(said: Facts, today: date) -> Facts:
    """A break in 职工医保, told as it is today, goes on until a payment to come (断了两个月，要是下月底才交呢)."""
    gap, on = said.get("gap_months"), said.get("paid_on")
    if isinstance(gap, int | float) and isinstance(on, date) and on > today:
        return {**said, "gap_months": round(gap + months_between(today, on), 2)}
    return said


def _facts(policy: Policy, state: State, facet: str, today: date, kb: KnowledgeBase, audience: Audience) -> Facts:
    """What the record gives for this audience."""
    record = record_for(state, facet, today) if audience.hears(Disclosure.PERSONAL_POLICY) else None
    if record is None:
        return {}
    paying = state.said.get("paid_on")
    known = record.facts(kb.categories, policy.rules.year, today, paying if isinstance(paying, date) else None)
    if audience.hears(Disclosure.OWN_RECORD):
        return known
    return {name: value for name, value in known.items() if name in OF_PERSON}
