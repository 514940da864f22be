"""One question ready to be answered: what is asked, of which notice, about whom, on which day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dialogues.bound import record_for
from dialogues.finder import Finder
from dialogues.record import Record
from dialogues.state import State
from nlu.understanding import Question
from policy_kb.facts import Facts, FactValue
from policy_kb.knowledge import KnowledgeBase, Policy


@dataclass(frozen=True)
class Enquiry:
    """What a handler works on; `facts` are those of the record overlaid with what was said."""

    question: Question
    facet: str
    kb: KnowledgeBase
    policy: Policy
    facts: Facts
    said: Facts
    state: State
    today: date
    finder: Finder
    follow_up: bool = False

    @property
    def record(self) -> Record | None:
        """The bound record, unless the question is about somebody else."""
        return record_for(self.state, self.facet, self.today)

    @property
    def words(self) -> str:
        """The question's words; for a follow-up, behind those of the question it follows."""
        if self.follow_up and self.state.question:
            return f"{self.question.text} {self.state.question}"
        return self.question.text

    @property
    def year(self) -> int:
        """The cover year asked about."""
        return self.policy.rules.year

    def with_facts(self, **more: FactValue) -> Enquiry:
        """The same question with further facts taken as given."""
        return replace(self, facts={**self.facts, **more})

    def assuming(self, *unless: str) -> Enquiry:
        """The same question with what facts.yml takes as given where nothing is known; not for the names in `unless`."""
        given = {name: value for name, value in self.kb.facts.assumed().items() if name not in unless}
        return replace(self, facts={**given, **self.facts})
