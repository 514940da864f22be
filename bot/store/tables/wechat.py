"""What WeChat delivered, what is still to be told, what may be sent (quota), each account's token, who came by which code.

Openids are kept nowhere in plain: `caller` is the HMAC of account and openid; what holds one is sealed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Index, Table, text
from sqlmodel import Field, SQLModel

from bot.store.columns import find_only, moment, sealed
from bot.store.retention import kept

_UNFINISHED = text("stage <> 'done'")
UNTOLD = timedelta(days=2)
"""How long an answer is kept for whoever asks for it; what was told goes after an hour."""


class WechatMessageRow(SQLModel, table=True):
    """A message or event by the HMAC of its MsgId (else FromUserName, CreateTime and Event), claimed once.

    `stage`: open (being computed) → done, or promised (told to wait) → sending → done; kept and more hold `rest` for
    whoever asks for it. `owner` computes it until `lease`; later any process may take over.
    """

    __tablename__ = "wechat_message"
    __table_args__ = (
        Index("ix_wechat_message_caller", "caller", sqlite_where=_UNFINISHED, postgresql_where=_UNFINISHED),
        Index("ix_wechat_message_lease", "lease", sqlite_where=_UNFINISHED, postgresql_where=_UNFINISHED),
    )

    key: bytes = Field(sa_column=find_only(primary_key=True))
    caller: bytes = Field(sa_column=find_only())
    account: str = Field(max_length=40)
    received: datetime = Field(sa_column=kept(UNTOLD))
    stage: str = Field(max_length=10)
    owner: str = Field(max_length=32)
    lease: datetime = Field(sa_column=moment())
    content: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    """What came, while it is not answered."""
    body: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    """What was answered, byte for byte, for retries."""
    rest: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    """The parts of an answer that were not told yet, as a JSON list."""
    by_one: bool = False
    """Whether a bare 1 now asks for `rest`."""


class WechatQuotaRow(SQLModel, table=True):
    """How many customer-service messages (客服消息) a caller may still be sent, and until when; `kind`: message or moment."""

    __tablename__ = "wechat_quota"

    caller: bytes = Field(sa_column=find_only(primary_key=True))
    kind: str = Field(primary_key=True, max_length=10)
    left: int
    until: datetime = Field(sa_column=kept(timedelta()))


class WechatTokenRow(SQLModel, table=True):
    """An account's access_token; `owner` fetches a new one until `lease`; `refused`: the platform no longer takes it."""

    __tablename__ = "wechat_token"

    account: str = Field(primary_key=True, max_length=40)
    token: bytes | None = Field(default=None, sa_column=sealed(nullable=True))
    generation: int = 0
    refused: bool = False
    expires: datetime = Field(sa_column=moment())
    owner: str | None = Field(default=None, max_length=32)
    lease: datetime = Field(sa_column=moment())
    silent_until: datetime = Field(sa_column=moment())
    """Until then no customer-service message is tried: the account may not, or its day's calls are used up."""


class WechatFollowerRow(SQLModel, table=True):
    """The place of a caller who came by a town's code."""

    __tablename__ = "wechat_follower"

    caller: bytes = Field(sa_column=find_only(primary_key=True))
    place: str = Field(max_length=40)
    since: datetime = Field(sa_column=moment())


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


MESSAGES, QUOTA = _table("wechat_message"), _table("wechat_quota")
TOKENS, FOLLOWERS = _table("wechat_token"), _table("wechat_follower")
