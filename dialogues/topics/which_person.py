"""Which child of several a question is about."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.record import Relative
from dialogues.reply import Choice, Context, Part


@dataclass(frozen=True)
class WhichPersonContext(Context):
    """Those of the family that could be meant, told as the numbered choices."""

    template = "which_person"
    family: tuple[Relative, ...]
    count: int


def which_person(facet: str, family: tuple[Relative, ...]) -> Part:
    """请问是哪一个: the masked names with the years of birth, as quick replies."""
    labels = dict.fromkeys(one.label for one in family)
    choices = tuple(Choice(label, person=label) for label in labels)
    return Part(facet, "asked", WhichPersonContext(family, len(labels)), choices=choices, asks="person")
