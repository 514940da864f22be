"""What a handler answers (`Part`) and what a person finally reads (`Reply`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from dialogues.disclosure import AboveCeiling, Disclosure
from policy_kb.citation import Citation
from policy_kb.model import Answer, Silence

Outcome: TypeAlias = Literal["answered", "asked", "not_covered", "handed_over", "refused"]


class Context:
    """Base of the typed contexts that templates are filled from; `template` names the file."""

    template: str


@dataclass(frozen=True)
class Choice:
    """A quick reply: what the person sees, and what it stands for (a message, or a fact with its value)."""

    label: str
    fact: str | None = None
    value: object = None
    facet: str | None = None
    place: str | None = None
    person: str | None = None
    """Whom of the family the question is about: the label of a Relative."""


@dataclass(frozen=True)
class Part:
    """One question answered: its outcome, the filled-in context, and the clauses it stands on."""

    facet: str
    outcome: Outcome
    context: Context
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    beside: tuple[Answer | Silence, ...] = ()
    """Statements told after a computed answer, since they fit the words asked."""
    asks: str | None = None
    """The fact (or `place`, `facet`) this part asks for and the next message is expected to give."""
    doubtful: bool = False
    """Whether the facet was heard with little confidence: then another office's matter is not told beside an answer."""
    disclosure: Disclosure = Disclosure.PUBLIC
    """How much of a person it tells, by what really went into it."""
    of: tuple[int, ...] = ()
    """The residents whose records it tells from, by the number in the register."""


@dataclass(frozen=True)
class Reply:
    """One message out, as a channel sends it; one that tells more than `ceiling` cannot be made (raises AboveCeiling)."""

    text: str
    outcome: Outcome
    topic: str
    citations: tuple[Citation, ...] = ()
    choices: tuple[str, ...] = ()
    disclosure: Disclosure = Disclosure.PUBLIC
    ceiling: Disclosure = Disclosure.OWN_RECORD
    of: tuple[int, ...] = ()
    """Whose records it tells from."""

    def __post_init__(self) -> None:
        if self.disclosure > self.ceiling:
            raise AboveCeiling(f"a reply of level {self.disclosure.name} for a ceiling of {self.ceiling.name}")
