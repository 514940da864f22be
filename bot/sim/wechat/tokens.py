"""access_token by stable_token: one that holds for two hours, renewed five minutes before its end, or on demand."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from bot.sim.wechat.account import SimAccount
from bot.sim.wechat.faults import ApiError

LIFE = 7200.0
OVERLAP = 300.0
FORCED_A_DAY = 20
FORCED_APART = 30.0
CALLS_A_MINUTE = 10_000


@dataclass
class Tokens:
    """The tokens of one account; times in seconds of the platform's clock."""

    account: SimAccount
    _ends: dict[str, float] = field(default_factory=dict)
    _current: str | None = None
    _forced: list[float] = field(default_factory=list)
    _called: list[float] = field(default_factory=list)

    def issue(self, body: dict[str, object], now: float) -> dict[str, object]:
        """The answer of stable_token. Raises ApiError."""
        self._check(body, now)
        if body.get("force_refresh"):
            self._force(now)
        if self._current is None or self._ends[self._current] - now < OVERLAP:
            self._current = secrets.token_urlsafe(96)
            self._ends[self._current] = now + LIFE
        return {"access_token": self._current, "expires_in": int(self._ends[self._current] - now)}

    def check(self, token: str | None, now: float) -> None:
        """Raises ApiError 41001, 40001 or 42001."""
        if not token:
            raise ApiError(41001)
        ends = self._ends.get(token)
        if ends is None:
            raise ApiError(40001)
        if now >= ends:
            raise ApiError(42001)

    def revoke(self) -> None:
        """All tokens become invalid, as when somebody else refreshes."""
        self._ends.clear()
        self._current = None

    def _check(self, body: dict[str, object], now: float) -> None:
        if body.get("grant_type") != "client_credential":
            raise ApiError(40002)
        if body.get("appid") != self.account.app_id:
            raise ApiError(40013)
        if not secrets.compare_digest(str(body.get("secret", "")).encode(), self.account.secret.encode()):
            raise ApiError(40125)
        self._called = [one for one in self._called if now - one < 60] + [now]
        if len(self._called) > CALLS_A_MINUTE:
            raise ApiError(45011)

    def _force(self, now: float) -> None:
        """A forced refresh: twenty a day, thirty seconds apart; else it counts as an ordinary call."""
        self._forced = [one for one in self._forced if now - one < 86400]
        if len(self._forced) >= FORCED_A_DAY:
            raise ApiError(45009)
        if self._forced and now - self._forced[-1] < FORCED_APART:
            return
        self._forced.append(now)
        self.revoke()
