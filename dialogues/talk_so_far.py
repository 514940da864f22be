"""What the talk so far and the message itself must hold, for a few words to go on with it in a certain way."""

from __future__ import annotations

import re

from dialogues.state import State
from dialogues.topics.target_words import goes_on as asks_table
from nlu.understanding import AmountMention, DateMention, FactMention, Question, TierMention

UNCLAIMED = 0.25
"""Confidence under which a few words that ask something go on with the matter of staff or notice asked about."""
_UNBROKEN = re.compile("连续|连着|年年|每年都|一直|[没不未]断")
_BONUS = re.compile("奖|激励|好处|优惠|优待|多报|提高")
_PUBLIC = re.compile("国家|公家|财政|政府|上头")
PAID_THERE = re.compile(
    r"(?:在|到)[\u4e00-\u9fff]{2,6}(?:交|缴|参|买|上)(?:过|了)"
    r"|(?:在[\u4e00-\u9fff]{2,6}|那[头边里儿]|老家|[\u4e00-\u9fff]{2}的)(?:已经|早就|早|都|也)*(?:(?:帮|替|给)[我俺他她])?(?:把)?(?:今年|明年|下年|\d{4}年?)?的?"
    "(?:交|缴|买)(?:过|了|掉|罢|完)"
)


def helped(question: Question, state: State) -> bool:
    """Whether the person is in a category, as said or on record."""
    recorded = state.record is not None and state.subject is None and bool(state.record.categories)
    return bool(state.said.get("category", recorded))


def of_a_sum(question: Question, state: State) -> bool:
    """为啥是200: a sum is named."""
    return bool(question.of(AmountMention))


def without_wait(question: Question, state: State) -> bool:
    """Whether no break in 职工医保 is told of, which would make it a question on the wait."""
    return question.best.facet != "waiting_period"


def a_day_alone(question: Question, state: State) -> bool:
    """那28号呢, after how to pay: a day on which one may pay or not."""
    return any(one.precision == "day" for one in question.of(DateMention)) and not question.residue


def of_tiers(question: Question, state: State) -> bool:
    """Whether the talk is on tiers, so that 差好多 is what lies between them."""
    return "tier" in state.said


def taken_for_cover(question: Question, state: State) -> bool:
    """那今儿个就能去把这钱交了不: heard as a question on cover, though it asks whether one can pay."""
    return question.best.facet == "coverage"


def of_refund(question: Question, state: State) -> bool:
    """Whether the talk is on what was paid too much."""
    return (state.facet or "").startswith("refund") or "refund_reason" in state.said


def on_record(question: Question, state: State) -> bool:
    """Whether a record is at hand."""
    return state.record is not None


def of_subsidy(question: Question, state: State) -> bool:
    """Whether the talk is on what the public gives."""
    return state.facet == "premium_total" or bool(_PUBLIC.search(state.question))


def on_table(question: Question, state: State) -> bool:
    """Whether the words go on with the target table."""
    return asks_table(question.text)


def unclaimed(question: Question, state: State) -> bool:
    """Whether the classifier makes nothing of the words."""
    return question.best.confidence < UNCLAIMED


def another_day(question: Question, state: State) -> bool:
    """拖到明天整得成不: after a question on days, another day."""
    return bool(question.of(DateMention))


def of_the_same(question: Question, state: State) -> bool:
    """他要是只想交一档呢: of the person told before, only the tier is another."""
    return bool(question.of(TierMention))


def insured_elsewhere(question: Question, state: State) -> bool:
    """Whether insurance elsewhere is told of."""
    stated = question.of(FactMention)
    return any(one.fact == "insured_elsewhere" and one.value is True for one in stated) or bool(
        PAID_THERE.search(question.text)
    )


def tells(question: Question, state: State) -> bool:
    """Whether nothing is asked but what was paid elsewhere is told (老家已经替我交过了)."""
    return not re.search("吗|么|多少|好多|几|能|退|怎|咋|谁|哪", question.text)


def of_bonus(question: Question, state: State) -> bool:
    """Whether the question before was on what unbroken years bring."""
    return bool(_UNBROKEN.search(state.question) and _BONUS.search(state.question))
