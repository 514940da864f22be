"""Babies by their months, students by their year, workers by their city: what people say instead of the rules' words."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.lexicon import Lexicon
from nlu.mentions import MentionReader
from nlu.understanding import AgeMention, FactMention, PlaceMention, SpanMention

TODAY = date(2022, 11, 8)


def _facts(lexicon: Lexicon, text: str, name: str) -> list[str | bool | int]:
    found = MentionReader(lexicon).read(text, TODAY).found
    return [one.value for one in found if isinstance(one, FactMention) and one.fact == name]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("孩子9个月了一直没交医保", 270),
        ("娃三个月了还没上医保", 90),
        ("宝宝42天了", 42),
        ("我闺女五个月大了", 150),
        ("孩子才20多天大", 20),
    ],
)
def test_a_child_of_some_months_is_a_newborn_with_its_age(lexicon: Lexicon, text: str, days: int) -> None:
    found = MentionReader(lexicon).read(text, TODAY).found
    ages = [one for one in found if isinstance(one, AgeMention)]
    assert [(one.years, one.days) for one in ages] == [(0, days)]
    assert not [one for one in found if isinstance(one, SpanMention)]
    assert _facts(lexicon, text, "newborn") == [True]


@pytest.mark.parametrize(
    "text", ["孩子两个月没交医保", "孩子住院三个月了", "娃两岁三个月了", "儿子15个月了", "断了三个月了"]
)
def test_other_months_make_no_newborn(lexicon: Lexicon, text: str) -> None:
    assert _facts(lexicon, text, "newborn") == []


@pytest.mark.parametrize(
    ("text", "student"),
    [
        ("在重庆读大学的", "university"),
        ("女儿在重庆上大学", "university"),
        ("大学在读", "university"),
        ("在四川读的大学", "university"),
        ("儿子今年上大三", "university"),
        ("闺女今年9月才上大学", "freshman"),
        ("今年九月上的大一", "freshman"),
        ("刚考上大学", "freshman"),
        ("娃没考上大学", "none"),
    ],
)
def test_a_student_is_told_from_a_freshman(lexicon: Lexicon, text: str, student: str) -> None:
    assert _facts(lexicon, text, "student") == [student]


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("我在上海厂里，过完年回家交", [True]),
        ("在上海电子厂上班", [True]),
        ("我在宿州工地，能晚点交不", [True]),
        ("在外面厂里上班", [True]),
        ("在外头打工", [True]),
        ("我在濉溪厂里", []),
        ("我不在上海厂里了", [False]),
        ("上海厂里咋交", []),
        ("我在上海工厂，有职工医保", []),
    ],
)
def test_work_in_another_city_is_work_away_from_home(lexicon: Lexicon, text: str, away: list[bool]) -> None:
    assert _facts(lexicon, text, "migrant_worker") == away


def test_where_somebody_is_from_is_told_from_where_the_work_is(lexicon: Lexicon) -> None:
    def roles(text: str) -> list[str]:
        found = MentionReader(lexicon).read(text, TODAY).found
        return [one.role for one in found if isinstance(one, PlaceMention)]

    assert roles("我是濉溪的，在大竹县城头开了个面馆") == ["hukou", "other"]
    assert roles("我是濉溪的，要交多少") == ["other"]
    assert roles("户口在大竹县，在上海打工") == ["hukou", "away"]
