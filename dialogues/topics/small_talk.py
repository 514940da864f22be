"""Greetings, thanks, who are you; and matters that are not this program's business."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.reply import Choice, Context, Outcome, Part


@dataclass(frozen=True)
class TalkContext(Context):
    """The facet says which words; `place` and `year` where they are known; `hotline` as whom to ask otherwise."""

    template = "small_talk"
    facet: str
    place: str | None
    hotline: str


_OUTCOMES: dict[str, Outcome] = {"human": "handed_over"}
_REFUSED = frozenset({"pension", "commercial", "employee_insurance", "medical_advice", "other_affairs", "off_topic"})
SMALL_TALK = frozenset({"greet", "thanks", "bye", "bot_identity", "abuse", "affirm", "deny", "human"}) | _REFUSED


def small_talk(facet: str, place: str | None, hotline: str, choices: tuple[Choice, ...] = ()) -> Part:
    """A short and kind reply; no clause is cited and nothing of a notice is said."""
    outcome = _OUTCOMES.get(facet, "refused" if facet in _REFUSED else "answered")
    return Part(facet, outcome, TalkContext(facet, place, hotline), choices=choices)
