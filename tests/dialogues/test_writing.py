"""Several answers in one reply: in the order asked, each once, with the choices of the last that has any."""

from __future__ import annotations

from talk import SUIXI, TODAY, TOPICS, XINGYI, Talk, at, knowledge

from dialogues.reply import Choice, Outcome, Part
from dialogues.state import State
from dialogues.topics.small_talk import TalkContext
from dialogues.writing import told_once, write

NAMES = {name: entry["topic"] for name, entry in TOPICS.items()}


def part(facet: str, outcome: Outcome = "answered", *labels: str) -> Part:
    return Part(
        facet, outcome, TalkContext(facet, None, knowledge().hotline), choices=tuple(Choice(one) for one in labels)
    )


def text_of(*parts: Part, aside: str | None = None) -> str:
    return write(list(parts), "", knowledge(), NAMES, aside=aside)[0].text


def test_a_single_answer_bears_no_number() -> None:
    assert text_of(part("thanks")).startswith("不客气")


def test_answers_stand_in_the_order_asked() -> None:
    lines = text_of(part("bye"), part("thanks"), part("affirm")).splitlines()
    assert [line[0] for line in lines if line[0] in "①②③④"] == ["①", "②", "③"]
    assert lines[0].startswith("① 再见")
    assert any(line.startswith("② 不客气") for line in lines)


def test_the_same_answer_is_given_once() -> None:
    assert text_of(part("thanks"), part("thanks")) == text_of(part("thanks"))


def test_courtesies_around_a_question_are_not_answered() -> None:
    assert text_of(part("greet"), part("pension"), part("thanks")) == text_of(part("pension"))


def test_no_more_than_six_answers_are_given() -> None:
    facets = ("abuse", "pension", "medical_advice", "other_affairs", "off_topic", "employee_insurance", "commercial")
    text = text_of(*(part(one) for one in facets))
    assert "⑥" in text
    assert "商业保险" not in text


def test_the_choices_are_those_of_the_last_part_that_has_any() -> None:
    reply, choices = write(
        [part("bye", "asked", "甲"), part("thanks", "asked", "乙", "丙"), part("affirm")], "", knowledge(), NAMES
    )
    assert reply.choices == ("乙", "丙")
    assert [one.label for one in choices] == ["乙", "丙"]
    assert reply.text.endswith("1. 乙\n2. 丙")
    assert "甲" not in reply.text


def test_an_aside_stands_after_the_answers_and_before_the_choices() -> None:
    text = text_of(part("thanks", "asked", "甲"), aside="顺便说一句。")
    assert text.endswith("顺便说一句。\n1. 甲")


def test_the_outcome_is_that_of_the_part_that_needs_the_person_most() -> None:
    def outcome(*outcomes: Outcome) -> str:
        facets = ("thanks", "bye", "affirm", "deny", "greet")
        reply, _ = write(
            [part(facet, one) for facet, one in zip(facets, outcomes, strict=False)], "", knowledge(), NAMES
        )
        return f"{reply.outcome} {reply.topic}"

    assert outcome("answered", "handed_over", "asked") == "handed_over smalltalk"
    assert outcome("not_covered", "answered", "asked").startswith("asked")
    assert outcome("refused", "not_covered", "answered").startswith("answered")
    assert outcome("refused", "not_covered").startswith("not_covered")


def test_two_questions_of_a_message_get_two_answers_with_their_clauses() -> None:
    reply = at(SUIXI).say("我妈低保，要交多少？几号截止缴费？", "premium", "window")
    assert reply.text.startswith("① 低保对象自己交40元")
    assert "\n② 今天可以缴，2021年12月31日截止" in reply.text
    assert {one.clause for one in reply.citations} >= {"四（二）", "三", "五"}
    assert reply.topic == "premium"


def test_a_greeting_with_a_question_is_a_question_and_a_greeting() -> None:
    reply = at(SUIXI).say("你好，低保户交多少", "premium")
    assert reply.text.startswith("低保对象自己交40元")


def test_the_same_question_twice_is_answered_once() -> None:
    reply = at(SUIXI).say("低保交多少？低保要交多少钱？", "premium", "premium")
    assert reply.text.count("低保对象自己交40元") == 1
    assert "①" not in reply.text


def test_with_no_place_several_questions_ask_for_it_once() -> None:
    reply = Talk(State(), TODAY).say("低保交多少？哪天截止？", "premium", "window")
    assert reply.outcome == "asked"
    assert reply.text.count("请问您是哪个县（区）的？") == 1


def test_the_choices_of_the_first_part_stay_where_the_second_has_none() -> None:
    talk = at(XINGYI)
    reply = talk.say("要交多少？文号多少？", "premium", "notice_number")
    assert reply.choices == ("一档", "二档")
    assert [one.label for one in talk.state.choices] == ["一档", "二档"]


def test_a_line_that_an_earlier_answer_holds_is_not_told_again() -> None:
    told = told_once(["甲\n同一句。\n依据：《某》一", "乙\n同一句。\n另一句。\n依据：《某》一"])
    assert told == ["甲\n同一句。\n依据：《某》一", "乙\n另一句。\n依据：《某》一"]


def test_a_headline_is_not_told_in_the_lines_of_another_answer() -> None:
    told = told_once(["今天可以缴\n今天缴费，待遇从某年某月某日起，到年底止。", "待遇从某年某月某日起\n理由。"])
    assert told == ["今天可以缴", "待遇从某年某月某日起\n理由。"]
