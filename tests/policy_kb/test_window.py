"""When one can pay: first and last days, those who may pay later, closed days, windows without days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from held_notices import clauses, day, known, ruled, rules_applied, rules_of, when

from policy_kb.citation import Citation
from policy_kb.decision import Decision, Window
from policy_kb.model import AfterWindows, WindowRule
from policy_kb.window import bears_subsidy, window_on


def on(notice: str, text: str, **facts: object) -> Decision[Window]:
    return window_on(rules_of(notice), known(**facts), day(text))


def window(
    name: str, opens: str | None, closes: str | None, condition: dict[str, object] | None = None, **more: Any
) -> WindowRule:
    return WindowRule(
        id=name,
        cites=(),
        when=when(**condition or {}),
        kind="main",
        opens=day(opens) if opens else None,
        closes=day(closes) if closes else None,
        **more,
    )


@pytest.mark.parametrize(
    ("notice", "text", "state"),
    [
        ("suixi-2022", "2021-09-30", "before"),
        ("suixi-2022", "2021-10-01", "open"),
        ("suixi-2022", "2021-12-31", "open"),
        ("huaiyuan-2025", "2024-08-31", "before"),
        ("huaiyuan-2025", "2024-09-01", "open"),
        ("huaiyuan-2025", "2024-12-31", "open"),
        ("xingyi-2022", "2021-11-30", "before"),
        ("xingyi-2022", "2021-12-01", "open"),
        ("xingyi-2022", "2022-02-28", "open"),
        ("xingyi-2022", "2022-03-01", "open"),
        ("xingyi-2022", "2022-09-30", "open"),
        ("xingyi-2022", "2022-10-01", "after"),
        ("mancheng-2023", "2022-10-31", "before"),
        ("mancheng-2023", "2022-11-25", "open"),
        ("mancheng-2023", "2022-11-26", "closed_days"),
        ("mancheng-2023", "2022-12-01", "open"),
        ("mancheng-2023", "2022-12-25", "open"),
        ("mancheng-2023", "2022-12-26", "after"),
    ],
)
def test_first_and_last_days_count(notice: str, text: str, state: str) -> None:
    value = on(notice, text).value
    assert value is not None
    assert value.state == state


def test_after_the_main_window_it_turns_on_having_worked_away() -> None:
    decision = on("suixi-2022", "2022-01-01", category=[], newly_certified=False)
    assert decision.ask == "migrant_worker"
    assert {one.value: one.decision.value.state for one in decision.branches if one.decision.value} == {
        True: "open",
        False: "after",
    }


@pytest.mark.parametrize(("text", "state"), [("2022-02-28", "open"), ("2022-03-01", "after")])
def test_the_extension_ends_with_its_last_day(text: str, state: str) -> None:
    value = on("suixi-2022", text, migrant_worker=True).value
    assert value is not None
    assert value.state == state


def test_the_last_day_is_not_told_while_a_later_window_may_be_the_persons() -> None:
    lasts = [
        on("suixi-2022", "2021-12-01", **facts).value
        for facts in ({}, {"migrant_worker": True}, {"migrant_worker": False})
    ]
    assert [value.last for value in lasts if value] == [None, day("2022-02-28"), day("2021-12-31")]


def test_on_closed_days_the_next_day_to_pay_is_named() -> None:
    value = on("mancheng-2023", "2022-11-30").value
    assert value is not None
    assert value.next_open == day("2022-12-01")


@pytest.mark.parametrize(
    ("today", "following"), [("2031-02-27", "2031-03-01"), ("2031-04-30", "2031-05-01"), ("2031-12-31", None)]
)
def test_closed_days_end_with_the_month_however_long_it_is(today: str, following: str | None) -> None:
    rules = ruled(windows=(window("main", "2031-01-01", "2031-12-31", closed_days=(26, 31)),))
    value = window_on(rules, {}, day(today)).value
    assert value is not None
    assert (value.state, value.next_open) == ("closed_days", day(following) if following else None)


@pytest.mark.parametrize(
    ("closes", "until"), [("2031-09-30", "2031-09-25"), ("2031-09-20", "2031-09-20"), (None, None)]
)
def test_the_last_day_to_pay_lies_before_closed_days_at_the_end(closes: str | None, until: str | None) -> None:
    rules = ruled(windows=(window("late", "2031-01-01", closes, closed_days=(26, 31)),))
    expected = day(until) if until else None
    for today in ("2030-12-01", "2031-03-02", "2031-03-27"):
        value = window_on(rules, {}, day(today)).value
        assert value is not None
        assert (value.closes, value.pays_until) == (day(closes) if closes else None, expected)


def test_closed_days_do_not_hold_in_the_months_left_out() -> None:
    rules = ruled(
        windows=(window("main", "2030-09-01", "2030-12-31", closed_days=(28, 31), open_months=((2030, 12),)),)
    )
    states = [
        value.state
        for text in ("2030-11-28", "2030-12-28", "2030-12-31")
        if (value := window_on(rules, {}, day(text)).value)
    ]
    assert states == ["closed_days", "open", "open"]


def test_a_second_window_without_closed_days_is_open_while_the_first_is_closed() -> None:
    rules = ruled(
        windows=(
            window("main", "2031-01-01", "2031-12-31", closed_days=(26, 31)),
            window("students", "2031-03-01", "2031-03-31", {"student": "pupil"}),
        )
    )
    value = window_on(rules, known(student="pupil"), day("2031-03-28")).value
    assert value is not None
    assert (value.state, value.rule) == ("open", "students")


def test_a_window_without_days_is_named_once_the_main_one_is_over() -> None:
    decision = on("mancheng-2023", "2023-01-10")
    assert decision.value is not None
    assert decision.value.state == "after"
    assert rules_applied(decision)[:2] == ["main", "extension"]
    assert decision.document == "河北省有关规定"
    assert "二（三）2" in clauses(decision)
    assert "extension" not in rules_applied(on("mancheng-2023", "2022-11-10"))


def test_a_window_without_days_is_not_named_to_persons_it_is_not_for() -> None:
    assert "newly-aided" not in rules_applied(on("suixi-2022", "2022-05-01", newly_certified=False))
    assert "newly-aided" in rules_applied(on("suixi-2022", "2022-05-01", newly_certified=True))


def test_a_notice_whose_windows_have_no_days_at_all_names_them() -> None:
    undated = ruled(windows=(window("main", None, None, left_to="市里的文件"),))
    decision = window_on(undated, {}, day("2031-05-01"))
    assert (decision.outcome, decision.document, rules_applied(decision)) == ("left_to", "市里的文件", ["main"])
    assert window_on(ruled(windows=(window("main", None, None),)), {}, day("2031-05-01")).outcome == "silent"
    assert window_on(ruled(), {}, day("2031-05-01")) == Decision("silent")


def test_an_open_end_lasts_no_longer_than_the_cover_year() -> None:
    late = ruled(windows=(window("late", "2031-01-01", None),))
    states = {text: window_on(late, {}, day(text)).value for text in ("2030-12-31", "2031-12-31", "2032-01-01")}
    assert [value.state for value in states.values() if value] == ["before", "open", "after"]


def test_an_open_beginning_reaches_back_into_the_year_before_only() -> None:
    early = ruled(windows=(window("main", None, "2031-02-28"),))
    assert window_on(early, {}, day("2030-06-01")).value == Window(
        "open", "main", None, day("2031-02-28"), day("2031-02-28"), pays_until=day("2031-02-28")
    )
    value = window_on(early, {}, day("2029-12-31")).value
    assert value is not None
    assert value.state != "open"


def test_between_two_windows_the_next_one_is_named() -> None:
    rules = ruled(windows=(window("main", "2030-10-01", "2030-12-31"), window("second", "2031-03-01", "2031-03-31")))
    value = window_on(rules, {}, day("2031-02-01")).value
    assert value is not None
    assert (value.state, value.rule, value.next_open) == ("before", "second", day("2031-03-01"))


def test_a_coming_window_that_may_be_the_persons_is_asked_about() -> None:
    rules = ruled(
        windows=(
            window("main", "2030-10-01", "2030-12-31"),
            window("m", "2031-03-01", "2031-03-31", {"migrant_worker": True}),
        )
    )
    decision = window_on(rules, {}, day("2031-02-01"))
    assert decision.ask == "migrant_worker"
    assert [one.decision.value.state for one in decision.branches if one.decision.value] == ["before", "after"]


def test_where_all_windows_may_be_others_and_are_past_it_is_over_for_everybody() -> None:
    rules = ruled(windows=(window("m", "2030-10-01", "2030-12-31", {"migrant_worker": True}),))
    assert window_on(rules, {}, day("2031-05-01")).value == Window("after", None, None, None)


def test_after_the_last_window_what_the_notice_says_of_late_payment_goes_with_it() -> None:
    cite = Citation("fictional", "四", "不再补缴")
    rules = ruled(
        windows=(window("main", "2030-10-01", "2030-12-31"),),
        after_windows=AfterWindows(id="after", cites=(cite,), say="never"),
    )
    assert rules_applied(window_on(rules, {}, day("2031-05-01"))) == ["main", "after"]


def test_the_full_price_is_told_only_for_days_on_which_no_other_window_is_open() -> None:
    full = window("full", "2031-07-01", "2031-09-30", full_price=True)
    rules = ruled(windows=(full,))
    assert bears_subsidy(rules, {"paid_on": day("2031-07-01")})
    assert not bears_subsidy(rules, {"paid_on": day("2031-06-30")})
    assert not bears_subsidy(rules, {})
    both = ruled(windows=(full, window("school", "2031-09-01", "2031-09-30", {"student": "pupil"})))
    assert not bears_subsidy(both, {"paid_on": day("2031-09-10"), "student": "pupil"})
    assert bears_subsidy(both, {"paid_on": day("2031-09-10"), "student": "none"})
    cheaper = window_on(both, {"student": "pupil"}, day("2031-09-10")).value
    assert cheaper is not None
    assert (cheaper.rule, cheaper.full_price) == ("school", False)


@pytest.mark.parametrize("notice", ["suixi-2022", "huaiyuan-2025", "xingyi-2022", "mancheng-2023"])
def test_years_later_no_window_is_open(notice: str) -> None:
    value = window_on(rules_of(notice), {}, date(2040, 5, 1)).value
    assert value is not None
    assert value.state == "after"
