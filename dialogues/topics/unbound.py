"""Why a person's own record is not told here (未绑定), and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from dialogues.disclosure import Audience, Disclosure
from dialogues.reply import Choice, Context, Part

Reason: TypeAlias = Literal["nobody", "channel", "unbound", "others"]
BIND = "绑定"
"""The word by which an account is bound."""


@dataclass(frozen=True)
class UnboundContext(Context):
    """`nobody` is known here, the `channel` may not tell, the account is `unbound`, or it is somebody else's record."""

    template = "unbound"
    reason: Reason
    word: str
    hotline: str


def unbound(facet: str, hotline: str, audience: Audience, somebody_elses: bool) -> Part:
    """The kind refusal; where the account can be bound, with the offer to do so."""
    reason: Reason = "nobody"
    if not audience.hears(Disclosure.OWN_RECORD):
        reason = "channel"
    elif somebody_elses:
        reason = "others"
    elif audience.may_bind:
        reason = "unbound"
    choices = (Choice(BIND),) if reason == "unbound" else ()
    return Part(facet, "refused", UnboundContext(reason, BIND, hotline), choices=choices)
