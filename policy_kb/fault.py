"""A fault found in a rule file: where it stands, what is wrong, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process

from policy_kb.errors import PolicyFault

ALIKE = 55
"""How alike (0..100) a known name must be to be offered in place of an unknown one."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault; sorts by file and line; printed as `FILE:LINE: what is wrong; what would mend it`."""

    path: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}; {self.mend}"

    def error(self, more: int = 0) -> PolicyFault:
        """This fault as an exception; `more` faults besides it are counted in its remedy."""
        rest = f" ({more} more; canbao kb check lists all)" if more else ""
        return PolicyFault(f"{self.path}:{self.line}", self.what, self.mend + rest)


def offer(name: str, known: Iterable[str]) -> str:
    """The remedy for an unknown name: the known name most like it, else all of them (at most twenty)."""
    names = list(dict.fromkeys(known))
    found = process.extractOne(name, names, score_cutoff=ALIKE)
    if found is not None:
        return f"did you mean {found[0]}?"
    return "use one of: " + ", ".join(names[:20]) if names else "remove it"
