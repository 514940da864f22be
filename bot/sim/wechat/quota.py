"""How many customer-service messages (客服消息) an account may send a follower, by what the follower did last.

5 within 48 hours of a message; 3 within a minute of a menu click, a scan or following. What one earns is not added to the other.
"""

from __future__ import annotations

from dataclasses import dataclass

MESSAGE = (5, 48 * 3600.0)
MOMENT = (3, 60.0)
OUT_OF_TIME = 45015
OUT_OF_COUNT = 45047
_MOMENTS = frozenset({"subscribe", "SCAN", "CLICK"})


@dataclass
class Grant:
    """What is left of one entitlement, and until when."""

    left: int = 0
    until: float = 0.0

    def open(self, now: float) -> bool:
        """Whether its time still runs."""
        return now < self.until


class Quota:
    """One follower's entitlements."""

    def __init__(self) -> None:
        self._message = Grant()
        self._moment = Grant()

    def earn(self, event: str | None, now: float) -> None:
        """What a push from the follower entitles to; an event that earns nothing changes nothing."""
        if event is None:
            self._message = Grant(MESSAGE[0], now + MESSAGE[1])
        elif event in _MOMENTS:
            self._moment = Grant(MOMENT[0], now + MOMENT[1])

    def lose(self) -> None:
        """The follower left."""
        self._message, self._moment = Grant(), Grant()

    def refusal(self, now: float) -> int | None:
        """The error code one more message meets now; None where it may be sent."""
        running = [one for one in (self._moment, self._message) if one.open(now)]
        if not running:
            return OUT_OF_TIME
        return None if any(one.left for one in running) else OUT_OF_COUNT

    def spend(self, now: float) -> None:
        """Takes one, from what ends first."""
        for one in (self._moment, self._message):
            if one.open(now) and one.left:
                one.left -= 1
                return
