"""Ages, lengths of time, sums, choices and relatives."""

from __future__ import annotations

import pytest

from nlu.ages import read_ages
from nlu.choices import read_choice
from nlu.durations import read_durations
from nlu.kinship import read_kin
from nlu.sums import read_sums


@pytest.mark.parametrize(
    ("text", "years", "days"),
    [
        *[
            ("七十了", 70, None),
            ("我妈70", 70, None),
            ("75岁", 75, None),
            ("三岁半", 3, None),
            ("我姥姥今年八十二了", 82, None),
        ],
        *[
            ("我爸快八十了", 80, None),
            ("8岁的孩子", 8, None),
            ("不到一岁", 0, None),
            ("本人今年六十六了，眼花", 66, None),
        ],
        *[("六天大", 0, 6), ("两个月大", 0, 60), ("娃三个半月大", 0, 105), ("出生才5天", 0, 5), ("半岁", 0, 182)],
        *[("满月了", 0, 30), ("刚满月", 0, 30), ("百天", 0, 100), ("刚出生", 0, None), ("才生下来", 0, None)],
    ],
)
def test_an_age_is_read(text: str, years: int, days: int | None) -> None:
    (age,) = read_ages(text)
    assert (age.years, age.days) == (years, days)


@pytest.mark.parametrize(
    "text",
    [
        "读三年级",
        "今年350",
        "都七月了",
        "都31号了",
        "出生90天内",
        "满月就报了名",
        "四个人",
        "我三级残疾",
        "我妈40元",
        "18",
        "今年交了三百二",
        "我90天",
    ],
)
def test_what_is_no_age_is_not_taken_for_one(text: str) -> None:
    assert read_ages(text) == []


@pytest.mark.parametrize(
    ("text", "months", "days", "about"),
    [
        *[
            ("断了四个月", 4, None, "gap"),
            ("停了半年", 6, None, "gap"),
            ("三个月没交", 3, None, "gap"),
            ("断缴两年", 24, None, "gap"),
        ],
        *[
            ("交了两年半", 30, None, "insured"),
            ("交满15年", 180, None, "insured"),
            ("连续参保8年", 96, None, "insured"),
        ],
        *[("28个月", 28, None, "other"), ("一年零三个月", 15, None, "other"), ("断了一年", 12, None, "gap")],
        *[
            ("等九十天", None, 90, "other"),
            ("90天里", None, 90, "other"),
            ("两周", None, 14, "other"),
            ("一个半月", 1.5, None, "other"),
        ],
    ],
)
def test_a_length_of_time_is_read(text: str, months: float | None, days: int | None, about: str) -> None:
    (length,) = read_durations(text)
    assert (length.months, length.days, length.about) == (months, days, about)


def test_two_lengths_keep_their_own_meaning() -> None:
    insured, gap = read_durations("职工医保连续缴了28个月，断了3个月")
    assert (insured.months, insured.about, gap.months, gap.about) == (28, "insured", 3, "gap")


@pytest.mark.parametrize(
    "text", ["2022年", "3月", "一年交多少", "三年级", "三年前", "1月交", "医保一年缴费多少", "第二年"]
)
def test_what_is_no_length_is_not_taken_for_one(text: str) -> None:
    assert read_durations(text) == []


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        *[
            ("三百二", 320),
            ("320块", 320),
            ("320元", 320),
            ("一千二", 1200),
            ("交了350", 350),
            ("按35交的", 35),
            ("收我400", 400),
        ],
        *[("三块五", 3.5), ("贵了三百多块", 300), ("一百六", 160), ("两百五", 250), ("12.5元", 12.5), ("五毛", 0.5)],
    ],
)
def test_a_sum_is_read(text: str, yuan: float) -> None:
    (amount,) = read_sums(text)
    assert amount.yuan == yuan


@pytest.mark.parametrize(
    "text", ["350", "2022", "三百六十个人", "几十块", "交20年", "加一块拢共", "3月", "一百人", "交3个人的", "身份证320"]
)
def test_what_is_no_sum_is_not_taken_for_one(text: str) -> None:
    assert read_sums(text) == []


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("1", 1),
        ("一", 1),
        ("第二个", 2),
        ("选2", 2),
        ("2.", 2),
        ("2吧", 2),
        ("头一个", 1),
        ("我选第三项", 3),
        ("二号", 2),
        ("20", 20),
    ],
)
def test_a_bare_number_is_a_choice(text: str, choice: int) -> None:
    assert read_choice(text) == choice


@pytest.mark.parametrize("text", ["0", "21", "320", "一档", "是", "两个人交多少", "1月", "", "2022"])
def test_a_number_that_means_something_else_is_no_choice(text: str) -> None:
    assert read_choice(text) is None


@pytest.mark.parametrize(
    ("text", "who"),
    [
        *[
            ("我妈", "parent"),
            ("俺娘", "parent"),
            ("老爷子", "parent"),
            ("我爸爸", "parent"),
            ("娃儿", "child"),
            ("幺儿", "child"),
        ],
        *[
            ("刚生的幺儿", "baby"),
            ("奶娃娃", "baby"),
            ("孙子", "grandchild"),
            ("媳妇", "spouse"),
            ("我对象", "spouse"),
            ("孩子他爸", "spouse"),
        ],
        *[
            ("儿媳妇", "other"),
            ("我儿媳妇", "other"),
            ("我弟弟", "sibling"),
            ("幺叔", "other"),
            ("我爷爷", "grandparent"),
            ("邻居", "other"),
        ],
    ],
)
def test_a_relative_is_named(text: str, who: str) -> None:
    (kin,) = read_kin(text)
    assert (kin.who, kin.span.text) == (who, text)


@pytest.mark.parametrize("text", ["低保对象", "我娘家", "婆家", "双女户", "儿童", "老师", "父老乡亲"])
def test_words_with_a_relative_in_them_name_none(text: str) -> None:
    assert read_kin(text) == []
