"""Faults put in on purpose: error codes, broken answers and slowness of the platform's API."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field

ERRORS = {
    -1: "system error",
    0: "ok",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40008: "invalid message type",
    40013: "invalid appid",
    40016: "invalid button size",
    40017: "invalid button type",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40020: "invalid button url size",
    40023: "invalid sub button size",
    40035: "invalid parameter",
    40037: "invalid template_id",
    40066: "invalid url",
    40125: "invalid appsecret",
    41001: "access_token missing",
    42001: "access_token expired",
    43002: "require POST method",
    43101: "user refuse to accept the msg",
    44002: "empty post data",
    44004: "empty content",
    45002: "content size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45047: "out of response count limit",
    46003: "menu no exist",
    47001: "data format error",
    47003: "argument invalid",
    48001: "api unauthorized",
}


class ApiError(Exception):
    """An answer with an errcode."""

    def __init__(self, code: int, hint: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.hint = hint

    @property
    def body(self) -> dict[str, object]:
        """The answer's JSON."""
        said = ERRORS.get(self.code, "error")
        return {"errcode": self.code, "errmsg": f"{said}: {self.hint}" if self.hint else said}


@dataclass
class Faults:
    """What goes wrong next, by path; `""` stands for every path."""

    _codes: dict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque))
    _statuses: dict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque))
    _delays: dict[str, float] = field(default_factory=dict)

    def fail(self, path: str, code: int, times: int = 1) -> None:
        """The next `times` calls of `path` answer errcode `code`."""
        self._codes[path].extend([code] * times)

    def break_down(self, path: str, status: int = 502, times: int = 1) -> None:
        """The next `times` calls of `path` answer a page of a gateway instead of JSON."""
        self._statuses[path].extend([status] * times)

    def slow(self, path: str, seconds: float) -> None:
        """Every call of `path` takes so long from now on; 0 ends it."""
        self._delays[path] = seconds

    def delay(self, path: str) -> float:
        """Seconds this call takes."""
        return self._delays.get(path, self._delays.get("", 0.0))

    def status(self, path: str) -> int | None:
        """The status of a broken answer, if this call is to have one."""
        return _next(self._statuses, path)

    def code(self, path: str) -> int | None:
        """The errcode put in for this call, if any."""
        return _next(self._codes, path)


def _next(queues: dict[str, deque[int]], path: str) -> int | None:
    for name in (path, ""):
        if queues[name]:
            return queues[name].popleft()
    return None
