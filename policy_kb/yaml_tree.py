"""YAML as a tree that remembers its lines: composed by libyaml, duplicate keys found, scalars read as in YAML 1.2.

YAML 1.1 would turn `yes` into a truth value and `12:30` into a number; a rule file holds Chinese words and such tokens, so
only null, true, false, numbers and days are taken for more than text, and only where they are not quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import yaml

from policy_kb.fault import Fault

Scalar: TypeAlias = str | int | float | bool | date | None


@dataclass(frozen=True)
class Leaf:
    """A scalar: its value, the text as written, and its line (from 1)."""

    value: Scalar
    raw: str
    line: int


@dataclass(frozen=True)
class Items:
    """A list and the line it begins on."""

    nodes: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class Table:
    """A mapping, the line it begins on and the line of each key."""

    nodes: Mapping[str, Node]
    lines: Mapping[str, int]
    line: int


Node: TypeAlias = Leaf | Items | Table


def compose(text: str, path: str, faults: list[Fault]) -> Table:
    """The tree of a YAML document that is a mapping; what cannot be read is added to `faults` and left out."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        faults.append(_broken(error, path))
        return Table({}, {}, 1)
    if not isinstance(root, yaml.MappingNode):
        faults.append(Fault(path, 1, "the file is no mapping of sections", "begin with `notice:`, `year:`, `region:`"))
        return Table({}, {}, 1)
    return _table(root, path, faults)


def plain(node: Node) -> object:
    """The node as dict, list and scalar, without its lines."""
    if isinstance(node, Leaf):
        return node.value
    if isinstance(node, Items):
        return [plain(one) for one in node.nodes]
    return {key: plain(one) for key, one in node.nodes.items()}


def _broken(error: yaml.YAMLError, path: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "the file cannot be read as YAML"
    return Fault(path, mark.line + 1 if mark else 1, f"no YAML: {what}", "mend quotes, colons and indents about here")


def _node(node: yaml.Node, path: str, faults: list[Fault]) -> Node:
    if isinstance(node, yaml.MappingNode):
        return _table(node, path, faults)
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_node(one, path, faults) for one in node.value), line)
    raw = str(node.value)
    quoted = isinstance(node, yaml.ScalarNode) and node.style in ("'", '"', "|", ">")
    return Leaf(raw if quoted else resolve(raw), raw, line)


def _table(node: yaml.MappingNode, path: str, faults: list[Fault]) -> Table:
    nodes: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key_node, value in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in nodes:
            what = f"key {key} stands twice (first on line {lines[key]})"
            faults.append(Fault(path, line, what, "keep one of the two"))
            continue
        nodes[key], lines[key] = _node(value, path, faults), line
    return Table(nodes, lines, node.start_mark.line + 1)


_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_WORDS: Mapping[str, Scalar] = {"": None, "null": None, "~": None, "true": True, "false": False}


def resolve(raw: str) -> Scalar:
    """The value of an unquoted scalar."""
    if raw in _WORDS:
        return _WORDS[raw]
    if _NUMBER.fullmatch(raw):
        return float(raw) if "." in raw else int(raw)
    try:
        return date.fromisoformat(raw) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw) else raw
    except ValueError:
        return raw
