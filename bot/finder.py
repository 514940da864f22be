"""The search that dialogues use, over every notice held."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from dialogues.finder import Found
from policy_kb.citation import Citation
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.model import Answer
from policy_kb.search import AnswerSearch, ClauseSearch
from policy_kb.words import Words


@dataclass(frozen=True)
class Index:
    """The two searches over one notice."""

    statements: AnswerSearch
    clauses: ClauseSearch


class SearchFinder:
    """Statements and clauses of each notice, indexed at first use."""

    def __init__(self, kb: KnowledgeBase, words: Words) -> None:
        self._kb = kb
        self._words = words
        self._indexes: dict[str, Index] = {}
        self._building = Lock()

    def statements(self, policy: Policy, text: str, facets: tuple[str, ...] = ()) -> tuple[Found, ...]:
        """Answers and silences, best first."""
        hits = self._index(policy).statements.find(text, facets, limit=12)
        return tuple(
            Found(hit.score, answer=hit.found) if isinstance(hit.found, Answer) else Found(hit.score, silence=hit.found)
            for hit in hits
        )

    def clauses(self, policy: Policy, text: str) -> tuple[Found, ...]:
        """Sentences of clauses, best first."""
        hits = self._index(policy).clauses.find(text)
        return tuple(Found(hit.score, clause=Citation(policy.id, hit.found.clause, hit.found.text)) for hit in hits)

    def index_all(self) -> None:
        """Indexes every notice now (about half a second each), so that no resident waits for it."""
        for policy in self._kb.notices.values():
            self._index(policy)

    def _index(self, policy: Policy) -> Index:
        with self._building:
            if policy.id not in self._indexes:
                self._indexes[policy.id] = Index(AnswerSearch(policy, self._words), ClauseSearch(policy, self._words))
            return self._indexes[policy.id]
