"""Turns that go wrong: nobody understands, a day that does not exist, ID numbers, other languages, very long messages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sound_reply import faults_of
from talk import FACETS, HUAIYUAN, SUIXI, TODAY, Talk, at, first_line, heard, knowledge

from dialogues.reply import Reply
from nlu.errors import NluGone, NluSlow
from nlu.understanding import Question, Ranked, Understanding

ID_NUMBER, WRONG_ID = "11010519491231002X", "340621195003071234"


def gone(talk: Talk) -> Talk:
    talk.error = NluGone("nobody there")
    return talk


def test_without_rasa_an_open_question_is_still_answered() -> None:
    talk = at(HUAIYUAN, date(2024, 11, 5))
    talk.say("娃最晚哪天办医保", "newborn_deadline")
    assert first_line(gone(talk).say("8月20号生的")) == "最晚2024年11月17日办好缴好"


def test_without_rasa_a_follow_up_still_works() -> None:
    talk = at(SUIXI)
    talk.say("低保交多少", "premium")
    assert first_line(gone(talk).say("那特困呢")) == "特困人员自己不用交（0元）"


@pytest.mark.parametrize("error", [NluGone("x"), NluSlow("x")])
def test_without_rasa_and_without_an_open_question_topics_are_offered(error: NluGone | NluSlow) -> None:
    talk = at(SUIXI)
    talk.error = error
    reply = talk.say("医保到底咋回事")
    assert reply.outcome == "asked"
    assert reply.choices == ("个人要交多少钱", "缴费时间、哪天截止", "新生儿多少天内办", "找人工")
    assert not faults_of(reply)
    assert first_line(talk.say("1")) == "2022年度每人交320元"


def test_without_rasa_a_person_can_be_had() -> None:
    talk = gone(at(SUIXI))
    talk.say("医保到底咋回事")
    assert talk.say("找人工").outcome == "handed_over"


def test_two_messages_in_a_row_that_nobody_understands_go_to_a_person() -> None:
    talk = at(SUIXI)
    first = talk.say("那个啥嘛整不醒豁", ("card", "target", "contact"), confidence=0.1)
    assert first.outcome == "asked"
    assert first.choices[-1] == "找人工"
    second = talk.say("就是那个那个东西嘛", ("card", "target", "contact"), confidence=0.1)
    assert second.outcome == "handed_over"
    assert talk.state.failures == 0


def test_an_answer_between_starts_the_count_anew() -> None:
    talk = at(SUIXI)
    talk.say("那个啥嘛整不醒豁", ("card", "target", "contact"), confidence=0.1)
    talk.say("低保交多少", "premium")
    assert talk.say("就是那个那个东西嘛", ("card", "target", "contact"), confidence=0.1).outcome == "asked"


def test_a_choice_is_taken_by_its_number_and_by_its_words() -> None:
    for answer in ("2", "缴费时间、哪天截止"):
        talk = gone(at(SUIXI))
        talk.say("医保到底咋回事")
        assert "2021年12月31日截止" in talk.say(answer).text


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("娃2021年2月30号生的，最晚哪天办", "newborn_deadline"),
        ("我11月31号交的，哪天生效", "coverage"),
        ("2月30号还能交吗", "window"),
    ],
)
def test_a_day_that_does_not_exist_is_said_so_and_not_guessed(text: str, facet: str) -> None:
    reply = at(SUIXI).say(text, facet)
    assert first_line(reply) == "日历上没有这一天"
    assert reply.outcome == "asked"
    assert "元" not in reply.text
    assert not reply.citations
    assert not faults_of(reply)


def test_in_a_long_story_such_a_day_is_a_slip_and_the_question_is_answered() -> None:
    story = (
        "我老婆今年9月52号生的，出院几天后妇女主任告诉我说要进合医，我到镇上去办，小孩发烧住了院，"
        "出院的时候才发现医保用不了，来回跑了几趟，都说不清楚，想问一下，"
    )
    reply = at(SUIXI).say(f"{story}新生儿到底要在多少天内办", "newborn_deadline")
    assert first_line(reply) == "出生90天内办好，从出生起算"
    assert not faults_of(reply)


def test_after_a_day_that_does_not_exist_the_right_one_answers() -> None:
    talk = at(SUIXI)
    talk.say("娃2021年9月31号生的，最晚哪天办", "newborn_deadline")
    assert first_line(talk.say("9月30号", "off_topic", confidence=0.3)) == "最晚2021年12月28日办好缴好"


def test_a_day_that_does_not_exist_is_said_so_without_rasa_too() -> None:
    assert first_line(gone(at(SUIXI)).say("娃2月30号生的，最晚哪天办")) == "日历上没有这一天"


def test_a_date_out_of_all_bounds_is_asked_for_again() -> None:
    reply = at(SUIXI).say("娃1721年3月5号生的，最晚哪天办", "newborn_deadline")
    assert first_line(reply) == "这个日期离现在太远了"
    assert not faults_of(reply)


def test_a_wrong_id_number_with_a_question_is_answered_and_warned_of() -> None:
    reply = at(SUIXI).say(f"我身份证{WRONG_ID}，低保要交多少", "premium")
    assert first_line(reply) == "低保对象自己交40元"
    assert "请不要在这里发身份证号" in reply.text
    assert WRONG_ID not in reply.text


@pytest.mark.parametrize(
    "text", [f"{ID_NUMBER}", f"身份证{ID_NUMBER}交了没有", f"我叫王桂兰，电话13812345678，{ID_NUMBER}，要交多少"]
)
@pytest.mark.parametrize("facet", ["premium", "my_record", "off_topic", "greet"])
def test_personal_things_are_never_said_back(text: str, facet: str) -> None:
    talk = at(SUIXI)
    for reply in (
        talk.say(text, facet, facet, facet),
        talk.say("依据呢", "show_clause"),
        talk.say("那特困呢", "premium"),
    ):
        assert "__" not in reply.text
        assert not [one for one in (ID_NUMBER, "13812345678", "王桂兰") if one in reply.text]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Hello, how much is the insurance?", "我只看得懂中文"),
        ("こんにちは", "我只看得懂中文"),
        ("", "您还没有说要问什么"),
        ("   \n ", "您还没有说要问什么"),
        ("😀😀😀", "您还没有说要问什么"),
        ("？？？", "您还没有说要问什么"),
    ],
)
def test_what_is_no_question_is_told_what_can_be_asked(text: str, head: str) -> None:
    reply = at(SUIXI).say(text, "off_topic")
    assert first_line(reply) == head
    assert reply.outcome == "asked"
    assert not faults_of(reply)


@pytest.mark.parametrize(
    "text", ["低保" * 5000, "交多少" * 3400, "\ud800低保交多少\udfff", "低保\x00交\u200b多少\u202e", "1" * 10000]
)
def test_very_long_and_broken_messages_get_a_sound_reply(text: str) -> None:
    reply = at(SUIXI).say(text, *["premium"] * 40)
    assert reply.text.encode("utf-8")
    assert not faults_of(reply)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(FACETS), st.floats(0.05, 1.0))
def test_whatever_is_typed_gets_a_sound_reply(text: str, facet: str, confidence: float) -> None:
    reply = at(SUIXI).say(text, *[facet] * 60, confidence=confidence)
    assert reply.text.encode("utf-8")
    assert not [one for one in faults_of(reply, own_words=True) if "first line" not in one]


@pytest.mark.parametrize("facet", FACETS)
def test_every_facet_is_answered_in_a_place_and_without_one(facet: str) -> None:
    for talk in (at(SUIXI), Talk()):
        reply = talk.say("请问这个事情是怎么规定的", facet)
        assert reply.text
        assert reply.outcome in ("answered", "asked", "not_covered", "handed_over", "refused")
        assert not [one for one in faults_of(reply, own_words=True) if "first line" not in one], reply.text


def test_a_message_without_any_question_is_no_crash() -> None:
    for understood in (Understanding("x", ()), Understanding("x", (), faults=("unheard_of",))):
        reply = at(SUIXI).hear(understood)
        assert isinstance(reply, Reply)
        assert reply.outcome == "asked"


def test_a_question_without_a_ranking_is_asked_back() -> None:
    reply = at(SUIXI).hear(Understanding("嗯那个", (Question("嗯那个", (), ()),)))
    assert reply.outcome == "asked"
    assert "找人工" in reply.choices


def test_the_clause_of_the_last_answer_is_read_out() -> None:
    talk = at(SUIXI)
    talk.say("低保交多少", "premium")
    reply = talk.say("原文怎么写的", "show_clause")
    assert "资助金额为280元，个人缴纳40元" in reply.text
    assert "【四（二）】" in reply.text


def test_a_thank_you_keeps_what_is_known() -> None:
    talk = at(SUIXI)
    talk.say("低保交多少", "premium")
    assert first_line(talk.say("谢谢", "thanks")) == "不客气，还有要问的尽管说。"
    assert first_line(talk.say("那特困呢", "assistance", confidence=0.3)) == "特困人员自己不用交（0元）"


def test_small_talk_is_topic_and_outcome_of_its_own() -> None:
    assert at(SUIXI).say("帮我转人工", "human").outcome == "handed_over"
    assert at(SUIXI).say("养老金咋领", "pension").outcome == "refused"
    assert at(SUIXI).say("在吗", "greet").topic == "smalltalk"


def test_greeting_names_the_place_where_it_is_known() -> None:
    assert "濉溪县" in at(SUIXI).say("你好", "greet").text
    assert "哪个县" in Talk().say("你好", "greet").text


def test_a_doubtful_question_with_a_category_is_about_assistance() -> None:
    reply = at(SUIXI).say("我是低保户这事咋说", ("card", "contact"), confidence=0.2)
    assert first_line(reply) == "低保对象自己交40元"


def test_a_state_is_a_value_and_is_not_changed_by_a_turn() -> None:
    talk = at(SUIXI)
    before = talk.state
    talk.say("我是低保户交多少", "premium")
    assert before.said == {}
    assert talk.state.said == {"category": ("低保对象",)}
    assert heard("低保交多少", "premium", today=TODAY).questions[0].ranking == (Ranked("premium", 0.9),)
    assert knowledge().hotline.isdigit()
