"""The whole reading, with a classifier that answers as told: the flow, bare answers, faults."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.errors import NluError, NluGone, NluSlow
from nlu.lexicon import Lexicon
from nlu.reader import Reader
from nlu.understanding import (
    AgeMention,
    CategoryMention,
    DateMention,
    FactMention,
    PlaceMention,
    Ranked,
    TierMention,
    Understanding,
    YearMention,
)

TODAY = date(2022, 6, 9)
VALID_ID = "11010519491231002X"


@dataclass(frozen=True)
class _Parse:
    intents: tuple[Ranked, ...]


@dataclass
class _Told:
    """Ranks each text by its own words, and remembers what it was asked."""

    error: NluError | None = None
    asked: list[str] = field(default_factory=list)

    async def parse(self, text: str) -> _Parse:
        self.asked.append(text)
        if self.error is not None:
            raise self.error
        return _Parse((Ranked("window" if "截止" in text else "premium", 0.9),))


def _read(lexicon: Lexicon, text: str, expecting: str | None = None, told: _Told | None = None) -> Understanding:
    return asyncio.run(Reader(lexicon, told or _Told()).read(text, TODAY, expecting))


def test_each_question_is_ranked_by_its_own_words(lexicon: Lexicon) -> None:
    heard = _read(lexicon, "我妈低保，要交多少？几号截止缴费？")
    assert [q.best.facet for q in heard.questions] == ["premium", "window"]
    assert [q.text for q in heard.questions] == ["我妈低保，要交多少？", "几号截止缴费？"]


def test_what_one_question_tells_holds_for_the_next(lexicon: Lexicon) -> None:
    first, second = _read(lexicon, "怀远县的，我妈低保，要交多少？几号截止缴费？").questions
    assert [m.ids for m in second.of(CategoryMention) if isinstance(m, CategoryMention)] == [("低保对象",)]
    assert second.of(PlaceMention)[0].span.end == 0
    own = first.of(CategoryMention)[0].span
    assert first.text[own.start : own.end] == own.text == "低保"


def test_what_a_question_tells_itself_replaces_what_the_other_told(lexicon: Lexicon) -> None:
    _, second = _read(lexicon, "2022年低保交多少？特困呢？").questions
    assert [m.ids for m in second.of(CategoryMention) if isinstance(m, CategoryMention)] == [("特困人员",)]
    assert second.of(YearMention)
    assert second.best.facet == "premium"
    assert second.residue == ""


@pytest.mark.parametrize(
    "text",
    [
        "那特困呢",
        "要是明年1月才交呢",
        "二档呢",
        "怀远县的",
        "不对，是3月生的",
        "我外公81了是特困",
        "支付宝呢",
        "监测户",
        "7月呢",
        "一级的，买二档",
    ],
)
def test_a_bare_follow_up_leaves_nothing_over(lexicon: Lexicon, text: str) -> None:
    (question,) = _read(lexicon, text).questions
    assert question.residue == ""
    assert question.mentions


@pytest.mark.parametrize("text", ["那特困怎么办理", "住院报多少", "在哪里交"])
def test_words_that_ask_are_left_over(lexicon: Lexicon, text: str) -> None:
    (question,) = _read(lexicon, text).questions
    assert question.residue


@pytest.mark.parametrize(
    ("text", "expecting", "value"),
    [
        *[
            ("三个月", "gap_months", 3),
            ("3", "gap_months", 3),
            ("三个半月", "gap_months", 4),
            ("没断", "gap_months", 0),
        ],
        *[
            ("两年", "employee_months", 24),
            ("两年半", "employee_months", 30),
            ("两年", "missed_years", 2),
            ("2", "missed_years", 2),
        ],
        *[("没有", "residence_permit", False), ("办了", "residence_permit", True), ("没办", "residence_permit", False)],
        *[("是的", "newborn", True), ("不是", "own_fault", False), ("自己没交", "own_fault", True)],
        *[("会", "helpless_online", False), ("不会", "helpless_online", True), ("不会用手机", "helpless_online", True)],
        *[
            ("外地", "hukou", "nonlocal"),
            ("本地的", "hukou", "local"),
            ("大学新生", "student", "freshman"),
            ("没有", "employee_insured", False),
        ],
        *[("不想参保了", "refund_reason", "changed_mind"), ("人去世了", "refund_reason", "died")],
    ],
)
def test_a_bare_answer_is_the_value_of_what_was_asked(
    lexicon: Lexicon, text: str, expecting: str, value: str | bool | int
) -> None:
    heard = _read(lexicon, text, expecting)
    assert [m.value for m in heard.questions[0].of(FactMention) if isinstance(m, FactMention)] == [value]
    assert heard.choice is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        *[
            ("五月六号", "2022-05-06"),
            ("七月九号生的，去年", "2021-07-09"),
            ("十二月一号", "2021-12-01"),
            ("3.8", "2022-03-08"),
        ],
        *[
            ("三月八", "2022-03-08"),
            ("8", "2022-06-08"),
            ("昨天", "2022-06-08"),
            ("五月初五", "2022-06-03"),
            ("2022-6-1", "2022-06-01"),
        ],
    ],
)
def test_a_bare_date_answers_the_question_for_a_birthday(lexicon: Lexicon, text: str, first: str) -> None:
    heard = _read(lexicon, text, "birth_date")
    (day,) = [m for m in heard.questions[0].of(DateMention) if isinstance(m, DateMention)]
    assert (day.first.isoformat(), day.role, heard.choice) == (first, "birth", None)


def test_bare_ages_categories_and_tiers_are_read(lexicon: Lexicon) -> None:
    assert _read(lexicon, "七十", "age").questions[0].of(AgeMention)
    assert _read(lexicon, "二档", "tier").questions[0].of(TierMention)
    (nothing,) = _read(lexicon, "没有", "category").questions[0].of(CategoryMention)
    assert isinstance(nothing, CategoryMention)
    assert nothing.ids == ("普通居民",)


def test_a_number_is_a_choice_unless_a_number_was_asked_for(lexicon: Lexicon) -> None:
    assert _read(lexicon, "2").choice == 2
    assert _read(lexicon, "2", "hukou").choice == 2
    assert _read(lexicon, "2", "gap_months").choice is None
    assert _read(lexicon, "第二个吧").choice == 2


@pytest.mark.parametrize(
    ("text", "fault", "questions"),
    [
        *[("", "empty", 0), ("😀", "empty", 0), ("医" * 10_001, "too_long", 0), ("qwerty asdf", "not_chinese", 0)],
        ("What is the premium for 2025?", "not_chinese", 0),
        *[
            ("身份证110105194912310021", "bad_id_number", 1),
            ("4月31日生的", "no_such_day", 1),
            ("3022年3月8号生的", "far_date", 1),
        ],
    ],
)
def test_what_is_wrong_with_a_message_is_said(lexicon: Lexicon, text: str, fault: str, questions: int) -> None:
    heard = _read(lexicon, text)
    assert heard.faults == (fault,)
    assert len(heard.questions) == questions


@pytest.mark.parametrize("text", ["hello", "OK", "2", VALID_ID])
def test_short_greetings_numbers_and_identity_numbers_are_not_foreign(lexicon: Lexicon, text: str) -> None:
    assert _read(lexicon, text).faults == ()


def test_nothing_personal_reaches_the_classifier_or_the_text(lexicon: Lexicon) -> None:
    told = _Told()
    heard = _read(lexicon, f"我叫王桂兰，电话13812345678，身份证{VALID_ID}，医宝交了没", told=told)
    assert heard.personal == ("王桂兰", "13812345678", VALID_ID)
    for seen in (*told.asked, heard.text, repr(heard)):
        assert not any(value in seen for value in heard.personal)
    assert "医保" in heard.text
    assert [(c.wrong, c.right) for c in heard.corrections] == [("医宝", "医保")]


async def test_the_number_of_a_quick_reply_on_offer_needs_no_classifier(lexicon: Lexicon) -> None:
    reader = Reader(lexicon, _Told(error=NluGone("gone")))
    assert not (await reader.read("第二个吧", TODAY, offered=2)).degraded
    assert (await reader.read("第二个吧", TODAY, offered=1)).degraded
    assert (await reader.read("2", TODAY)).degraded


@pytest.mark.parametrize("error", [NluSlow("late"), NluGone("gone")])
def test_without_the_classifier_a_message_is_read_as_far_as_grammar_goes(lexicon: Lexicon, error: NluError) -> None:
    heard = _read(lexicon, "低保交多少", told=_Told(error))
    assert heard.degraded
    assert heard.questions[0].ranking == ()
    assert heard.questions[0].of(CategoryMention)


def test_a_message_without_a_question_to_rank_is_not_sent(lexicon: Lexicon) -> None:
    told = _Told()
    _read(lexicon, "？？？", told=told)
    assert told.asked == []


def test_a_question_is_classified_with_its_story_and_without_its_fillers(lexicon: Lexicon) -> None:
    told = _Told()
    _read(lexicon, "喂，您好，请问一下，我姥姥八十了，镇上通知收农合，每人收多少？", told=told)
    assert told.asked == ["我姥姥八十了，镇上通知收农合，每人收多少？"]


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                *"，。？！ \n123年月日号岁元个",
                "低保",
                "不是",
                "交",
                "生的",
                "腊月",
                "初五",
                "一家",
                "四口",
                "断了",
                "怀远县",
                "\ud800",
                "😀",
                "吗",
                "去年",
                "二档",
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_any_pile_of_words_is_read_without_an_error(lexicon: Lexicon, text: str) -> None:
    heard = _read(lexicon, text)
    for question in heard.questions:
        for mention in question.mentions:
            span = mention.span
            assert span.end == 0 or question.text[span.start : span.end] == span.text
