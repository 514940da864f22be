"""What can be wrong with the knowledge base.

    PolicyError
    ├── NoticeFault      the text of a notice (notice.md) cannot be read
    ├── PolicyFault      a rule file (policy.yml) says what the notice does not, or says it wrongly
    ├── VocabularyFault  categories, facts or regions are at odds with themselves
    └── FactFault        a fact handed to the engine is not one the engine knows

Each message states where, what, and how to mend it.
"""

from __future__ import annotations


class PolicyError(Exception):
    """A fault with its place (`file:line` or a fact's name), its nature and its remedy."""

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(f"{where}: {what}; {mend}")
        self.where = where
        self.what = what
        self.mend = mend


class NoticeFault(PolicyError):
    """The text of a notice cannot be read as clauses."""


class PolicyFault(PolicyError):
    """A rule does not stand on the clause it cites, or the rules of one notice disagree."""


class VocabularyFault(PolicyError):
    """A category, fact or region is declared twice or refers to one that is not there."""


class FactFault(PolicyError):
    """A fact about a person has an unknown name or a value of the wrong kind."""
