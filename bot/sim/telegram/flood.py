"""How fast a bot may send: about 30 messages a second in all, 20 a minute into one group, few at once into one chat."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from bot.sim.telegram.answer import too_many


@dataclass(frozen=True)
class Limit:
    """So many messages in so many seconds."""

    count: int
    seconds: float


@dataclass
class Flood:
    """Counts what was sent; times in seconds of a steady clock."""

    overall: Limit = Limit(30, 1.0)
    group: Limit = Limit(20, 60.0)
    private: Limit = Limit(5, 1.0)
    _sent: dict[object, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def count(self, chat: int, kind: str, now: float) -> None:
        """One more message. Raises Refusal 429 where it is one too many; refused ones do not count."""
        limits = {"": self.overall, chat: self.private if kind == "private" else self.group}
        for key, limit in limits.items():
            sent = self._sent[key]
            while sent and now - sent[0] >= limit.seconds:
                sent.popleft()
            if len(sent) >= limit.count:
                raise too_many(max(1, math.ceil(limit.seconds - (now - sent[0]))))
        for key in limits:
            self._sent[key].append(now)
