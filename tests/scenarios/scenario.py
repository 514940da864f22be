"""A scenario file, and what is the same about a reply whatever the channel makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent
RECEIPT = "答复编号："
_BOX = re.compile(r"[\s─-╿]")


@dataclass(frozen=True)
class Turn:
    """What the person does, and what the reply must hold."""

    say: str | None = None
    choose: str | None = None
    first: str = ""
    holds: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """Where and when it takes place, and its turns."""

    place: str
    now: date
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Heard:
    """A reply as a channel shows it: its words without the list of choices, and the choices (None: not told apart)."""

    words: str
    choices: tuple[str, ...]

    @property
    def same(self) -> tuple[str, tuple[str, ...]]:
        """What is the same on every channel: no white space, no frame, not the number each answer has of its own."""
        return bare("\n".join(one for one in self.words.split("\n") if not one.startswith(RECEIPT))), self.choices


def bare(text: str) -> str:
    return _BOX.sub("", text)


def apart(text: str, labels: tuple[str, ...]) -> Heard:
    """A reply in plain text: its list of choices taken out, which must be the labels in their order."""
    lines = text.split("\n")
    listed = [f"{at}. {label}" for at, label in enumerate(labels, 1)]
    assert [one for one in lines if one in listed] == listed
    return Heard("\n".join(one for one in lines if one not in listed), labels)


def read(name: str) -> Scenario:
    raw = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    turns = tuple(
        Turn(**{key: tuple(value) if isinstance(value, list) else value for key, value in one.items()})
        for one in raw.pop("turns")
    )
    return Scenario(turns=turns, **raw)
