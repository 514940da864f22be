"""What can go wrong around the dialogues.

CanbaoError
├── BadMessage      a message object that does not follow the interface
├── AnswerFailed    a fault of the program while a message was answered
├── StartFailed     a part of the service that did not start
│   ├── WrongKey        the secret key is missing, or is not that of this database
│   └── WrongSchema     the database's schema is newer than the program
├── JournalBroken   the chain of the audit journal does not hold
├── Unreadable      a sealed cell that does not open: another key, or changed or moved
├── StoreFailed     a command could not write to the database (locked, full, read-only, gone)
├── RefusedPush     a request that does not come from the platform, or cannot be read
├── WechatFailed    WeChat's API refused a call, or could not be reached
│   ├── WechatRefused   it answered with an error code
│   └── WechatSilent    no answer, so that nobody knows whether it was done
├── StaffFault      an account of the console that cannot be made or changed so (bot/staff/errors.py)
├── Refusal         a page of the console that is not given (bot/console/refusals.py)
└── WrongUsage      a command or a message was given something it cannot work with
    ├── BadCase         a file of conversation cases that does not follow the format
    ├── BadRoster       a roster that cannot be read as one (headings, mapping, kind of file)
    ├── BadIdNumber     an ID number that cannot be one
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


class WrongKey(StartFailed):
    """The secret key is missing, malformed or not this database's; nothing was changed."""


class WrongSchema(StartFailed):
    """The database was made by a newer version of the program."""


class Unreadable(CanbaoError):
    """A sealed cell does not open; names the column, never what it holds."""


class StoreFailed(CanbaoError):
    """A command could not write; what was reported as loaded before is kept."""


class JournalBroken(CanbaoError):
    """The audit journal was changed; the message says at which row."""


class RefusedPush(CanbaoError):
    """A request to the webhook is refused with this HTTP status; says why, never what it held."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class WechatFailed(CanbaoError):
    """A call of WeChat's API was not carried out."""


class WechatRefused(WechatFailed):
    """WeChat's API answered with an error code (全局返回码)."""

    def __init__(self, code: int, what: str) -> None:
        super().__init__(what)
        self.code = code


class WechatSilent(WechatFailed):
    """A call left, but no answer came: it may have been carried out."""


class WrongUsage(CanbaoError):
    """A command was given something it cannot work with; exit status 2."""

    exit_code = 2


class BadCase(WrongUsage):
    """A case file cannot be read, or a case in it is wrong."""


class BadRoster(WrongUsage):
    """A roster file cannot be read as one, or its mapping is wrong."""


class BadIdNumber(WrongUsage):
    """A text that cannot be an ID number (GB 11643); says why, never the number."""


class UnknownRegion(WrongUsage):
    """A region that is not known, or a name several regions have."""
