"""A notice (通知、方案) as kept under policy_kb/notices: what it says of itself, and its clauses in its own words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError

from policy_kb import clause_id
from policy_kb.clause_id import covers, normalise_id
from policy_kb.errors import NoticeFault
from policy_kb.fault import Fault, offer
from policy_kb.notice_text import Clause, Paragraph, Table, read_clauses
from policy_kb.yaml_tree import Items, Node, compose, plain
from policy_kb.yaml_tree import Table as Mapped

__all__ = [
    "Annex", "Clause", "Document", "DocumentNumber", "FrontMatter", "Notice", "Paragraph", "Restoration", "Source",
    "Table", "covers", "load_notice", "normalise", "normalise_id",
]  # fmt: skip

_FENCE = "---"
_FOLDED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "〔": "[", "〕": "]", "。": "."})
_STRICT = ConfigDict(extra="forbid")

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


@dataclass(frozen=True)
class Document:
    """Another document the notice rests on, by title and, where printed, number (文号)."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    title: Text
    number: Text | None


@dataclass(frozen=True)
class DocumentNumber:
    """The notice's own number (文号); `restored` where the source copy had it damaged, and `note` says how."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    text: Text
    restored: bool = False
    note: Text | None = None


@dataclass(frozen=True)
class Annex:
    """An annex (附件) the notice lists; `included` where its content is in the text we hold."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    id: Text
    title: Text
    included: bool


@dataclass(frozen=True)
class Source:
    """What kind of document this is, and what was cleaned away from the copy."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    kind: Text
    note: Text


@dataclass(frozen=True)
class Restoration:
    """Words changed against the source copy: in which clause, from what, to what, and why."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    clause: Text
    was: Text
    now: Text
    why: Text


@dataclass(frozen=True, kw_only=True)
class FrontMatter:
    """What a notice says of itself; `region` is a code that regions know, `year` the year of cover (参保年度)."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    id: Text
    title: Text
    short_title: Annotated[str, StringConstraints(min_length=1, max_length=24)]
    number: DocumentNumber | None
    issuers: tuple[Text, ...]
    issued: date | None
    region: Text
    year: int
    addressed_to: tuple[Text, ...]
    copied_to: tuple[Text, ...]
    based_on: tuple[Document, ...]
    annexes: tuple[Annex, ...]
    source: Source
    restored: tuple[Restoration, ...]


_FRONT_MATTER = TypeAdapter(FrontMatter)
_UNKNOWN = "unexpected_keyword_argument"
_KEYS = tuple(
    field.name
    for shape in (FrontMatter, Document, DocumentNumber, Annex, Source, Restoration)
    for field in dataclass_fields(shape)
)


@dataclass(frozen=True, kw_only=True)
class Notice(FrontMatter):
    """A whole notice: its front matter and its clauses by id, in the order printed."""

    clauses: Mapping[str, Clause]
    path: Path

    @property
    def clause_ids(self) -> tuple[str, ...]:
        """Every clause's id in the order the clauses begin."""
        return tuple(self.clauses)

    def clause(self, name: str) -> Clause:
        """The clause of this id, however its brackets are typed. Raises NoticeFault where the notice has none."""
        found = self.clauses.get(normalise_id(name))
        if found is None:
            raise NoticeFault(str(self.path), f"{self.id} has no clause {name}", offer(name, self.clauses))
        return found

    def children(self, name: str) -> tuple[str, ...]:
        """The ids directly below a clause, in order."""
        outer = self.clause(name).id
        return tuple(one for one in self.clauses if clause_id.parent(one) == outer)

    def text_of(self, name: str) -> str:
        """The clause's words with those of all clauses within it, in the order printed, a line a paragraph or row."""
        outer = self.clause(name).id
        if outer not in self._texts:
            within = [block for one in self.clauses.values() if covers(outer, one.id) for block in one.blocks]
            self._texts[outer] = "\n".join(block.text for block in sorted(within, key=lambda block: block.line))
        return self._texts[outer]

    @cached_property
    def _texts(self) -> dict[str, str]:
        """The clauses put together before."""
        return {}


def normalise(text: str) -> str:
    """The text as quotes are compared: no white space; width, quotation marks, dashes and stops folded."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_FOLDED)


def load_notice(path: Path) -> Notice:
    """The notice kept in this notice.md (or the folder that holds it). Raises NoticeFault."""
    file = path / "notice.md" if path.is_dir() else path
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NoticeFault(str(file), f"cannot be read: {error}", "keep the notice as notice.md in UTF-8") from error
    if lines[:1] != [_FENCE] or _FENCE not in lines[1:]:
        raise NoticeFault(f"{file}:1", "no front matter", "begin with `---`, the keys, and `---` again")
    end = lines.index(_FENCE, 1)
    tree = _tree("\n" + "\n".join(lines[1:end]), str(file))
    front = _front_matter(tree, str(file))
    notice = Notice(
        clauses=read_clauses(lines, end + 1, str(file)),
        path=file,
        **{field.name: getattr(front, field.name) for field in dataclass_fields(front)},
    )
    _check_agreement(notice, tree)
    return notice


def _tree(text: str, path: str) -> Mapped:
    faults: list[Fault] = []
    tree = compose(text, path, faults)
    for fault in sorted(faults):
        raise NoticeFault(f"{path}:{fault.line}", fault.what, fault.mend)
    return tree


def _front_matter(tree: Mapped, path: str) -> FrontMatter:
    try:
        return _FRONT_MATTER.validate_python(plain(tree))
    except ValidationError as error:
        first = min(error.errors(), key=lambda one: one["type"] != _UNKNOWN)
    where, key = f"{path}:{_line(tree, first['loc'])}", str(first["loc"][-1])
    if first["type"] == _UNKNOWN:
        raise NoticeFault(where, f"unknown key {key}", offer(key, _KEYS))
    if first["type"] == "missing":
        raise NoticeFault(where, f"key {key} is missing", f"add `{key}:`, null or [] where the notice has none")
    raise NoticeFault(where, f"{key}: {first['msg']}", "give the value the key asks for; a code in quotes")


def _line(node: Node, steps: tuple[int | str, ...]) -> int:
    """The line of the innermost node that the steps reach."""
    line = node.line
    for step in steps:
        if isinstance(node, Mapped) and step in node.nodes:
            line, node = node.lines[str(step)], node.nodes[str(step)]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.nodes):
            node = node.nodes[step]
            line = node.line
        else:
            break
    return line


def _check_agreement(notice: Notice, tree: Mapped) -> None:
    """What the front matter says of clauses and annexes is so."""
    folder = notice.path.resolve().parent.name
    if notice.id != folder:
        where = f"{notice.path}:{tree.lines['id']}"
        raise NoticeFault(where, f"id {notice.id} in folder {folder}", "let the two agree")
    for index, annex in enumerate(notice.annexes):
        if annex.included != (annex.id in notice.clauses):
            where = f"{notice.path}:{_line(tree, ('annexes', index))}"
            stands = "has no clause" if annex.included else "has a clause"
            what = f"{annex.id} says included: {str(annex.included).lower()} but {stands}"
            raise NoticeFault(where, what, "mend `included` or the text")
    for index, change in enumerate(notice.restored):
        if change.now not in notice.clause(change.clause).text:
            where = f"{notice.path}:{_line(tree, ('restored', index))}"
            raise NoticeFault(where, f"{change.now} does not stand in {change.clause}", "mend `now` or `clause`")
