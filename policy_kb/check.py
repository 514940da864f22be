"""`canbao kb check`: every rule held against the notice it cites, the rules against one another, no clause left out."""

from __future__ import annotations

from collections.abc import Iterator

from policy_kb.clause_coverage import missing_clauses
from policy_kb.consistency import inconsistencies
from policy_kb.evidence import Evidence
from policy_kb.fault import Fault
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.quotes import ClauseWords
from policy_kb.regions import Regions
from policy_kb.target_check import target_faults


def check(kb: KnowledgeBase) -> list[Fault]:
    """All faults of a knowledge base, by file and line; load it with `strict=False` to see those of reading too."""
    found = list(kb.faults)
    for policy in kb.notices.values():
        found += policy_faults(policy, kb.regions)
    found += _same_place_and_year(kb)
    return sorted(dict.fromkeys(found), key=lambda fault: (fault.path, fault.line))


def policy_faults(policy: Policy, regions: Regions) -> Iterator[Fault]:
    """The faults of one policy besides those of reading it."""
    read, notice = policy.reading, policy.notice
    if read.empty:
        return
    words = ClauseWords(notice)
    yield from Evidence(read, words).faults()
    yield from inconsistencies(read, notice)
    yield from target_faults(read, notice, regions)
    if notice.region not in regions:
        yield Fault(read.rules.path, 1, f"region {notice.region} is not known", "add it to regions, or mend notice.md")
    line = read.ledger.lines.get((read.top, "no_question"), 1)
    for clause in missing_clauses(notice, policy.rules, read.ledger.cited):
        what = f"clause {clause} of the notice is not accounted for"
        yield Fault(read.rules.path, line, what, "cite it in a rule or an answer, or name it under no_question")


def _same_place_and_year(kb: KnowledgeBase) -> Iterator[Fault]:
    seen: dict[tuple[str, int], Policy] = {}
    for policy in kb.notices.values():
        key = (policy.notice.region, policy.notice.year)
        if key in seen:
            what = f"a second notice for region {key[0]} and year {key[1]}, besides {seen[key].id}"
            yield Fault(policy.rules.path, 1, what, "keep the one in force")
        seen.setdefault(key, policy)
