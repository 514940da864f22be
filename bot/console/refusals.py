"""What the console refuses, and the page that says so in plain words.

CanbaoError
└── Refusal                status, title and words for the person; nothing of what was asked for
    ├── SignInNeeded       nobody is signed in: the way leads to the log-in page
    ├── PasswordNeeded     the first password is still in use: the way leads to the page that changes it
    ├── Forbidden          not within this person's role or scope
    ├── Stale              the form was not made for this log-in (CSRF), or is too old
    ├── Missing            there is no such page or thing
    └── Unusable           what was sent cannot be worked with
"""

from __future__ import annotations

from bot.errors import CanbaoError


class Refusal(CanbaoError):
    """A page that is not given; `words` are for the person."""

    status = 400
    title = "这一步没办成"

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class SignInNeeded(Refusal):
    """Nobody is signed in."""

    status = 401
    title = "请先登录"


class PasswordNeeded(Refusal):
    """The first password must be changed before anything else."""

    status = 403
    title = "请先改密码"


class Forbidden(Refusal):
    """Not within the role or scope of whoever asks."""

    status = 403
    title = "这里不归您查看"


class Stale(Refusal):
    """A form that does not belong to this log-in."""

    status = 403
    title = "页面过期了"


class Missing(Refusal):
    """There is no such thing."""

    status = 404
    title = "没有找到"


class Unusable(Refusal):
    """What was sent cannot be worked with."""

    status = 422
    title = "填的内容不对"
