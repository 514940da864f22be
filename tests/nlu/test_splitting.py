"""A message is split where it asks twice, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.lexicon import Lexicon
from nlu.mentions import MentionReader
from nlu.other_insurance import parted
from nlu.splitting import MOST, split


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> MentionReader:
    return MentionReader(lexicon)


def _parts(reader: MentionReader, text: str) -> list[str]:
    found = reader.read(text, date(2022, 11, 20)).found
    return [text[part.start : part.end] for part in split(text, found)]


@pytest.mark.parametrize(
    "text",
    [
        "医保交多少钱",
        "我妈七十了，不会用手机，去哪里交",
        "这个钱收得对吗，是真的吗？",
        "有人说交一百六，有人说交三百二，到底交多少",
        "还来得及交不？最晚哪天",
        "是先去医保局还是先去税务局？",
        "能直接刷卡吗，还是要先备案",
        "分不分档？各是多少",
        "低保。",
        "",
        "我去问了村里，村里说不知道。我又问了镇上，镇上让我等。请问低保户交多少钱？",
        "那年我在外打工，前几年都没交过。现在想交，怎么办理？",
    ],
)
def test_one_question_stays_one(reader: MentionReader, text: str) -> None:
    assert _parts(reader, text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("医保交多少钱？什么时候截止？", ["医保交多少钱？", "什么时候截止？"]),
        ("今年医保多少钱，去哪里交", ["今年医保多少钱，", "去哪里交"]),
        ("交多少，哪天截止，交完管到啥时候", ["交多少，", "哪天截止，", "交完管到啥时候"]),
        ("医保多少钱什么时候截止怎么交", ["医保多少钱", "什么时候截止", "怎么交"]),
        ("住院能报百分之几，还有一般户交多少", ["住院能报百分之几，", "还有一般户交多少"]),
        ("年年涨，你倒是说到底交多少哪天到期", ["年年涨，你倒是说到底交多少", "哪天到期"]),
        ("住院报好多，大病起付线又是好多", ["住院报好多，", "大病起付线又是好多"]),
        ("低保交多少？特困呢？", ["低保交多少？", "特困呢？"]),
        ("我妈低保，交多少？另外新生儿怎么办理？", ["我妈低保，交多少？", "另外新生儿怎么办理？"]),
        ("多少钱一年，还有就是住院能报多少", ["多少钱一年，", "还有就是住院能报多少"]),
        ("牵头的是哪个部门？名单由谁负责？", ["牵头的是哪个部门？", "名单由谁负责？"]),
        ("能退吗？我老公上个月去世了，找谁办退费？", ["能退吗？", "我老公上个月去世了，找谁办退费？"]),
    ],
)
def test_two_questions_are_two_and_a_story_goes_with_what_follows(
    reader: MentionReader, text: str, parts: list[str]
) -> None:
    assert _parts(reader, text) == parts


def test_no_more_than_four_questions_are_taken_and_nothing_is_lost(reader: MentionReader) -> None:
    text = "".join(f"第{n}个医保交多少钱？" for n in range(1, 8))
    parts = _parts(reader, text)
    assert len(parts) == MOST
    assert "".join(parts) == text


def test_the_asking_words_are_told_from_the_story(reader: MentionReader) -> None:
    text = "我妈七十了，一直吃低保，要交多少钱？"
    (part,) = split(text)
    assert text[part.asks :] == "要交多少钱？"


@pytest.mark.parametrize(
    "text", ["头一回参保，要带啥子，去哪里办", "参保要带什么材料，在哪办？", "要什么手续，怎么办理"]
)
def test_where_to_do_it_behind_what_to_bring_is_no_question_of_its_own(text: str) -> None:
    assert len(split(text)) == 1


@pytest.mark.parametrize(
    "text", ["一档要交多少最晚哪天交才不用等", "协调小组组长是谁，办公室设哪里", "要带什么材料，去哪里缴费"]
)
def test_two_matters_without_a_full_stop_are_two_questions(text: str) -> None:
    assert len(split(text)) == 2


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("一是养老金还能不能领，二是医保还是不是合作医疗", ["一是养老金还能不能领，", "二是医保还是不是合作医疗"]),
        (
            "请问：1、口头挂失打哪个电话2、补办到银行还是社保局",
            ["请问：1、口头挂失打哪个电话", "2、补办到银行还是社保局"],
        ),
        ("①交多少②哪天截止③退不退", ["①交多少", "②哪天截止", "③退不退"]),
        ("我家年收入1.2万，2、3个人一共交多少", None),
        ("1.我妈低保2.我爸残疾，一共交多少", None),
        ("一、二档差多少", None),
        ("10、20块钱的事，能不能退", None),
    ],
)
def test_questions_that_their_writer_counts_are_split(text: str, questions: list[str] | None) -> None:
    assert [text[part.start : part.end] for part in split(text)] == (questions or [text])


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("养老金和医保都怎么交啊", "养老保险都怎么交啊？医保都怎么交啊"),
        ("我的医疗与养老保险怎么办理，以前交的清零了", "我的医疗保险怎么办理？养老保险怎么办理，以前交的清零了"),
        ("新农合和养老保险一年交多少", "新农合一年交多少？养老保险一年交多少"),
        ("单位交了养老和医疗保险，老家还要不要交合作医疗", None),
        ("养老保险和医保我都交了", None),
        ("医保和养老保险能给__NAME__一起交吗", None),
    ],
)
def test_pension_and_medical_insurance_asked_in_one_breath_are_two_questions(text: str, apart: str | None) -> None:
    assert parted(text) == (apart or text)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("集中交费最晚到哪天，我在这边用微信能交不，咋个交法？", "我在这边用微信能交不，咋个交法？"),
        ("村里天天喊交，我都忘了。你给说说集中交费最晚到哪天，我在外头手机上能交不？", "我在外头手机上能交不？"),
        ("好多钱一个人，银行交得成不", "银行交得成不"),
    ],
)
def test_a_day_or_a_sum_and_a_way_to_pay_are_two_questions(reader: MentionReader, text: str, second: str) -> None:
    parts = _parts(reader, text)
    assert parts[-1] == second
    assert len(parts) == 2


def test_what_a_card_costs_belongs_to_the_question_on_it(reader: MentionReader) -> None:
    assert len(_parts(reader, "社保卡丢了到哪补办，要多少钱")) == 1


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("还能交吗，多少钱，到几号", ["还能交吗", "多少钱", "到几号"]),
        ("交多少，咋交，几号截止", ["交多少", "咋交", "几号截止"]),
        ("交好多，啷个交，好久截止", ["交好多", "啷个交", "好久截止"]),
        ("交多少钱几号截止咋交", ["交多少钱", "几号截止", "咋交"]),
        ("还能交不，几号截止", ["还能交不", "几号截止"]),
        ("能退吗，找谁", ["能退吗，找谁"]),
        ("我听说要涨价，到底多少钱", ["我听说要涨价，到底多少钱"]),
    ],
)
def test_short_questions_of_different_matters_are_each_one(
    reader: MentionReader, text: str, questions: list[str]
) -> None:
    assert [one.strip("，") for one in _parts(reader, text)] == questions


@pytest.mark.parametrize(
    "text",
    [
        "俺娘现在还吃着低保呢。俺跟媳妇都普通，一共交多少",
        "闺女上小学，俺们仨啥补助也没有。一家三口交多少钱",
        "俺闹不清老人那份咋算，就想问全家一共得交多少钱？",
        "都没啥补助，四个人总共交多少",
    ],
)
def test_what_is_told_with_a_word_of_asking_is_no_question(reader: MentionReader, text: str) -> None:
    assert _parts(reader, text) == [text]
