"""The guard: a number without a source never leaves, a number with one always does."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from talk import SUIXI, TOPICS, at, enquiry, knowledge

from dialogues.guard import unsourced
from dialogues.reply import Choice, Context, Part
from dialogues.routing import HANDLERS
from dialogues.topics.small_talk import TalkContext
from dialogues.topics.statement import StatementContext
from dialogues.writing import write
from policy_kb.citation import Citation

NAMES = {name: entry["topic"] for name, entry in TOPICS.items()}
CITED = Citation("suixi-2022", "四（二）", "个人缴纳40元")


@dataclass(frozen=True)
class Held(Context):
    """A context that holds whatever a test says."""

    template = "reply"
    value: object = None


def part(value: object = None, *cites: Citation) -> Part:
    return Part("premium", "answered", Held(value), cites)


def stray(text: str, value: object = None, *cites: Citation, message: str = "") -> tuple[str, ...]:
    return unsourced(text, [part(value, *cites)], message, knowledge())


def test_a_number_from_nowhere_is_caught() -> None:
    assert stray("要交777元") == ("777",)


def test_a_number_of_the_cited_clause_passes() -> None:
    assert stray("自己交40元", None, CITED) == ()


def test_a_number_of_another_clause_of_the_same_notice_does_not() -> None:
    assert stray("财政补580元", None, CITED) == ("580",)


def test_a_number_of_another_notice_does_not() -> None:
    assert stray("自己交60元", None, CITED) == ("60",)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("40元", Decimal("40")),
        ("40元", Decimal("40.00")),
        ("96.5元", Decimal("96.50")),
        ("2021年12月31日", date(2021, 12, 31)),
        ("3个月", [{"months": (3,)}]),
        ("3个月", {"wait": frozenset({3})}),
        ("《办法》（2021）79号", "《办法》（2021）79号"),
    ],
)
def test_a_number_the_decision_holds_passes(text: str, value: object) -> None:
    assert stray(text, value) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4元", Decimal("40")),
        ("400元", Decimal("40")),
        ("1元", True),
        ("96元", Decimal("96.5")),
        ("13月", date(2021, 12, 31)),
    ],
)
def test_part_of_a_number_is_another_number(text: str, value: object) -> None:
    assert stray(text, value) != ()


def test_the_persons_own_numbers_pass() -> None:
    assert stray("您说的500元", message="我交了500元") == ()


def test_leading_noughts_are_no_difference() -> None:
    assert stray("3月5日", date(2022, 3, 5), message="03-05") == ()


def test_clause_numbers_and_list_numbers_are_no_numbers() -> None:
    text = "办法如下\n1. 打开微信\n2. 点缴费\n依据：《某通知》三（二）1（5）、附件2"
    assert stray(text) == ()


def test_a_number_behind_a_list_number_is_looked_at() -> None:
    assert stray("1. 先交999元") == ("999",)


def test_the_hotline_always_passes() -> None:
    assert stray(f"打{knowledge().hotline}") == ()


@given(st.integers(min_value=1000, max_value=10**9))
def test_whatever_is_smuggled_into_a_computed_reply_is_stopped(figure: int) -> None:
    honest = HANDLERS["premium"](enquiry("suixi-2022", "premium", category=("低保对象",)))
    assume(str(figure) not in {"2021", "2022", "2023", knowledge().hotline})  # the years of the cover and the payment
    assert unsourced(f"自己交{figure}元", [honest], "", knowledge()) == (str(figure),)


@pytest.fixture
def smuggled() -> Part:
    """An honest answer of a real notice whose head was tampered with."""
    rules = knowledge().notices["suixi-2022"].rules
    answer = rules.answers[0]
    told = Part(
        "premium", "answered", StatementContext("x", (answer,), None), answer.cites, (Choice("一档"),), asks="tier"
    )
    return replace(told, context=Smuggling(answer.first))


@dataclass(frozen=True)
class Smuggling(Context):
    """Renders a number it does not hold: `hotline` reads as another number than the one it keeps."""

    template = "unsourced"
    first: str
    hotline: object = field(default_factory=lambda: Liar())


class Liar:
    """Looks like 88888 in a template and holds nothing."""

    def __str__(self) -> str:
        return "88888"


def test_a_smuggled_number_is_replaced_by_the_safe_reply(smuggled: Part, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        reply, choices = write([smuggled], "我叫王桂兰，交多少", knowledge(), NAMES)
    assert "88888" not in reply.text
    assert "这一题请看文件原文" in reply.text
    assert "依据：《" in reply.text
    assert knowledge().hotline in reply.text
    assert (reply.outcome, choices) == ("not_covered", ())


def test_the_log_says_which_number_and_nothing_of_the_message(smuggled: Part, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        write([smuggled], "我叫王桂兰，交多少", knowledge(), NAMES)
    (record,) = caplog.records
    assert record.__dict__["numbers"] == ("88888",)
    assert record.__dict__["facet"] == "premium"
    assert "王桂兰" not in str(record.__dict__)


def test_one_stopped_part_does_not_silence_the_others(smuggled: Part) -> None:
    honest = Part("pension", "refused", TalkContext("pension", None, knowledge().hotline))
    reply, _ = write([smuggled, honest], "", knowledge(), NAMES)
    assert "① 这一题请看文件原文" in reply.text
    assert "② 养老保险" in reply.text


def test_what_a_person_says_is_no_source_for_a_rule() -> None:
    reply = at(SUIXI).say("听说低保只要交35元，是不是", "premium")
    assert "40元" in reply.text
    assert "35元" not in reply.text
