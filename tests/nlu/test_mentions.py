"""What a message mentions: categories with their denials, places, tiers, households, circumstances."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest

from nlu.circumstances import circumstances
from nlu.lexicon import Lexicon
from nlu.mentions import MentionReader
from nlu.understanding import (
    AgeMention,
    CategoryMention,
    ChannelMention,
    DateMention,
    FactMention,
    Mention,
    PeopleMention,
    PlaceMention,
    SpanMention,
    TierMention,
    YearMention,
)

TODAY = date(2022, 11, 20)
M = TypeVar("M", bound=Mention)


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> MentionReader:
    return MentionReader(lexicon)


def _of(reader: MentionReader, text: str, kind: type[M]) -> list[M]:
    return [m for m in reader.read(text, TODAY).found if isinstance(m, kind)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("我是低保户", ["低保对象"]),
        ("农村低保的", ["农村低保对象"]),
        ("我家算边缘易致贫户", ["边缘易致贫人口"]),
        ("肢体四级", ["轻度残疾人"]),
        ("残疾，二级", ["重度残疾人"]),
        ("一级的，买二档", ["重度残疾人"]),
        ("低保边缘家庭", ["低保边缘家庭成员"]),
        ("姑姑吃低保，还是二级残疾", ["低保对象", "重度残疾人"]),
        ("什么都不是", ["普通居民"]),
        ("都没有", ["普通居民"]),
        ("父母都没有交过医保", []),
        ("二级医院报多少", []),
    ],
)
def test_the_longest_alias_names_the_category(reader: MentionReader, text: str, ids: list[str]) -> None:
    assert [m.ids[0] for m in _of(reader, text, CategoryMention)] == ids


def test_a_word_of_several_categories_keeps_them_all(reader: MentionReader) -> None:
    (mention,) = _of(reader, "我们是边缘户", CategoryMention)
    assert set(mention.ids) == {"低保边缘家庭成员", "边缘易致贫人口"}


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        *[
            ("不是低保", [True]),
            ("又没吃低保", [True]),
            ("没有低保", [True]),
            ("没评上低保", [True]),
            ("我不吃低保", [True]),
        ],
        *[("低保去年取消了", [True]), ("没有低保、残疾这些", [True, True]), ("不是特困也不是低保", [True, True])],
        *[("是不是低保", [False]), ("有没有低保", [False]), ("算不算低保", [False]), ("低保户没有资助吗", [False])],
        *[("不是特困，是低保", [True, False]), ("我妈低保，我不是低保", [False, True])],
    ],
)
def test_denials_reach_the_categories_they_govern(reader: MentionReader, text: str, negated: list[bool]) -> None:
    assert [m.negated for m in _of(reader, text, CategoryMention)] == negated


def test_what_is_only_supposed_is_marked(reader: MentionReader) -> None:
    assert [m.hypothetical for m in _of(reader, "要是特困呢", CategoryMention)] == [True]
    assert [m.hypothetical for m in _of(reader, "如果户口在外地", FactMention)] == [True]
    assert [m.hypothetical for m in _of(reader, "我是特困", CategoryMention)] == [False]


@pytest.mark.parametrize(
    ("text", "role", "negated"),
    [
        ("我是刘桥镇的", "other", False),
        ("我户口在湖北", "hukou", False),
        ("我在浙江工地干活", "away", False),
        ("刚从上海回来", "away", False),
        ("嫁到宿州那边", "away", False),
        ("怀远的医保交多少", "other", False),
        ("不是清河镇哈", "other", True),
    ],
)
def test_a_place_is_named_with_its_part(reader: MentionReader, text: str, role: str, negated: bool) -> None:
    (place,) = _of(reader, text, PlaceMention)
    assert (place.role, place.negated) == (role, negated)


def test_a_place_name_of_several_regions_keeps_all_codes(reader: MentionReader) -> None:
    (place,) = _of(reader, "我是鼓楼区的", PlaceMention)
    assert len(place.codes) == 4


@pytest.mark.parametrize(
    ("text", "tiers"), [("1档", ["一档"]), ("一、二档", ["一档", "二档"]), ("第二档", ["二档"]), ("四档", [])]
)
def test_tiers_are_named_as_in_the_notices(reader: MentionReader, text: str, tiers: list[str]) -> None:
    assert [m.tier for m in _of(reader, text, TierMention)] == tiers


def test_a_way_to_pay_can_be_denied(reader: MentionReader) -> None:
    assert [(m.channel, m.negated) for m in _of(reader, "不用微信，用支付宝", ChannelMention)] == [
        ("wechat", True),
        ("alipay", False),
    ]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("一家五口", [(5, (), True)]),
        (
            "我们家六口人，我公公是特困，剩下五个都是普通户",
            [(6, (), True), (1, ("特困人员",), False), (5, ("普通居民",), False)],
        ),
        ("我爸吃低保，我妈是普通户，两口子", [(1, ("低保对象",), False), (1, ("普通居民",), False), (2, (), True)]),
        ("一家四口，其中两个低保", [(4, (), True), (2, ("低保对象",), False)]),
        (
            "全家5口人，两个是低保，其余都是一般户",
            [(5, (), True), (2, ("低保对象",), False), (3, ("普通居民",), False)],
        ),
        ("户口本上五个人，我和老公，还有三个孩子，都是普通户", [(5, ("普通居民",), True), (3, (), False)]),
        ("我们仨", [(3, (), True)]),
        ("一口人得交多少", []),
        ("一个人交多少钱", []),
        ("个人缴费部分", []),
    ],
)
def test_a_household_is_read_with_its_parts(reader: MentionReader, text: str, people: list[tuple[object, ...]]) -> None:
    assert [(m.count, m.categories, m.is_total) for m in _of(reader, text, PeopleMention)] == people


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("户口在外地", "hukou", "nonlocal"),
        ("我户口在湖北", "hukou", "nonlocal"),
        ("我不是外地户口", "hukou", "local"),
        ("非重庆户籍", "hukou", "nonlocal"),
        ("户口刚转过来", "hukou", "local"),
        ("儿媳妇嫁过来三年，户口一直没转过来", "hukou", "nonlocal"),
        ("居住证早就办好了", "residence_permit", True),
        ("居住证我还没去领", "residence_permit", False),
        ("我没办居住证", "residence_permit", False),
        ("女婿是澳门人", "origin", "hk_mo_tw"),
        ("我是外国专家的妻子", "origin", "foreign_expert_family"),
        ("老婆是外国人", "origin", "foreigner"),
        ("在浙江工地干活", "migrant_worker", True),
        ("过年才回来", "migrant_worker", True),
        ("没出去打过工", "migrant_worker", False),
        ("公司一直给我交着职工医保", "employee_insured", True),
        ("老板没给我们上社保", "employee_insured", False),
        ("职工医保断了", "employee_insured", False),
        ("娘家那边没给我交医保", "insured_elsewhere", False),
        ("已经在外地参保了", "insured_elsewhere", True),
        ("他在读大二", "student", "university"),
        ("刚考上大学", "student", "freshman"),
        ("孙女读四年级", "student", "pupil"),
        ("上幼儿园", "student", "preschool"),
        ("今年6月大学毕业了", "student", "graduate"),
        ("我们两口子都参保了", "guardian_insured", True),
        ("刚生的娃", "newborn", True),
        ("头一回参保", "first_time", True),
        ("去年交过", "first_time", False),
        ("我妈没有智能手机", "helpless_online", True),
        ("老汉不会弄微信", "helpless_online", True),
        ("我会用手机", "helpless_online", False),
        ("是村里漏报了", "own_fault", False),
        ("不怪自己", "own_fault", False),
        ("我忘记交了", "own_fault", True),
        ("刚评上低保", "newly_certified", True),
        ("领了证的", "has_certificate", True),
        ("当时没领独女户证", "has_certificate", False),
        ("人没了", "refund_reason", "died"),
        ("交重了", "refund_reason", "paid_twice"),
        ("我进了个厂", "refund_reason", "joined_employee"),
        ("现在后悔了", "refund_reason", "changed_mind"),
        ("是不是交多了", "refund_reason", "overpaid"),
        ("我不在本地住", "works_here", False),
    ],
)
def test_circumstances_are_read(reader: MentionReader, text: str, fact: str, value: str | bool) -> None:
    assert value in [m.value for m in _of(reader, text, FactMention) if m.fact == fact]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("需要居住证吗", "residence_permit"),
        ("有没有职工医保", "employee_insured"),
        ("村里说职工医保没停", "employee_insured"),
        ("密码忘了", "own_fault"),
        ("全区去年参保人数", "first_time"),
        ("结婚证领了", "has_certificate"),
        ("居住证也办了", "has_certificate"),
        ("比去年多交了几十", "refund_reason"),
        ("要多交钱吗", "refund_reason"),
        ("学生娃能少交点不", "newborn"),
        ("香港的医院怎么挂号", "origin"),
    ],
)
def test_what_is_only_asked_or_means_something_else_is_no_circumstance(
    reader: MentionReader, text: str, fact: str
) -> None:
    assert fact not in [m.fact for m in _of(reader, text, FactMention)]


def test_every_fact_and_value_of_the_circumstances_is_one_of_the_knowledge_base(lexicon: Lexicon) -> None:
    for one in circumstances():
        kind = lexicon.facts[one.fact]
        for value in filter(lambda v: v is not None, (one.value, one.denied)):
            assert value in kind.labels, f"{one.fact}: {value}"


def test_every_pattern_of_the_circumstances_says_what_it_stands_for() -> None:
    # a pattern with an unbalanced quote or a stray comma would swallow its neighbours
    for one in circumstances():
        for pattern in one.say.pattern.split("|"):
            assert not {"'", ", "} & {mark for mark in ("'", ", ") if mark in pattern}, pattern


def test_a_number_is_one_thing_at_a_time(reader: MentionReader) -> None:
    found = reader.read("娃三个月大，断了两年，3月8号交了三百二，我们4口人", TODAY).found
    kinds = (AgeMention, SpanMention, DateMention, PeopleMention)
    assert [m.span.text for m in found if isinstance(m, kinds)] == ["三个月大", "两年", "3月8号", "4口人"]


def test_a_year_after_a_birthday_belongs_to_it(reader: MentionReader) -> None:
    found = reader.read("七月九号生的，去年", date(2022, 6, 9)).found
    assert [m.first for m in found if isinstance(m, DateMention)] == [date(2021, 7, 9)]
    assert not [m for m in found if isinstance(m, YearMention)]
