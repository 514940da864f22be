"""What a reminder says: a template a topic, the clause cited, no figure without a source."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.errors import AnswerFailed
from bot.reminders.deadline import Deadline
from dialogues import wording
from dialogues.guard import unsourced
from dialogues.rendering import basis
from dialogues.reply import Context, Part
from policy_kb.knowledge import KnowledgeBase

STOP = "退订"
"""The word that ends reminders."""


@dataclass(frozen=True)
class ReminderContext(Context):
    """Whom it is about (`您`, `您家孩子` …), the deadline, today, and the days left."""

    template = "reminder"
    whom: str
    year: int
    day: date
    today: date
    left: int
    birth: date | None
    days: int | None
    stop: str


@cache
def environment() -> Environment:
    """The templates' environment: an undefined name is an error."""
    env = Environment(
        loader=PackageLoader("bot.reminders", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # plain text for a messenger
    )
    env.filters.update(day=wording.day)
    return env


def written(deadline: Deadline, whom: str, today: date, kb: KnowledgeBase) -> str:
    """The words of a reminder. Raises AnswerFailed where a number in them has no source."""
    left = (deadline.day - today).days
    context = ReminderContext(whom, deadline.year, deadline.day, today, left, deadline.birth, deadline.days, STOP)
    values: dict[str, Any] = {one.name: getattr(context, one.name) for one in fields(context)}
    text = environment().get_template(f"{deadline.topic}.j2").render(basis=basis(deadline.citations, kb), **values)
    text = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    if stray := unsourced(text, [Part(deadline.topic, "answered", context, deadline.citations)], "", kb):
        raise AnswerFailed(
            f"reminder {deadline.topic}: numbers without a source ({', '.join(stray)}); mend its template"
        )
    return text
