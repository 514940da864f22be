"""What if (换个条件再算): the last question once more, with a category, tier, birth date or payment day set by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.console.refusals import Unusable
from bot.day import read_day
from dialogues.conversation import Conversation
from dialogues.reply import Choice, Reply
from dialogues.state import State
from dialogues.topics.premium import aided_categories
from nlu.understanding import Understanding
from policy_kb.facts import FactValue
from policy_kb.knowledge import KnowledgeBase, Policy

AGAIN = "换个条件再算"
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)
DATES = {"birth_date": "出生日期", "paid_on": "缴费日期"}


@dataclass(frozen=True)
class Controls:
    """What can be set for a notice, and what is set now."""

    categories: tuple[str, ...]
    tiers: tuple[str, ...]
    category: str
    tier: str
    birth_date: str
    paid_on: str


def controls(policy: Policy, state: State) -> Controls:
    """The controls for the notice that answers, filled with what was said."""
    held = state.said.get("category")
    chosen = held[0] if isinstance(held, tuple) and held else ""
    known = aided_categories(policy.rules)
    return Controls(
        categories=known if not chosen or chosen in known else (chosen, *known),
        tiers=tuple(one.tier for one in policy.rules.tiers),
        category=chosen,
        tier=str(state.said.get("tier") or ""),
        birth_date=_written(state.said.get("birth_date")),
        paid_on=_written(state.said.get("paid_on")),
    )


def asked_again(
    conversation: Conversation, kb: KnowledgeBase, state: State, form: Mapping[str, str], today: date
) -> tuple[State, Reply]:
    """The last question with these conditions. Raises Unusable for a day or category that is none."""
    said = {name: value for name, value in state.said.items() if name not in ("category", "tier", "age", *DATES)}
    state = replace(state, said={**said, **_facts(form, kb)}, choices=(Choice(AGAIN),), household=(), combined=False)
    return conversation.answer(state, Understanding(AGAIN, ()), today)


def _facts(form: Mapping[str, str], kb: KnowledgeBase) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    if name := form.get("category", ""):
        if name not in kb.categories:
            raise Unusable(f"没有“{name[:20]}”这一类人，请从列表里选。")
        facts["category"] = (name,)
    if tier := form.get("tier", ""):
        facts["tier"] = tier[:10]
    for field, label in DATES.items():
        if written := form.get(field, ""):
            facts[field] = _day(label, written)
    return facts


def _day(label: str, written: str) -> date:
    try:
        found = read_day(written)
    except ValueError:
        raise Unusable(f"{label}“{written[:20]}”不是一个日子，请写成2021-11-05这样。") from None
    if not EARLIEST <= found < LATEST:
        raise Unusable(f"{label}“{written[:20]}”不对，请核对年份。")
    return found


def _written(value: FactValue | None) -> str:
    return value.isoformat() if isinstance(value, date) else ""
