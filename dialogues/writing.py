"""From parts to one reply: rendered, guarded, joined in the order asked."""

from __future__ import annotations

import logging
from dataclasses import replace

from dialogues.disclosure import Disclosure
from dialogues.guard import unsourced
from dialogues.rendering import render
from dialogues.reply import Choice, Context, Outcome, Part, Reply
from dialogues.topics.small_talk import SMALL_TALK
from dialogues.topics.unsourced import safe_part
from policy_kb.citation import each_once
from policy_kb.knowledge import KnowledgeBase

log = logging.getLogger(__name__)

_ORDER: tuple[Outcome, ...] = ("handed_over", "asked", "answered", "not_covered", "refused")
COURTESIES = frozenset({"greet", "thanks", "bye", "affirm", "deny"})
LEAD = 8
"""Characters of a headline from which a line of another answer that holds it only repeats it."""
BESIDE = "另外："
BASIS = "依据："
_NUMERALS = "①②③④⑤⑥"


def write(
    parts: list[Part],
    message: str,
    kb: KnowledgeBase,
    topics: dict[str, str],
    aside: str | None = None,
    ceiling: Disclosure = Disclosure.OWN_RECORD,
) -> tuple[Reply, tuple[Choice, ...]]:
    """The reply for all parts and the quick replies on offer; a part with an unsourced number is replaced.

    `aside` is a word on the message itself, told after the answers. Raises AboveCeiling.
    """
    guarded = [_guarded(part, message, kb) for part in _once(_in_scope(parts))]
    checked, texts = [part for part, _ in guarded], told_once([text for _, text in guarded])
    if len(texts) > 1:
        texts = [f"{_NUMERALS[at]} {text}" for at, text in enumerate(texts)]
    choices = next((part.choices for part in reversed(checked) if part.choices), ())
    listed = [f"{at}. {one.label}" for at, one in enumerate(choices, 1)] if choices else []
    citations = each_once(cite for part in checked for cite in part.citations)
    outcome = next(one for one in _ORDER if any(part.outcome == one for part in checked))
    lead = next(part for part in checked if part.outcome == outcome)
    text = "\n".join([*texts, *([aside] if aside else []), *listed])
    reply = Reply(
        text,
        outcome,
        topics.get(lead.facet, lead.facet),
        citations,
        tuple(one.label for one in choices),
        disclosure=max(part.disclosure for part in checked),
        ceiling=ceiling,
        of=tuple(dict.fromkeys(one for part in checked for one in part.of)),
    )
    return reply, choices


def _in_scope(parts: list[Part]) -> list[Part]:
    """Without another office's matter that was hardly heard, where the message has an answer beside it."""
    answered = any(part.outcome == "answered" and part.facet not in SMALL_TALK for part in parts)
    return [part for part in parts if not (answered and part.doubtful and part.facet in SMALL_TALK)]


def told_once(texts: list[str]) -> list[str]:
    """What one answer leads with is not told in another one's lines as well, nor the same statement beside both."""
    found = []
    for at, text in enumerate(texts):
        first, *lines = text.splitlines()
        others = texts[:at] + texts[at + 1 :]
        leads = [one.splitlines()[0] for one in others]
        kept = [line for line in lines if not any(len(lead) >= LEAD and lead in line for lead in leads)]
        before = {line for one in texts[:at] for line in one.splitlines() if not line.startswith(BASIS)}
        kept = [line for line in kept if line not in before and not _beside_before(line, texts[:at])]
        found.append("\n".join((first, *kept)))
    return found


def _beside_before(line: str, before: list[str]) -> bool:
    """Whether a statement told beside this answer stands in an earlier one."""
    return line.startswith(BESIDE) and any(line.removeprefix(BESIDE).split("。")[0] in text for text in before)


def _once(parts: list[Part]) -> list[Part]:
    """Questions that came to the same answer are answered once; courtesies around a question are not answered."""
    asked = [part for part in parts if part.facet not in COURTESIES]
    seen: list[tuple[Context, Outcome]] = []
    kept = []
    for part in asked or parts:
        if (part.context, part.outcome) not in seen:
            seen.append((part.context, part.outcome))
            kept.append(part)
    return kept[: len(_NUMERALS)]


def _guarded(part: Part, message: str, kb: KnowledgeBase) -> tuple[Part, str]:
    """The part and its words; where a number has no source, the safe fallback, which tells no figure at all."""
    text = render(part, kb)
    stray = unsourced(text, [part], message, kb)
    if not stray:
        return part, text
    log.error("a reply held numbers without a source", extra={"facet": part.facet, "numbers": stray})
    safe = replace(part, context=safe_part(kb.hotline), outcome="not_covered", choices=(), beside=(), asks=None,
                   disclosure=Disclosure.PUBLIC, of=())  # fmt: skip
    return safe, render(safe, kb)
