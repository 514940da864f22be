"""From policy.yml to `Rules`: every section read, every fault kept with its line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from policy_kb import cover_sections, sections, statements
from policy_kb.entry import Entry, Ledger, Vocabulary
from policy_kb.fault import Fault
from policy_kb.model import Rule, Rules, WindowRule
from policy_kb.notice import Notice
from policy_kb.quotes import ClauseWords
from policy_kb.yaml_tree import Items, Leaf, Node, Table, compose

R = TypeVar("R")
Build = Callable[[Entry, ClauseWords], R]


@dataclass(frozen=True)
class Reading:
    """The rules of one file and what reading it brought to light; `rules` lacks what could not be read."""

    rules: Rules
    ledger: Ledger
    top: int = 1
    """The line on which the file's own mapping begins."""

    @property
    def empty(self) -> bool:
        """Whether the file could not be read as YAML at all."""
        return not self.ledger.lines

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All faults of reading, by line."""
        return tuple(sorted(self.ledger.faults))

    def line(self, rule_line: int, *keys: str) -> int:
        """The line of the first of `keys` that the entry beginning on `rule_line` has, else its own line."""
        return next(
            (self.ledger.lines[rule_line, key] for key in keys if (rule_line, key) in self.ledger.lines), rule_line
        )


def read_rules(path: Path, notice: Notice, vocabulary: Vocabulary, shown: str | None = None) -> Reading:
    """Reads one rule file against its notice; `shown` is the path that faults name (default: `path`)."""
    ledger = Ledger(shown or str(path), vocabulary)
    top = Entry(compose(path.read_text(encoding="utf-8"), ledger.path, ledger.faults), ledger, path.name)
    rules = _Sections(top, ClauseWords(notice), ledger).rules()
    return Reading(rules, ledger, top.line)


class _Sections:
    """The sections of one file."""

    def __init__(self, top: Entry, words: ClauseWords, ledger: Ledger) -> None:
        self._top = top
        self._words = words
        self._ledger = ledger

    def rules(self) -> Rules:
        top = self._top
        if not self._ledger.faults:
            top.need("notice", "year", "region")
        rules = Rules(
            notice=top.text("notice") or "",
            year=top.whole("year") or 0,
            region=top.text("region") or "",
            path=self._ledger.path,
            ask_at=self._many("ask_at", sections.ask_at),
            premium=self._many("premium", sections.premium),
            tiers=self._many("tiers", sections.tier),
            funding=self._many("funding", sections.funding),
            assistance=self._many("assistance", sections.assistance),
            combination=self._one("combination", sections.combination),
            windows=self._windows(),
            after_windows=self._one("after_windows", sections.after_windows),
            coverage=self._many("coverage", cover_sections.coverage),
            waiting=self._many("waiting", cover_sections.waiting),
            newborn=self._many("newborn", cover_sections.newborn),
            bonus=self._many("bonus", cover_sections.bonus),
            targets=self._one("targets", statements.targets),
            answers=self._many("answers", statements.answer),
            silent_on=self._many("silent_on", partial(statements.silence, left=False)),
            left_to=self._many("left_to", partial(statements.silence, left=True)),
            no_question=self._many("no_question", statements.no_question),
        )
        top.close()
        self._unique_ids(rules)
        return rules

    def _many(self, section: str, build: Build[R | None]) -> tuple[R, ...]:
        node = self._top.node(section)
        if node is None or (isinstance(node, Leaf) and node.value is None):
            return ()
        if not isinstance(node, Items):
            self._top.fault(section, f"{section} is no list", "write each rule as `- {id: …}`")
            return ()
        found = (self._built(section, one, build) for one in node.nodes)
        return tuple(one for one in found if one is not None)

    def _one(self, section: str, build: Build[R | None]) -> R | None:
        node = self._top.node(section)
        if node is None or (isinstance(node, Leaf) and node.value is None):
            return None
        return self._built(section, node, build)

    def _built(self, section: str, node: Node, build: Build[R | None]) -> R | None:
        if not isinstance(node, Table):
            self._ledger.faults.append(
                Fault(
                    self._ledger.path, node.line, f"{section}: an entry is no mapping", "write it as {id: …, cite: …}"
                )
            )
            return None
        entry = Entry(node, self._ledger, _name(section, node))
        rule = build(entry, self._words)
        entry.close()
        if not entry.broken:
            return rule
        self._ledger.dropped.add(section)
        return None

    def _windows(self) -> tuple[WindowRule, ...]:
        """Windows in order: one that follows needs the one before it."""
        read: list[WindowRule] = []

        def build(entry: Entry, words: ClauseWords) -> WindowRule:
            rule = sections.window(entry, words, read[-1] if read else None)
            read.append(rule)
            return rule

        return self._many("windows", build)

    def _unique_ids(self, rules: Rules) -> None:
        first: dict[str, int] = {}
        for rule in all_rules(rules):
            if rule.id in first:
                self._ledger.faults.append(
                    Fault(
                        self._ledger.path,
                        self._ledger.lines.get((rule.line, "id"), rule.line),
                        f"id {rule.id} stands twice (first on line {first[rule.id]})",
                        "give each rule of the file its own id",
                    )
                )
            first.setdefault(rule.id, rule.line)


def all_rules(rules: Rules) -> tuple[Rule, ...]:
    """Every rule, answer and silence of a file, in the order of the sections."""
    single = tuple(one for one in (rules.combination, rules.after_windows) if one is not None)
    return (
        *rules.premium, *rules.tiers, *rules.funding, *rules.assistance, *single, *rules.windows, *rules.coverage,
        *rules.waiting, *rules.newborn, *rules.bonus, *rules.answers, *rules.silent_on, *rules.left_to,
    )  # fmt: skip


def _name(section: str, node: Table) -> str:
    """How faults name an entry: its id, else its section."""
    named = node.nodes.get("id")
    return str(named.value) if isinstance(named, Leaf) and named.value else section
