"""What the rule files of these tests are read with: the real vocabularies, and the places of a fictional county."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from policy_kb.categories import load_categories
from policy_kb.check import policy_faults
from policy_kb.entry import Vocabulary
from policy_kb.facts import load_facts
from policy_kb.fault import Fault
from policy_kb.knowledge import ROOT, Policy, load_channels
from policy_kb.notice import load_notice
from policy_kb.reading import read_rules
from policy_kb.regions import Region, Regions, Speech

BROKEN = Path(__file__).parent / "broken"
FACETS = frozenset({"pay_proxy", "staff_duty", "eligibility", "contact", "refund_how"})
VOCABULARY = Vocabulary(
    load_facts(ROOT / "facts.yml"),
    load_categories(ROOT / "categories.yml"),
    frozenset(load_channels(ROOT / "channels.yml")),
    FACETS,
)
NOTICE = load_notice(BROKEN)
NO_SPEECH = Speech(**{field.name: {} if field.name == "aliases" else () for field in fields(Speech)})
REGIONS = Regions(
    [
        Region("999901", "虚构县", None, "county"),
        Region("999901-1", "甲镇", "999901", "town"),
        Region("999901-2", "乙乡", "999901", "town"),
    ],
    {},
    NO_SPEECH,
)


def policy_of(path: Path) -> Policy:
    """The rule file read against the fictional notice."""
    reading = read_rules(path, NOTICE, VOCABULARY)
    return Policy(NOTICE, reading.rules, reading)


def faults_of(path: Path) -> list[Fault]:
    """All faults of a rule file, of reading and of checking."""
    policy = policy_of(path)
    return sorted([*policy.reading.faults, *policy_faults(policy, REGIONS)])
