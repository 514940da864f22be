"""A card for every notice, many kinds of people, paid and not, before, in and after the windows: none fails, none invents a figure."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from bot.composition import knowledge
from bot.console.frame import environment
from bot.console.people.card import STATUS, Card, Kin
from bot.console.people.gaps import gaps
from bot.console.people.standing import clauses, standing
from bot.records.resident import Resident
from bot.staff.member import Member
from bot.staff.role import Role
from bot.staff.scope import Scope
from bot.store.tables.records import CategorySpellRow
from dialogues.record import EmployeeSpell, Enrolment, Record
from policy_kb.knowledge import Policy

NOTICES = sorted(knowledge().notices)
CATEGORIES = (None, "低保对象", "特困人员", "监测人口", "脱贫人口", "重度残疾人", "重点优抚对象")
CLERK = Member(1, "村干事丙", Scope(Role.VILLAGE))
BIRTHS = (timedelta(days=20), timedelta(days=100), timedelta(days=365 * 15), timedelta(days=365 * 66))


def days_of(policy: Policy) -> tuple[date, ...]:
    """A day before all windows, within the first, after the last, and in the cover year."""
    dated = [day for one in policy.rules.windows for day in (one.opens, one.closes) if day]
    first, last = min(dated), max(dated)
    return (
        first - timedelta(days=30),
        first + timedelta(days=12),
        last + timedelta(days=1),
        date(policy.rules.year, 8, 8),
    )


def card_of(policy: Policy, record: Record, today: date) -> Card:
    kb = knowledge()
    assert record.birth_date is not None
    found = standing(kb, policy, record, today)
    spells = tuple(
        CategorySpellRow(resident_id=1, category=name, word=name, since=date(2019, 1, 1), until=date(2020, 1, 1))
        for name in record.categories
    )
    resident = Resident(1, "3" * 18, "虚构大民", record.birth_date, policy.notice.region, "", "虚构村", fictional=True)
    return Card(
        resident=resident,
        ref="1-x",
        record=record,
        age=30,
        spells=spells,
        year=policy.rules.year,
        years=(policy.rules.year,),
        standing=found,
        gaps=gaps(kb, found, spells, today),
        citations=clauses(found.charged_by, found.cover, found.window, found.newborn),
        household=(Kin("虚构大民", "户主", "1-x", found), Kin("虚*", "子", None, None)),
        guardians=(),
        looks=(),
    )


def written(card: Card, today: date) -> str:
    kb = knowledge()
    frame = {"member": CLERK, "menu": (), "thumb_bar": (), "here": None, "csrf": "", "today": today, "place": ""}
    shown = {"card": card, "look": "", "statuses": STATUS, "notices": kb.notices, "kb": kb, "demonstration": False}
    return environment.get_template("people/card.html").render({**frame, **shown})


@pytest.mark.parametrize("name", NOTICES)
def test_no_card_fails_and_every_sum_on_it_comes_from_the_engine_or_the_record(name: str) -> None:
    policy = knowledge().notices[name]
    told = 0
    for category, today, age in product(CATEGORIES, days_of(policy), BIRTHS):
        enrolments = (
            None,
            Enrolment(policy.rules.year, "paid", today - timedelta(days=3), Decimal(77)),
            Enrolment(policy.rules.year, "registered"),
        )
        enrolment = enrolments[told % 3]
        spell = (None, EmployeeSpell(14, today - timedelta(days=50)), EmployeeSpell(3))[told % 2]
        record = Record(
            "虚构大民",
            today - age,
            None,
            ("local", "nonlocal", None)[told % 3],
            None,
            (category,) if category else (),
            (enrolment,) if enrolment else (),
            spell,
        )
        card = card_of(policy, record, today)
        page = written(card, today)
        assert card.standing is not None
        known = {Decimal(77)}
        for one in card.standing.charges:
            if one.due:
                known |= {one.due.standard, one.due.assistance, one.due.pays, abs(Decimal(77) - one.due.pays)}
        sums = {Decimal(one) for one in re.findall(r"(\d+(?:\.\d+)?)元", re.sub(r"<[^>]+>", "", page))}
        assert sums <= known | {Decimal(0)}, (category, today, age)
        told += 1
    assert told == len(CATEGORIES) * 4 * len(BIRTHS)
