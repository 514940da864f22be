"""What the Bot API answers: `ok` with a result, or an error with its code and, after too many requests, how long to wait."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field

BLOCKED = "Forbidden: bot was blocked by the user"


class Refusal(Exception):
    """An answer with `ok` false."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    @property
    def body(self) -> dict[str, object]:
        """The answer's JSON."""
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def too_many(seconds: int) -> Refusal:
    """429 with the seconds to wait."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", seconds)


@dataclass
class Faults:
    """What goes wrong next, by method; `""` stands for every method."""

    _next: dict[str, deque[Refusal]] = field(default_factory=lambda: defaultdict(deque))
    _delays: dict[str, float] = field(default_factory=dict)

    def fail(self, method: str, refusal: Refusal, times: int = 1) -> None:
        """The next `times` calls of `method` are refused."""
        self._next[method].extend([refusal] * times)

    def slow(self, method: str, seconds: float) -> None:
        """Every call of `method` takes so long from now on; 0 ends it."""
        self._delays[method] = seconds

    def delay(self, method: str) -> float:
        """Seconds this call takes."""
        return self._delays.get(method, self._delays.get("", 0.0))

    def refusal(self, method: str) -> Refusal | None:
        """The refusal put in for this call, if any."""
        for name in (method, ""):
            if self._next[name]:
                return self._next[name].popleft()
        return None
