"""One mapping of a rule file while it is read: typed values by key; what is wrong with a value becomes a fault on its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar, cast

from policy_kb.categories import Categories
from policy_kb.conditions import ALWAYS, Condition, parse_condition
from policy_kb.facts import FactTable
from policy_kb.fault import Fault, offer
from policy_kb.model import AskAt
from policy_kb.yaml_tree import Items, Leaf, Node, Table, plain

L = TypeVar("L", bound=str)


@dataclass(frozen=True)
class Vocabulary:
    """The names a rule may use: facts, categories, channels, and facets (None: not checked)."""

    facts: FactTable
    categories: Categories
    channels: frozenset[str]
    facets: frozenset[str] | None = None


@dataclass
class Ledger:
    """What reading one file brings to light besides its rules."""

    path: str
    vocabulary: Vocabulary
    faults: list[Fault] = field(default_factory=list)
    lines: dict[tuple[int, str], int] = field(default_factory=dict)
    """The line of a key, by the line its rule begins on and the key."""
    ask_lines: dict[AskAt, int] = field(default_factory=dict)
    """The line of each ask_at entry, which is no rule."""
    dropped: set[str] = field(default_factory=set)
    """Sections of which a rule could not be read at all."""
    cited: set[str] = field(default_factory=set)
    """Every clause that some entry cites, read or not."""


class Entry:
    """A mapping being read. Ask for each key it may have, then call `close`, which complains of all others."""

    def __init__(self, table: Table, ledger: Ledger, name: str) -> None:
        self._table = table
        self.ledger = ledger
        self._known: list[str] = []
        self.name = name
        self.line = table.line
        self.broken = False
        """True once a value is missing or wrong without which the rule cannot stand."""
        for key, line in table.lines.items():
            ledger.lines[self.line, key] = line

    def fault(self, key: str | None, what: str, mend: str, breaks: bool = False) -> None:
        """Records a fault on the line of `key`, or of the mapping."""
        line = self._table.lines.get(key, self.line) if key else self.line
        self.ledger.faults.append(Fault(self.ledger.path, line, f"{self.name}: {what}", mend))
        self.broken = self.broken or breaks

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        node = self.node(key)
        return node is not None and not (isinstance(node, Leaf) and node.value is None)

    def node(self, key: str) -> Node | None:
        """The node under `key`; counts the key as known."""
        if key not in self._known:
            self._known.append(key)
        return self._table.nodes.get(key)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that are written."""
        return tuple(self._table.nodes)

    def is_table(self, key: str) -> bool:
        """Whether a mapping stands under `key`."""
        return isinstance(self.node(key), Table)

    def is_day(self, key: str) -> bool:
        """Whether a day stands under `key`."""
        return isinstance(self._scalar(key), date)

    def need(self, *keys: str) -> None:
        """Complains of each of these keys that is missing."""
        for key in keys:
            if not self.has(key):
                self.fault(None, f"no {key}", f"give {key}", breaks=True)

    def close(self) -> None:
        """Complains of every key that was never asked for, and of every one without a value that has no meaning."""
        for key in self._table.nodes:
            if key not in self._known:
                self.fault(key, f"unknown key {key}", offer(key, self._known))

    def text(self, key: str) -> str | None:
        """Text; a bare number or day is taken as written."""
        node = self.node(key)
        if node is None or (isinstance(node, Leaf) and node.value is None):
            return None
        if isinstance(node, Leaf) and not isinstance(node.value, bool):
            return node.raw.strip()
        self._wrong(key, "text")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of texts."""
        node = self.node(key)
        if not isinstance(node, Items):
            one = self.text(key)
            return () if one is None else (one,)
        if all(isinstance(item, Leaf) for item in node.nodes):
            return tuple(cast(Leaf, item).raw.strip() for item in node.nodes)
        self._wrong(key, "a list of texts")
        return ()

    def choice(self, key: str, allowed: Sequence[L]) -> L | None:
        """One of a few words."""
        found = self.text(key)
        if found is None or found in allowed:
            return cast("L | None", found)
        self.fault(key, f"{key} cannot be {found}", offer(found, allowed), breaks=True)
        return None

    def truth(self, key: str) -> bool:
        """true or false; absent: false."""
        value = self._scalar(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self._wrong(key, "true or false")
        return False

    def whole(self, key: str) -> int | None:
        """A whole number, not negative."""
        value = self._scalar(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        self._wrong(key, "a whole number")
        return None

    def amount(self, key: str) -> Decimal | None:
        """A sum or figure: whole or with two decimals, not negative."""
        value = self._scalar(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
            found = Decimal(cast(Leaf, self.node(key)).raw)
            if found == round(found, 2):
                return found
        self._wrong(key, "a sum in 元, whole or with two decimals")
        return None

    def day(self, key: str) -> date | None:
        """A day as YYYY-MM-DD."""
        value = self._scalar(key)
        if value is None or isinstance(value, date):
            return value
        self._wrong(key, "a day as 2021-12-31")
        return None

    def condition(self) -> Condition:
        """The condition under `when`; everybody where there is none."""
        node = self.node("when")
        if node is None:
            return ALWAYS
        if not isinstance(node, Table) or not node.nodes:
            self._wrong("when", "a mapping from facts to what they must be")
            return ALWAYS
        known = self.ledger.vocabulary
        try:
            return parse_condition(cast("dict[str, object]", plain(node)), known.facts, known.categories)
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            what, _, mend = str(error).partition("; ")
            self.fault("when", f"when: {what}", mend or "write it as docs/policy-format.md shows", breaks=True)
            return ALWAYS

    def part(self, key: str) -> Entry | None:
        """The mapping under `key` as an entry of its own."""
        node = self.node(key)
        if isinstance(node, Table):
            return Entry(node, self.ledger, f"{self.name}.{key}")
        if node is not None:
            self._wrong(key, "a mapping")
        return None

    def _scalar(self, key: str) -> object:
        node = self.node(key)
        return node.value if isinstance(node, Leaf) else node

    def _wrong(self, key: str, wanted: str) -> None:
        shown = plain(cast(Node, self.node(key)))
        self.fault(key, f"{key} is {shown!r}", f"give {wanted}", breaks=True)
