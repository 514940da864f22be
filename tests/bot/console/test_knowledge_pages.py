"""Knowledge: every notice in full, what is made of each clause, two side by side, what becomes due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from served_console import OPERATOR, VILLAGER, Console

from bot.composition import knowledge
from bot.console.knowledge.due_soon import AHEAD, births, due_soon
from bot.console.knowledge.modelled import made_of, tally

NOTICES = sorted(knowledge().notices)


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_is_read_in_full_with_an_anchor_a_clause(console: Console, name: str) -> None:
    notice = knowledge().notices[name].notice
    with console.client(VILLAGER) as client:
        page = client.get(f"/console/knowledge/{name}").text
    for clause in notice.clause_ids:
        assert f'id="{clause}"' in page
    assert page.count('class="clause"') == len(notice.clause_ids)
    assert "还没处理" not in page


@pytest.mark.parametrize("name", NOTICES)
def test_every_clause_is_accounted_for_as_the_coverage_says(name: str) -> None:
    policy = knowledge().notices[name]
    made = made_of(policy, knowledge().facts)
    assert list(made) == list(policy.notice.clause_ids)
    assert tally(made)["missing"] == 0
    assert sum(tally(made).values()) == len(policy.notice.clause_ids)
    assert not [one for things in made.values() for one in things if not one.words]


def test_what_is_made_of_a_clause_is_told_in_words(console: Console) -> None:
    made = made_of(knowledge().notices["suixi-2022"], knowledge().facts)
    words = {(one.kind, one.words) for one in made["四（二）"]}
    assert ("rule", "资助（低保对象）：资助280元，缴40元（缴费时扣减）") in words
    assert {"rule", "told", "silent", "nobody"} >= {one.kind for things in made.values() for one in things}


def test_two_notices_stand_side_by_side_with_their_clauses(console: Console) -> None:
    with console.client(OPERATOR) as client:
        page = client.get("/console/knowledge/compare?left=suixi-2022&right=huaiyuan-2025").text
        assert "320元" in page
        assert "400元" in page
        assert 'href="/console/knowledge/huaiyuan-2025#' in page
        everything = client.get("/console/knowledge/compare?left=suixi-2022&right=huaiyuan-2025&all=true").text
        assert everything.count("<tr") > page.count("<tr")
        same = client.get("/console/knowledge/compare?left=suixi-2022&right=suixi-2022").text
        assert "没有不一样的地方" in same
        own = client.get("/console/knowledge/compare").text
        assert '<option value="suixi-2022" selected>' in own


@pytest.mark.parametrize("path", ["nothing", "compare?left=nothing", "compare?right=%00", "suixi-2022/x"])
def test_a_notice_that_is_not_held_is_not_found(console: Console, path: str) -> None:
    with console.client(OPERATOR) as client:
        assert client.get(f"/console/knowledge/{path}").status_code == 404


def test_anybody_may_read_what_is_due_in_another_county(console: Console) -> None:
    with console.client(VILLAGER) as client:
        assert "怀远县：90天内要到期的事" in client.get("/console/knowledge?county=340321").text
        assert "濉溪县：90天内要到期的事" in client.get("/console/knowledge?county=<script>").text


@pytest.mark.parametrize("today", [date(2021, 9, 1), date(2021, 10, 29), date(2021, 12, 31), date(2022, 1, 1)])
def test_what_is_due_lies_within_the_coming_ninety_days_in_order(today: date) -> None:
    events = due_soon(knowledge(), "340621", today)
    assert events
    assert [one.day for one in events] == sorted(one.day for one in events)
    assert all(today <= one.day <= today + AHEAD for one in events)
    notices = knowledge().notices
    assert all(one.cite.clause in notices[one.cite.notice].notice.clause_ids for one in events)


def test_windows_cover_and_the_deadlines_of_staff_are_among_it() -> None:
    events = due_soon(knowledge(), "340621", date(2021, 10, 5))
    by_day = {(one.day, one.staff) for one in events}
    assert (date(2021, 10, 29), True) in by_day
    assert (date(2021, 12, 31), False) in by_day
    assert "民政部门" in {one.who for one in events}
    assert not due_soon(knowledge(), "340621", date(2031, 1, 1))


def test_newborns_last_days_follow_the_rule_of_the_notice() -> None:
    kb, today = knowledge(), date(2021, 11, 20)
    found = births(kb, kb.notices["suixi-2022"], today)
    assert found is not None
    assert found.until == today + timedelta(days=found.days - 1)
    again = births(kb, kb.notices["suixi-2022"], found.last_birth)
    assert again is not None
    assert again.until == today
