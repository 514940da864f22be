"""Every person, day and facet that the rules of the five notices tell apart: each reply is short, sourced and whole."""

from __future__ import annotations

import pytest
from persons import enquiries
from sound_reply import faults_of
from talk import FACETS, IN_SEASON, TOPICS, enquiry, knowledge

from dialogues.reply import Part, Reply
from dialogues.routing import HANDLERS
from dialogues.topics.not_covered import not_covered
from dialogues.topics.statement import StatementContext
from dialogues.writing import write

NOTICES = tuple(IN_SEASON)
NAMES = {name: entry["topic"] for name, entry in TOPICS.items()}


def written(part: Part, message: str = "") -> Reply:
    return write([part], message, knowledge(), NAMES)[0]


@pytest.mark.parametrize("facet", HANDLERS)
@pytest.mark.parametrize("notice", NOTICES)
def test_a_computed_reply_is_sound_for_every_person_and_day(notice: str, facet: str) -> None:
    wrong: dict[str, str] = {}
    count = 0
    for one in enquiries(notice, facet):
        reply = written(HANDLERS[facet](one))
        count += 1
        for fault in faults_of(reply):
            wrong.setdefault(fault, f"{dict(one.said)} on {one.today}:\n{reply.text}")
    assert count > 50
    assert not wrong, "\n\n".join(f"{fault}: {where}" for fault, where in wrong.items())


@pytest.mark.parametrize("notice", NOTICES)
def test_every_answer_of_a_notice_makes_a_sound_reply(notice: str) -> None:
    wrong = {}
    for answer in knowledge().notices[notice].rules.answers:
        part = Part(answer.facets[0], "answered", StatementContext(answer.first, (answer,), None), answer.cites)
        reply = written(part)
        if faults_of(reply):
            wrong[answer.id] = (faults_of(reply), reply.text)
    assert not wrong


@pytest.mark.parametrize("notice", NOTICES)
def test_every_silence_of_a_notice_makes_a_sound_reply(notice: str) -> None:
    rules = knowledge().notices[notice].rules
    wrong = {}
    for silence in (*rules.silent_on, *rules.left_to):
        reply = written(not_covered(enquiry(notice, silence.facets[0]), silence))
        assert knowledge().hotline in reply.text
        if faults_of(reply):
            wrong[silence.id] = (faults_of(reply), reply.text)
    assert not wrong


def test_every_facet_of_a_handler_is_a_facet() -> None:
    assert set(HANDLERS) <= set(FACETS)
