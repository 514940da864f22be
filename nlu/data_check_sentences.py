"""Reads files of sentences in Rasa's format with what Rasa drops: the line of each sentence and its family."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from nlu.normalise import normalise

_FAMILY = re.compile(r"\s*# family:\s*(\S.*)")
_INTENT = re.compile(r"\s*- intent:\s*(\S+)")
_SENTENCE = re.compile(r"\s+- (.*)")
_TAG = re.compile(r"\[(?P<words>[^\[\]]+)\](?:\((?P<name>[^()]*)\)|\{[^{}]*\"entity\":\s*\"(?P<long>[^\"]*)\"[^{}]*\})")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Fault:
    """What is wrong at a line of a file, and what to do about it."""

    path: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}; {self.remedy}"


@dataclass(frozen=True)
class Tag:
    """Words marked as an entity: [低保户](category)."""

    words: str
    entity: str


@dataclass(frozen=True)
class Sentence:
    """A sentence of a file as it stands there; `family` is empty where no comment names one."""

    path: str
    line: int
    facet: str
    family: str
    raw: str

    @property
    def text(self) -> str:
        """The sentence without markup."""
        return _TAG.sub(lambda tag: tag["words"], self.raw)

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The entities that are marked in it."""
        return tuple(Tag(tag["words"], tag["name"] or tag["long"] or "") for tag in _TAG.finditer(self.raw))

    @property
    def untagged(self) -> str:
        """The sentence with a bar in the place of what is marked."""
        return _TAG.sub("|", self.raw)


@lru_cache(maxsize=50_000)
def essence(text: str) -> str:
    """The form in which sentences are compared: cleaned as a message is, without punctuation and capitals."""
    return _MARKS.sub("", normalise(text).text.lower())


def read_sentences(folder: Path, root: Path) -> Iterator[Sentence | Fault]:
    """The sentences of all files of a folder, or a fault for a file that is no such file; paths relative to `root`."""
    for path in sorted(folder.glob("*.yml")):
        name = path.relative_to(root).as_posix()
        try:
            text = path.read_text(encoding="utf-8")
            fault = _shape_fault(text, name)
        except UnicodeDecodeError as error:
            fault = Fault(name, 1, f"not UTF-8 at byte {error.start}", "save the file as UTF-8")
        if fault is not None:
            yield fault
            continue
        yield from _sentences(text, name)


def _shape_fault(text: str, name: str) -> Fault | None:
    """What keeps Rasa from reading a file: broken YAML, or something else than blocks of an intent and examples."""
    try:
        content = yaml.load(text, _LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Fault(name, line, f"broken YAML ({error.problem})", "indent the block as the others are")
    except yaml.YAMLError as error:
        return Fault(name, 1, f"broken YAML ({str(error).splitlines()[0]})", "write plain text")
    blocks = content.get("nlu") if isinstance(content, dict) else None
    if not isinstance(blocks, list):
        return Fault(name, 1, "no list under nlu:", "begin the file as the others begin")
    for block in blocks:
        if not (isinstance(block, dict) and isinstance(block.get("intent"), str)):
            return Fault(name, 1, f"a block without an intent ({str(block)[:40]})", "write `- intent: FACET`")
        if not isinstance(block.get("examples"), str):
            return Fault(name, 1, f"intent {block['intent']} has no text of examples", "write `examples: |` below it")
    return None


def _sentences(text: str, name: str) -> Iterator[Sentence]:
    family = block_family = facet = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _FAMILY.match(line):
            family = found[1].strip()
        elif found := _INTENT.match(line):
            # a comment speaks for the one block below it
            facet, block_family, family = found[1], family, ""
        elif facet and (found := _SENTENCE.match(line)):
            yield Sentence(name, number, facet, block_family, found[1].strip())
