"""A conversation's turn: (state, understanding) → (state, reply). The day and the record are values in the state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dialogues import follow_up
from dialogues.asked_apart import each_asked
from dialogues.bound import named_person
from dialogues.category_matter import category_matter, of_a_category
from dialogues.cover_year import cover_year, year_kept
from dialogues.disclosure import KNOWN, Audience, Disclosure
from dialogues.enquiry import enquire
from dialogues.finder import Finder
from dialogues.follow_up import Reading
from dialogues.month_told import in_month_told
from dialogues.others_matters import CERTAIN, facet_here
from dialogues.payment_day import settled
from dialogues.places import hukou_of, insured_at, name_of, place_of, works_here
from dialogues.renaming import renamed
from dialogues.reply import Choice, Part, Reply
from dialogues.said import Said, said_in
from dialogues.school_place import university_of
from dialogues.state import State
from dialogues.telling import told, within
from dialogues.topics.asking import (
    NO_ID_NUMBERS,
    UNREAL_DAY,
    ask_place,
    ask_what,
    asking_the_day,
    fault,
    last_reply,
    no_notice,
    unreal_day_first,
)
from dialogues.topics.not_covered import NotCoveredContext
from dialogues.topics.past_record import asks_record
from dialogues.topics.small_talk import SMALL_TALK, small_talk
from dialogues.topics.statement import StatementContext, told_ids
from dialogues.topics.target import table_told
from dialogues.topics.window import asks_how_late
from dialogues.turning import remembered
from dialogues.wording import folded
from dialogues.writing import write
from nlu.understanding import Question, Understanding
from policy_kb.knowledge import KnowledgeBase

UNSURE = 0.25
"""Confidence under which the topic is asked for; from the calibration in nlu/README.md."""
WORTH_OFFERING = 0.08
"""Confidence from which a topic is offered to choose from; with none such, the usual ones are."""
DOUBTFUL = 0.35
"""Confidence under which a category of persons that was named decides the topic: assistance."""
FAILURES_TO_HAND_OVER = 2
LETTER = 120
"""Characters above which a category that is named decides nothing: a letter names many things."""
STORY = 80
"""Characters above which a day that the calendar does not have (5月22月) is a slip in a story, not what is asked about."""


@dataclass(frozen=True)
class Conversation:
    """The dialogue over one knowledge base; holds no state of its own."""

    kb: KnowledgeBase
    finder: Finder
    topics: dict[str, str]
    """Facet → topic as replies carry it."""
    labels: dict[str, str]
    """Facet → words for a quick reply."""
    audience: Audience = KNOWN
    """Who hears the message that is being answered."""

    def answer(
        self, state: State, heard: Understanding, today: date, audience: Audience = KNOWN
    ) -> tuple[State, Reply]:
        """One reply to one message; a record beyond what the audience may hear is not looked at, and kept for later."""
        seen = state if audience.hears(Disclosure.PERSONAL_POLICY) else replace(state, record=None)
        after, reply = replace(self, audience=audience)._answered(seen, heard, today)
        return replace(after, record=state.record), reply

    def _answered(self, state: State, heard: Understanding, today: date) -> tuple[State, Reply]:
        picked = self._picked(state, heard)
        if picked is not None:
            return self._reply(*self._choose(state, heard, picked, today), heard)
        if heard.faults and not heard.questions:
            return self._reply(state, [fault(heard.faults, self.kb.hotline)], heard)
        unreal = UNREAL_DAY & set(heard.faults) if len(heard.text) <= STORY else frozenset()
        if heard.degraded and not unreal:
            return self._reply(*self._without_nlu(state, heard, today), heard)
        parts: list[Part] = []
        for question in () if heard.degraded else each_asked(heard.questions):
            state, part = self._turn(state, question, today)
            parts.append(replace(part, doubtful=question.best.confidence < CERTAIN))
        if unreal:
            limits = [one for one in parts if one.facet.startswith("window") and asks_how_late(heard.text)]
            wrong = fault(unreal_day_first(heard.faults), self.kb.hotline)
            return self._reply(asking_the_day(state), [wrong, *limits], heard)
        return self._reply(state, parts or [ask_what(self.labels, ())], heard)

    def _picked(self, state: State, heard: Understanding) -> Choice | None:
        if heard.choice is not None and 1 <= heard.choice <= len(state.choices):
            return state.choices[heard.choice - 1]
        said = folded(heard.text)
        return next((one for one in state.choices if said and folded(one.label) == said), None)

    def _choose(self, state: State, heard: Understanding, choice: Choice, today: date) -> tuple[State, list[Part]]:
        """A quick reply: its fact, place or topic applied to the question that was open."""
        if choice.person:
            state = replace(state, person=choice.person)
        if choice.place:
            state = replace(state, place=choice.place, place_source="said")
        if choice.fact:
            state = replace(state, said={**state.said, choice.fact: choice.value})  # type: ignore[dict-item]
        facet = choice.facet or state.pending_facet or state.facet or "greet"
        if facet in SMALL_TALK:
            state, part = self._talk(state, Reading(facet, 1.0, follow_up=False))
            return state, [part]
        question = Question(state.question if not choice.facet else state.question or choice.label, (), ())
        state, part = self._handle(state, question, Reading(facet, 1.0, follow_up=True), Said({}), today)
        return state, [part]

    def _without_nlu(self, state: State, heard: Understanding, today: date) -> tuple[State, list[Part]]:
        """Rasa is silent: a bare answer to an open question still works, else choices."""
        question = heard.questions[0] if heard.questions else None
        if question is not None and (state.pending_facet or state.facet) and question.mentions:
            state, part = self._turn(state, question, today)
            return state, [part]
        part = ask_what(self.labels, (), degraded=True)
        return replace(state, question=heard.text), [part]

    def _turn(self, state: State, question: Question, today: date) -> tuple[State, Part]:
        question = in_month_told(question, state)
        reading = follow_up.read(question, state)
        if reading.facet == "show_clause" and state.citations:
            return state, last_reply(state.citations, self.kb)
        if reading.facet in SMALL_TALK and not reading.follow_up:
            known = self._known_after_all(state, question, reading, today)
            return known or self._talk(state, reading)
        said = said_in(question, reading.facet, self.kb, today)
        doubtful = reading.confidence < DOUBTFUL and len(question.text) <= LETTER
        if not reading.follow_up and doubtful and of_a_category(state, question, said):
            reading = Reading(category_matter(question), reading.confidence, follow_up=False)
            return self._handle(state, question, reading, said_in(question, reading.facet, self.kb, today), today)
        if not reading.follow_up and reading.confidence < UNSURE:
            return self._unsure(state, question, said, reading, today)
        return self._handle(state, question, reading, said, today)

    def _known_after_all(
        self, state: State, question: Question, reading: Reading, today: date
    ) -> tuple[State, Part] | None:
        """What sounds like another office's matter, but is spoken of in the notice (or known to be left out there)."""
        looked_up = facet_here(question, reading) if state.place else None
        if looked_up is None:
            return None
        said = said_in(question, reading.facet, self.kb, today)
        after, part = self._handle(state, question, replace(reading, facet=looked_up), said, today)
        matched = isinstance(part.context, StatementContext) or (part.outcome == "not_covered" and part.citations)
        return (after, part) if matched else None

    def _talk(self, state: State, reading: Reading) -> tuple[State, Part]:
        place = name_of(state.place, self.kb) if state.place else None
        return replace(state, failures=0, choices=()), small_talk(reading.facet, place, self.kb.hotline)

    def _unsure(
        self, state: State, question: Question, said: Said, reading: Reading, today: date
    ) -> tuple[State, Part]:
        """The topic is not clear: a statement that fits the words, else two or three topics to choose from."""
        probed, part = self._handle(state, question, reading, said, today)
        if part.outcome == "answered" and reading.confidence > 0 and part.facet not in SMALL_TALK:
            return probed, part
        if part.asks == "place" or (isinstance(part.context, NotCoveredContext) and part.context.say):
            return probed, part
        state = replace(state, place=probed.place, place_source=probed.place_source, said=probed.said)
        if state.failures + 1 >= FAILURES_TO_HAND_OVER:
            return replace(state, failures=0), small_talk("human", None, self.kb.hotline)
        near = [one for one in question.ranking if one.facet not in SMALL_TALK and one.confidence >= WORTH_OFFERING]
        offered = tuple(one.facet for one in near)[:3]
        return replace(state, failures=state.failures + 1, question=question.text), ask_what(self.labels, offered)

    def _handle(
        self, state: State, question: Question, reading: Reading, said: Said, today: date
    ) -> tuple[State, Part]:
        place = place_of(question, state, self.kb)
        if place is not None and not place.for_now:
            state = replace(state, place=place.code, place_source="said")
        code = place.code if place is not None else state.place
        state = named_person(remembered(state, question, reading, said, self.kb), question.names)
        asked = state.question if reading.follow_up and state.question else question.text
        if code is None:
            part = ask_place(self.kb, reading.facet)
            return replace(
                state, pending="place", pending_facet=reading.facet, choices=part.choices, question=asked
            ), part
        own = asks_record(question, reading.facet)
        about = "my_record" if own and state.record is not None else reading.facet
        year = cover_year(question, state, about, self.kb, code, today, goes_on=reading.follow_up)
        if place is None or not place.for_now:
            state = replace(state, year=year_kept(question, state, year))
        policy = self.kb.policy_for(code, year)
        unheld = year if policy is None and own else None
        policy = next(iter(self.kb.policies_of(code)), None) if unheld else policy
        if policy is None:
            part = no_notice(self.kb, reading.facet, code, year)
            return replace(
                state, pending=None, pending_facet=None, choices=(), facet=reading.facet, question=asked
            ), part
        here = {**hukou_of(question, code, self.kb), **insured_at(question, code, self.kb)}
        state = replace(state, said={**state.said, **here, **university_of(question, code, state.said)})
        if works_here(question, code, self.kb):
            state = replace(state, said={name: one for name, one in state.said.items() if name != "migrant_worker"})
        if "paid_on" in said.facts:
            now = settled(question, state, reading.facet, policy.rules, today, self.audience)
            state = replace(state, said=now)
        if reading.follow_up:
            state = replace(state, question=renamed(state.question, question, self.kb))
        enquiry = enquire(
            question, reading.facet, policy, state, today, self.kb, self.finder, reading.follow_up, self.audience
        )
        part = told(replace(enquiry, unheld=unheld))
        return self._after(state, question, reading, part), part

    def _after(self, state: State, question: Question, reading: Reading, part: Part) -> State:
        return replace(
            state,
            facet=part.facet,
            question=state.question if reading.follow_up and state.question else question.text,
            pending=part.asks,
            pending_facet=reading.facet if part.asks else None,
            choices=part.choices,
            citations=part.citations or state.citations,
            told=told_ids(part),
            table=table_told(state, part),
            failures=0,
        )

    def _reply(self, state: State, parts: list[Part], heard: Understanding) -> tuple[State, Reply]:
        sent_id = bool(heard.questions) and ("bad_id_number" in heard.faults or "__ID__" in heard.text)
        parts = [within(part, self.audience, self.kb.hotline) for part in parts]
        aside = NO_ID_NUMBERS if sent_id else None
        reply, choices = write(parts, heard.text, self.kb, self.topics, aside, self.audience.ceiling)
        return replace(state, choices=choices), reply
