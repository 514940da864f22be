"""The knowledge base: every notice held, with its rules, and the vocabularies that rules are written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from policy_kb.categories import Categories, load_categories
from policy_kb.entry import Vocabulary
from policy_kb.facts import FactTable, load_facts
from policy_kb.fault import Fault
from policy_kb.model import Rules
from policy_kb.notice import Notice, load_notice
from policy_kb.reading import Reading, read_rules
from policy_kb.regions import Region, Regions, load_regions
from policy_kb.yaml_tree import compose, plain

ROOT = Path(__file__).parent


@dataclass(frozen=True)
class Policy:
    """One notice and what it decides."""

    notice: Notice
    rules: Rules
    reading: Reading = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        """The notice's id."""
        return self.notice.id


@dataclass(frozen=True)
class KnowledgeBase:
    """All policies by the id of their notice; `faults` are those of reading, empty after a strict load."""

    notices: Mapping[str, Policy]
    regions: Regions
    categories: Categories
    facts: FactTable
    channels: Mapping[str, tuple[str, ...]]
    """Words for each way to pay, by its id in channels.yml."""
    hotline: str
    """The health-insurance hotline of the whole country (national.yml)."""
    faults: tuple[Fault, ...] = ()

    @classmethod
    def load(cls, root: Path = ROOT, facets: frozenset[str] | None = None, strict: bool = True) -> KnowledgeBase:
        """Reads a data folder (categories.yml, facts.yml, channels.yml, regions/, notices/*/).

        `facets` are the names that answers may serve (None: not checked). Strict: raises PolicyFault where a rule
        file has a fault; else the faults are kept for `check`. Raises NoticeFault, VocabularyFault.
        """
        categories, facts = load_categories(root / "categories.yml"), load_facts(root / "facts.yml")
        channels = load_channels(root / "channels.yml")
        vocabulary = Vocabulary(facts, categories, frozenset(channels), facets)
        policies = [load_policy(folder, vocabulary, root) for folder in notice_folders(root)]
        faults = tuple(sorted(fault for one in policies for fault in one.reading.faults))
        if strict and faults:
            raise faults[0].error(more=len(faults) - 1)
        held = {policy.id: policy for policy in policies}
        return cls(held, load_regions(root / "regions"), categories, facts, channels, _hotline(root), faults)

    @property
    def own_words(self) -> tuple[str, ...]:
        """The field's own words, for cutting texts: categories with their aliases, and the words for ways to pay."""
        categories = (word for one in self.categories.by_name.values() for word in (one.name, *one.aliases))
        channels = (word for words in self.channels.values() for word in words)
        return tuple(dict.fromkeys((*categories, *channels)))

    def policy_for(self, region: str, year: int) -> Policy | None:
        """The policy of that cover year for a resident of `region`: its own notice, else that of a region around it."""
        return next((one for one in self.policies_of(region) if one.notice.year == year), None)

    def policies_of(self, region: str) -> tuple[Policy, ...]:
        """Every policy a resident of `region` falls under: by year, latest first; of one year the nearest region first."""
        around = [one.code for one in self.regions.chain(region)] if region in self.regions else [region]
        found = [one for one in self.notices.values() if one.notice.region in around]
        return tuple(sorted(found, key=lambda one: (-one.notice.year, around.index(one.notice.region))))

    def latest_before(self, region: str, year: int) -> Policy | None:
        """The last policy of an earlier cover year, to be named as that year's."""
        return next((one for one in self.policies_of(region) if one.notice.year < year), None)

    def held_regions(self) -> tuple[Region, ...]:
        """The regions whose own notices are held, by code."""
        return tuple(self.regions[code] for code in sorted({one.notice.region for one in self.notices.values()}))


def notice_folders(root: Path) -> list[Path]:
    """The folders under notices/ that hold a rule file."""
    return sorted(path.parent for path in (root / "notices").glob("*/policy.yml"))


def load_policy(folder: Path, vocabulary: Vocabulary, root: Path | None = None) -> Policy:
    """One notice with its rules; the faults of its rule file stay with its reading."""
    notice = load_notice(folder)
    path = folder / "policy.yml"
    shown = str(path.relative_to(root.parent)) if root is not None and path.is_relative_to(root.parent) else str(path)
    reading = read_rules(path, notice, vocabulary, shown)
    return Policy(notice, reading.rules, reading)


def _hotline(root: Path) -> str:
    faults: list[Fault] = []
    tree = compose((root / "national.yml").read_text(encoding="utf-8"), str(root / "national.yml"), faults)
    for fault in faults:
        raise fault.error()
    return str(plain(tree.nodes["hotline"]))


def load_channels(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Words for each way to pay, by its id. Raises PolicyFault."""
    faults: list[Fault] = []
    tree = compose(path.read_text(encoding="utf-8"), str(path), faults)
    for fault in faults:
        raise fault.error()
    return {name: tuple(_words(plain(node))) for name, node in tree.nodes.items()}


def _words(entry: object) -> list[str]:
    return [str(word) for word in entry.get("aliases", ())] if isinstance(entry, dict) else []
