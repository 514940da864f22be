"""Who sends a message and how one is sent back: what WeChat, Telegram, the page and the console have in common."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from dialogues.disclosure import Disclosure


class Channel(StrEnum):
    """The ways by which a message arrives."""

    WECHAT = "wechat"
    TELEGRAM = "telegram"
    PAGE = "page"
    CONSOLE = "console"
    API = "api"
    TERMINAL = "terminal"

    @property
    def ceiling(self) -> Disclosure:
        """The most that may be told over this channel.

        Telegram's servers stand abroad and state-held personal data stays in the country (Personal Information
        Protection Law, Art. 36); nobody on the residents' page is known.
        """
        return _CEILINGS.get(self, Disclosure.OWN_RECORD)

    @property
    def binds(self) -> bool:
        """Whether an account of this channel can be bound to a person's record."""
        return self is Channel.WECHAT


_CEILINGS = {Channel.TELEGRAM: Disclosure.PUBLIC, Channel.PAGE: Disclosure.PUBLIC}


@dataclass(frozen=True)
class Caller:
    """A person on a channel: the account written to (an official account, a bot) and the user there (openid, chat id)."""

    channel: Channel
    account: str
    user: str

    @property
    def session(self) -> str:
        """The name of this person's conversation; the store keeps only its HMAC."""
        return f"{self.channel}:{self.account}:{self.user}"

    def __repr__(self) -> str:
        return f"Caller({self.channel}, …)"


class Delivery(StrEnum):
    """What became of a message that was sent without being asked for at that moment."""

    SENT = "sent"
    OVER_QUOTA = "over_quota"
    OUT_OF_WINDOW = "out_of_window"
    UNREACHABLE = "unreachable"
    NOT_POSSIBLE = "not_possible"


class Sender(Protocol):
    """Sends words to a caller later: WeChat's customer-service message, Telegram's sendMessage."""

    async def send(self, caller: Caller, text: str) -> Delivery:
        """Sends `text`, within the platform's quota; never raises for what the platform answers."""
        ...
