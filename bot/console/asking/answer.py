"""An answer as the page shows it, and as a message for a village group (群消息)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.composition import topics
from bot.review.placeholders import without_numbers
from bot.review.turn_log import CODE_LINE
from dialogues.places import name_of
from dialogues.state import State
from dialogues.wording import day
from policy_kb.citation import Citation
from policy_kb.facts import FactValue
from policy_kb.knowledge import KnowledgeBase

_CODE = CODE_LINE.partition("{code}")[0].strip()
_BASIS = "依据："
_TELLING = ("answered", "not_covered")
"""Outcomes worth passing on."""


@dataclass(frozen=True)
class Answer:
    """Lines without the clauses' line and the numbered choices, which have places of their own; `message` for a group."""

    asked: str
    first: str
    rest: tuple[str, ...]
    outcome: str
    topic: str
    choices: tuple[str, ...]
    citations: tuple[Citation, ...]
    code: str
    message: str


def shown(
    kb: KnowledgeBase,
    state: State,
    asked: str,
    text: str,
    outcome: str,
    topic: str,
    choices: Sequence[str],
    citations: Sequence[Citation],
    today: date,
) -> Answer:
    """The parts of a reply; `state` is that after it."""
    listed = {f"{at}. {one}" for at, one in enumerate(choices, 1)}
    lines = [line for line in text.split("\n") if line not in listed]
    code = next((line.removeprefix(_CODE) for line in lines if line.startswith(_CODE)), "")
    lines = [line for line in lines if not line.startswith(_CODE)]
    told = [line for line in lines if not line.startswith(_BASIS)]
    message = _message(kb, state, asked, lines, today) if outcome in _TELLING else ""
    first, rest = (told[0], tuple(told[1:])) if told else ("", ())
    return Answer(asked, first, rest, outcome, topic, tuple(choices), tuple(citations), code, message)


def in_full(kb: KnowledgeBase, state: State) -> str:
    """The question of a conversation with its conditions: `个人要交多少钱（低保对象，2022年1月5日缴）`."""
    label = topics().get(state.facet or "", {}).get("label", state.question)
    conditions = "，".join(_conditions(kb, state))
    return f"{label}（{conditions}）" if conditions else label


def _conditions(kb: KnowledgeBase, state: State) -> Iterator[str]:
    for name, value in state.said.items():
        if name in kb.facts and (words := _condition(kb, name, value)):
            yield words


def _condition(kb: KnowledgeBase, name: str, value: FactValue) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, date):
        return f"{day(value)}{'出生' if name == 'birth_date' else '缴'}"
    return kb.facts[name].label(value)


def _message(kb: KnowledgeBase, state: State, asked: str, lines: list[str], today: date) -> str:
    """Fit to be read by a whole village: whose policy, a question that stands for itself, the answer, the basis; no code."""
    place = f"·{name_of(state.place, kb)}" if state.place and state.place in kb.regions else ""
    whole = state.facet is None or state.question == asked
    question = without_numbers(" ".join(asked.split()), today) if whole else in_full(kb, state)
    basis = [line for line in lines if line.startswith(_BASIS)]
    answer = [line for line in lines if line not in basis and line]
    ends = f"（{day(today)}查的，按文件原文。拿不准的打{kb.hotline}或问村委会。）"
    return "\n".join(
        [f"【居民医保{place}】", f"问：{question}", f"答：{answer[0] if answer else ''}", *answer[1:], *basis, ends]
    )
