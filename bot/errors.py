"""What can go wrong around the dialogues.

CanbaoError
├── BadMessage      a message object that does not follow the interface
├── AnswerFailed    a fault of the program while a message was answered
├── StartFailed     a part of the service that did not start
└── WrongUsage      a command or a message was given something it cannot work with
    ├── BadCase         a file of conversation cases that does not follow the format
    └── UnknownRegion   a region name that is not known or not unambiguous
"""

from __future__ import annotations

from typing import ClassVar

Id = str | int | None
"""A message's id as its sender wrote it."""


class CanbaoError(Exception):
    """Base of the errors that commands print in one line."""

    exit_code: ClassVar[int] = 1


class BadMessage(CanbaoError):
    """A message object is wrong; `id` is its id where one could be read."""

    def __init__(self, id: Id, what: str) -> None:
        super().__init__(what)
        self.id = id


class AnswerFailed(CanbaoError):
    """The program failed at a message; says where, never what the message was."""


class StartFailed(CanbaoError):
    """A part of the service did not start; the message says what to do."""


class WrongUsage(CanbaoError):
    """A command was given something it cannot work with; exit status 2."""

    exit_code = 2


class BadCase(WrongUsage):
    """A case file cannot be read, or a case in it is wrong."""


class UnknownRegion(WrongUsage):
    """A region that is not known, or a name several regions have."""
