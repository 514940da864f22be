"""Which clause of a notice is accounted for, and how: cited by rules, by answers, nobody's question, or missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policy_kb.clause_id import covers, parent
from policy_kb.model import Answer, NoQuestion, Rules, Silence
from policy_kb.notice import Notice, normalise
from policy_kb.reading import all_rules

MISSING = "MISSING"
HEADING_LENGTH = 40
"""Characters up to which the words of a clause with children are its heading only (四、资助标准)."""
_SENTENCE_ENDS = (".", ";")


@dataclass(frozen=True)
class ClauseRow:
    """One line of `canbao kb coverage`."""

    clause: str
    heading: str
    rules: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    reason: str | None = None
    """Why nobody asks about it; for a bare heading, that it is one."""

    @property
    def missing(self) -> bool:
        """Whether nothing accounts for the clause."""
        return not (self.rules or self.answers or self.reason)

    @property
    def how(self) -> str:
        """How the clause is accounted for, as printed."""
        if self.missing:
            return MISSING
        named = "、".join((*self.rules, *self.answers))
        return named or f"无人问：{self.reason}"


def coverage_rows(notice: Notice, rules: Rules) -> tuple[ClauseRow, ...]:
    """A row for every clause of the notice, in its order."""
    by_rules, by_answers = _cited(rules)
    rows: list[ClauseRow] = []
    for clause in notice.clause_ids:
        heading = notice.clause(clause).text.split("\n", 1)[0]
        named = tuple(by_rules.get(clause, ())), tuple(by_answers.get(clause, ()))
        reason = _reason(clause, rules.no_question) or (_bare(notice, clause) if not any(named) else None)
        rows.append(ClauseRow(clause, heading[:HEADING_LENGTH], *named, reason))
    return tuple(rows)


def missing_clauses(notice: Notice, rules: Rules, also_cited: Iterable[str] = ()) -> tuple[str, ...]:
    """The clauses that nothing accounts for; `also_cited` counts as cited."""
    cited = set(also_cited)
    return tuple(row.clause for row in coverage_rows(notice, rules) if row.missing and row.clause not in cited)


def _cited(rules: Rules) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    by_rules: dict[str, list[str]] = {}
    by_answers: dict[str, list[str]] = {}
    for name, clause, answers in _citations(rules):
        table = by_answers if answers else by_rules
        if name not in table.setdefault(clause, []):
            table[clause].append(name)
    return by_rules, by_answers


def _citations(rules: Rules) -> Iterator[tuple[str, str, bool]]:
    """Name, clause, and whether it is a statement rather than a rule."""
    for rule in all_rules(rules):
        answers = isinstance(rule, Answer | Silence)
        yield from ((rule.id, cite.clause, answers) for cite in rule.cites)
        if isinstance(rule, Silence) and rule.nearest:
            yield rule.id, rule.nearest, True
    yield from (("ask_at", one.cite.clause, False) for one in rules.ask_at)
    if rules.targets:
        yield "targets", rules.targets.table, False


def _reason(clause: str, lines: tuple[NoQuestion, ...]) -> str | None:
    for line in lines:
        if line.clause == clause or (line.children and covers(line.clause, clause)):
            return line.reason
    return None


def _bare(notice: Notice, clause: str) -> str | None:
    """A clause that has children and no words but its heading accounts for itself."""
    words = normalise(notice.clause(clause).text)
    has_children = any(parent(one) == clause for one in notice.clause_ids)
    if has_children and len(words) <= HEADING_LENGTH and not words.endswith(_SENTENCE_ENDS):
        return "标题"
    return None
