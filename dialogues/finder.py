"""What handlers need of a search over a notice: statements and clauses, best first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from policy_kb.citation import Citation
from policy_kb.knowledge import Policy
from policy_kb.model import Answer, Silence


@dataclass(frozen=True)
class Found:
    """One find: exactly one of answer, silence and clause text, with its score (0 to 1)."""

    score: float
    answer: Answer | None = None
    silence: Silence | None = None
    clause: Citation | None = None


class Finder(Protocol):
    """Search over one notice's statements and clauses."""

    def statements(self, policy: Policy, text: str, facets: tuple[str, ...] = ()) -> tuple[Found, ...]:
        """Answers and silences, best first; with `facets` only those that serve one of them."""
        ...

    def clauses(self, policy: Policy, text: str) -> tuple[Found, ...]:
        """Sentences of clauses, best first."""
        ...
