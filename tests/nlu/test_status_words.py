"""What people say of a status they have not, have no more or have not yet; and of those who are in none."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.lexicon import Lexicon
from nlu.mentions import MentionReader
from nlu.understanding import CategoryMention, KinMention

TODAY = date(2022, 11, 20)


def _categories(lexicon: Lexicon, text: str) -> list[tuple[str, bool]]:
    found = MentionReader(lexicon).read(text, TODAY).found
    return [(one.ids[0], one.negated) for one in found if isinstance(one, CategoryMention)]


@pytest.mark.parametrize(
    "text",
    [
        "也不吃低保",
        "从来没当过低保户",
        "没评上低保",
        "没申请过低保",
        "没享受低保待遇",
        "不够低保条件",
        "算不上低保户",
        "评不上低保",
        "没有资格吃低保",
        "不再是低保户了",
        "低保去年被取消了",
        "前年取消了低保",
        "低保早就退出了",
        "低保还没批下来，先交多少",
        "低保一直批不下来",
        "低保正在申请，要交多少",
        "申请了低保，还没评",
        "准备申请低保，现在交多少",
        "想办低保，现在交多少",
    ],
)
def test_a_status_denied_lost_or_not_granted_yet_is_none(lexicon: Lexicon, text: str) -> None:
    assert [denied for _, denied in _categories(lexicon, text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "低保评上没有",
        "低保批没批下来",
        "有没有资格吃低保",
        "是不是低保户都不用交",
        "低保户没办医保咋办",
        "我是低保户，没交上",
        "我家刚批的低保",
        "我家评了低保",
        "低保没享受过补贴",
    ],
)
def test_a_question_or_what_is_missing_besides_denies_no_status(lexicon: Lexicon, text: str) -> None:
    assert [denied for _, denied in _categories(lexicon, text)] == [False]


@pytest.mark.parametrize(
    ("text", "watched"),
    [("不在监测里头", True), ("没在监测里", True), ("退出监测了", True), ("在不在监测里头都一样吗", False)],
)
def test_who_is_watched_no_more_is_told_from_who_asks(lexicon: Lexicon, text: str, watched: bool) -> None:
    assert _categories(lexicon, text) == [("监测人口", watched)]


def test_one_status_is_denied_and_the_other_held(lexicon: Lexicon) -> None:
    text = "我家从来没当过贫困户，今年给认成突发严重困难人口了"
    assert _categories(lexicon, text) == [("脱贫人口", True), ("突发严重困难人口", False)]
    assert _categories(lexicon, "我爸去年评上低保，我没评上") == [("低保对象", False)]


def test_poverty_left_is_a_status_however_it_is_said(lexicon: Lexicon) -> None:
    assert _categories(lexicon, "我家前几年脱的贫") == [("脱贫人口", False)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("爹低保、妈低保边缘、我普通，交多少", ["低保对象", "低保边缘家庭成员", "普通居民"]),
        ("爹是低保，妈是低保边缘，加我一个普通的", ["低保对象", "低保边缘家庭成员", "普通居民"]),
        ("两个低保一个普通，都买一档", ["低保对象", "普通居民"]),
        ("老汉儿一级残疾，我自己啥都不是", ["重度残疾人", "普通居民"]),
        ("我妈低保，我自己啥也不是", ["低保对象", "普通居民"]),
        ("我啥都不是", ["普通居民"]),
        ("收费很一般", []),
        ("我和我爸妈都没有交过", []),
    ],
)
def test_who_is_in_no_category_is_an_ordinary_resident(lexicon: Lexicon, text: str, ids: list[str]) -> None:
    assert [name for name, _ in _categories(lexicon, text)] == ids


def test_a_parent_without_a_word_before_is_one_where_something_is_said_of_him(lexicon: Lexicon) -> None:
    found = MentionReader(lexicon).read("爹是低保，妈普通，医保交多少", TODAY).found
    kin = [(one.span.text, one.who) for one in found if isinstance(one, KinMention)]
    assert kin == [("爹", "parent"), ("妈", "parent")]
    assert not [one for one in MentionReader(lexicon).read("妈呀这么贵", TODAY).found if isinstance(one, KinMention)]


def test_whose_only_child_died_has_none(lexicon: Lexicon) -> None:
    said = "咱两口子就一个闺女，前年没了，算计划生育特殊困难家庭"
    assert _categories(lexicon, said) == [("计划生育特殊困难家庭成员", False)]
    assert _categories(lexicon, "俺家就一个闺女，交多少") == [("独女户", False)]
