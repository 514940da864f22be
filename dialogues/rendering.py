"""From a Part to the words of a reply: Jinja2 templates, one a topic, filled from typed contexts."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from dialogues import wording
from dialogues.reply import Context, Part
from policy_kb.citation import Citation
from policy_kb.condition_words import about
from policy_kb.knowledge import KnowledgeBase
from policy_kb.model import Answer, Silence

LONGEST_FIRST_LINE = 30


@cache
def environment() -> Environment:
    """The templates' environment: an undefined name is an error, never an empty string."""
    env = Environment(
        loader=PackageLoader("dialogues", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # else the file is looked at for every reply
        autoescape=False,  # replies are plain text; the page escapes them when it shows them
    )
    env.filters.update(yuan=wording.yuan, day=wording.day, sentence=wording.sentence, about=about)
    return env


def render(part: Part, kb: KnowledgeBase) -> str:
    """The text of one part: first line, reasons, 依据, what to do; no blank lines."""
    context: Any = part.context
    values = {one.name: getattr(context, one.name) for one in fields(context)}
    text = environment().get_template(f"{part.context.template}.j2").render(basis=basis(part.citations, kb), **values)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    at = next((place for place, line in enumerate(lines) if line.startswith("依据：")), len(lines))
    return "\n".join((*lines[:at], *(_beside(one) for one in part.beside), *lines[at:]))


def _beside(said: Answer | Silence) -> str:
    """One statement in one line."""
    return f"另外：{wording.sentence(said.first)}{wording.sentence(said.say or '')}"


def basis(citations: tuple[Citation, ...], kb: KnowledgeBase) -> str:
    """`《…》四（二）、三`; several notices follow one another; empty where nothing is cited."""
    by_notice: dict[str, list[str]] = {}
    for cite in citations:
        by_notice.setdefault(cite.notice, []).append(cite.clause)
    return "；".join(
        f"《{kb.notices[notice].notice.short_title}》{wording.clause_list(clauses)}"
        for notice, clauses in by_notice.items()
    )


__all__ = ["LONGEST_FIRST_LINE", "Context", "basis", "environment", "render"]
