"""The search that dialogues use, over every notice held."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from dialogues.finder import Found
from policy_kb.citation import Citation
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.model import Answer
from policy_kb.search import AnswerSearch, ClauseSearch
from policy_kb.words import Words

REMEMBERED = 4096
"""Words whose finds are kept, of each kind; they hold placeholders where personal data stood."""


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
        # an answer looks the same words up more than once, and residents ask the same few thousand questions
        self._statements = lru_cache(REMEMBERED)(self._search_statements)
        self._clauses = lru_cache(REMEMBERED)(self._search_clauses)

    def statements(self, policy: Policy, text: str, facets: tuple[str, ...] = ()) -> tuple[Found, ...]:
        """Answers and silences, best first."""
        return self._statements(policy.id, text, facets)

    def clauses(self, policy: Policy, text: str) -> tuple[Found, ...]:
        """Sentences of clauses, best first."""
        return self._clauses(policy.id, text)

    def _search_statements(self, policy: str, text: str, facets: tuple[str, ...]) -> tuple[Found, ...]:
        hits = self._index(policy).statements.find(text, facets, limit=12)
        return tuple(
            Found(hit.score, answer=hit.found) if isinstance(hit.found, Answer) else Found(hit.score, silence=hit.found)
            for hit in hits
        )

    def _search_clauses(self, policy: str, text: str) -> tuple[Found, ...]:
        hits = self._index(policy).clauses.find(text)
        return tuple(Found(hit.score, clause=Citation(policy, hit.found.clause, hit.found.text)) for hit in hits)

    def index_all(self) -> None:
        """Indexes every notice now (about half a second each), so that no resident waits for it."""
        for policy in self._kb.notices:
            self._index(policy)

    def _index(self, policy: str) -> Index:
        with self._building:
            if policy not in self._indexes:
                held = self._kb.notices[policy]
                self._indexes[policy] = Index(AnswerSearch(held, self._words), ClauseSearch(held, self._words))
            return self._indexes[policy]
