"""Every kind of record in every county: each reply from it is short, sourced, whole, and says no name in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from persons import categories_of
from sound_reply import faults_of
from talk import IN_SEASON, conversation, heard, knowledge

from dialogues.record import CategorySpell, EmployeeSpell, Enrolment, Record, Relative
from dialogues.state import State

ASKED = {
    "my_record": ("我交了吗", "我娃交了吗", "我家一共交了多少"),
    "premium": ("我要交多少", "我娃要交多少", "我家一共要交多少"),
    "assistance": ("我要交多少",),
    "window": ("我还能交吗",),
    "window_late": ("我还能补吗",),
    "coverage": ("我的待遇哪天开始", "我娃的待遇哪天开始"),
    "waiting_period": ("我还要等多久",),
    "newborn_deadline": ("我娃最晚哪天办",),
    "newborn_fee": ("我娃要交多少",),
    "newborn_cover": ("我娃从哪天起算",),
    "refund": ("我能退费吗", "我娃能退费吗"),
}
"""Facets that a record bears on, with questions about the person, a child and the household."""


def payments(notice: str) -> Iterator[tuple[Enrolment, ...]]:
    """Nothing, each standing, too much, too little, twice, and what a register leaves out."""
    rules, today = knowledge().notices[notice].rules, IN_SEASON[notice]
    year, tier = rules.year, rules.tiers[-1].tier if rules.tiers else None
    yesterday = today - timedelta(days=1)
    yield ()
    yield from ((Enrolment(year, status),) for status in ("registered", "stopped", "refunded", "unpaid"))
    yield (Enrolment(year, "paid", yesterday, Decimal("977.35"), tier, "村委会代收"),)
    yield (Enrolment(year, "paid", yesterday, Decimal(1)),)
    yield (Enrolment(year, "paid", None, Decimal(431)),)
    yield (Enrolment(year, "paid", date(year, 4, 15)),)
    yield (Enrolment(year, "paid", yesterday, Decimal(389)), Enrolment(year, "paid", today, Decimal(389)))
    yield (Enrolment(year - 1, "paid", date(year - 2, 11, 3), Decimal(263)),)


def records(notice: str) -> Iterator[Record]:
    """Each payment as nobody special, each category as one who paid too much, and a family."""
    today = IN_SEASON[notice]
    grown, baby = date(1950, 3, 7), today - timedelta(days=20)
    all_payments = list(payments(notice))
    for enrolled in all_payments:
        yield Record("王桂兰", grown, enrolments=enrolled)
    for held in categories_of(notice):
        yield Record("王桂兰", grown, categories=held, enrolments=all_payments[5])
    ended = CategorySpell("低保对象", None, today - timedelta(days=90), "县民政局")
    yield Record("王桂兰", grown, categories=("边缘户", "光荣户"), spells=(ended,))
    yield Record("王小宝", baby, employee_insurance=EmployeeSpell(31, today - timedelta(days=77)))
    family = [Record("王小宝", baby), Record("王小明", date(today.year - 8, 5, 1), enrolments=all_payments[5])]
    yield Record("王桂兰", grown, family=tuple(Relative(one, "child") for one in family), untold=3)


@pytest.mark.parametrize("facet", ASKED)
@pytest.mark.parametrize("notice", IN_SEASON)
def test_a_reply_from_a_record_is_sound(notice: str, facet: str) -> None:
    wrong: dict[str, str] = {}
    place, today = knowledge().notices[notice].rules.region, IN_SEASON[notice]
    understood = {text: heard(text, facet, today=today) for text in ASKED[facet]}
    for record in records(notice):
        for text, said in understood.items():
            state = State(place=place, place_source="account", record=record)
            _, reply = conversation().answer(state, said, today)
            found = faults_of(reply)
            found += [f"{name} in full" for name in ("王桂兰", "王小宝", "王小明") if name in reply.text]
            for fault in found:
                wrong.setdefault(fault, f"{text} {record}\n{reply.text}")
    assert not wrong, "\n\n".join(f"{fault}: {where}" for fault, where in wrong.items())
