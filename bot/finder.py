"""The search that dialogues use, over every notice held."""

from __future__ import annotations

from functools import lru_cache

from dialogues.finder import Found
from policy_kb.citation import Citation
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.model import Answer
from policy_kb.search import AnswerSearch, ClauseSearch, Encoder
from policy_kb.words import Words


class SearchFinder:
    """Statements and clauses of each notice, indexed once; with an encoder by meaning as well as by words."""

    def __init__(self, kb: KnowledgeBase, words: Words, encoder: Encoder | None = None) -> None:
        encode = _remembering(encoder) if encoder else None
        self._statements = {name: AnswerSearch(policy, words, encode) for name, policy in kb.notices.items()}
        self._clauses = {name: ClauseSearch(policy, words, encode) for name, policy in kb.notices.items()}

    def statements(self, policy: Policy, text: str, facets: tuple[str, ...] = ()) -> tuple[Found, ...]:
        """Answers and silences, best first."""
        hits = self._statements[policy.id].find(text, facets, limit=12)
        return tuple(
            Found(hit.score, answer=hit.found) if isinstance(hit.found, Answer) else Found(hit.score, silence=hit.found)
            for hit in hits
        )

    def clauses(self, policy: Policy, text: str) -> tuple[Found, ...]:
        """Sentences of clauses, best first."""
        hits = self._clauses[policy.id].find(text)
        return tuple(Found(hit.score, clause=Citation(policy.id, hit.found.clause, hit.found.text)) for hit in hits)


def _remembering(encoder: Encoder) -> Encoder:
    """The encoder with the last questions' vectors kept: one message is looked up several times."""

    @lru_cache(maxsize=256)
    def one(text: str) -> tuple[float, ...]:
        return tuple(float(value) for value in encoder([text])[0])

    return lambda texts: [one(texts[0])] if len(texts) == 1 else encoder(texts)
