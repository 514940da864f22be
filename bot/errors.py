"""What can go wrong around the dialogues.

CanbaoError
├── BadMessage      a message object that does not follow the interface
├── BadCase         a conversation case that does not follow the format
├── UnknownRegion   a region name that is not known or not unambiguous
└── StartFailed     a part of the service that did not start
"""

from __future__ import annotations


class CanbaoError(Exception):
    """Base of the errors that commands print in one line."""


class BadMessage(CanbaoError):
    """A message object is wrong; `id` is its id where one could be read."""

    def __init__(self, id: str | int | None, what: str) -> None:
        super().__init__(what)
        self.id = id


class BadCase(CanbaoError):
    """A case file cannot be read, or a case in it is wrong."""


class UnknownRegion(CanbaoError):
    """A region that is not known, or a name several regions have."""


class StartFailed(CanbaoError):
    """A part of the service did not start; the message says what to do."""


class WrongUsage(CanbaoError):
    """A command was given something it cannot work with; exit status 2."""

    exit_code = 2
