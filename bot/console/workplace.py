"""What the pages of the console work with, made once over the running service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, cast

from fastapi import Request

from bot.audit.journal import Journal
from bot.console.knowledge.modelled import MadeOf, made_of
from bot.records.registry import Registry
from bot.staff.accounts import Accounts, now
from bot.staff.lockout import Lockout
from bot.staff.logins import LogIns
from bot.staff.seal import Seal
from policy_kb.knowledge import KnowledgeBase, Policy

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.secrets.sealing import Secrets
    from bot.service.application import Running


@dataclass(frozen=True)
class Workplace:
    """The running service, and what the console makes of it."""

    running: Running

    @property
    def kb(self) -> KnowledgeBase:
        """The notices and the rules in them."""
        return self.running.assistant.kb

    @property
    def engine(self) -> AsyncEngine:
        """The database."""
        return self.running.database

    @property
    def secrets(self) -> Secrets:
        """What seals and finds personal data."""
        return self.running.secrets

    @property
    def today(self) -> date:
        """The day the pages stand on: that of a demonstration, else the real one."""
        return self.running.settings.now or date.today()

    @property
    def moment(self) -> datetime:
        """This moment in UTC."""
        return now()

    @cached_property
    def _made(self) -> dict[str, MadeOf]:
        return {}

    def made(self, policy: Policy) -> MadeOf:
        """What is made of each clause of a notice; worked out once."""
        if policy.id not in self._made:
            self._made[policy.id] = made_of(policy, self.kb.facts)
        return self._made[policy.id]

    @cached_property
    def seal(self) -> Seal:
        """The console's HMACs."""
        return Seal(self.secrets)

    @cached_property
    def journal(self) -> Journal:
        """The audit journal."""
        return Journal(self.engine)

    @cached_property
    def registry(self) -> Registry:
        """The register of residents."""
        return Registry(self.engine, self.secrets, self.kb.regions)

    @cached_property
    def accounts(self) -> Accounts:
        """Who may work here."""
        return Accounts(self.engine, by="console")

    @cached_property
    def log_ins(self) -> LogIns:
        """Who is signed in."""
        return LogIns(self.engine, self.seal)

    @cached_property
    def lockout(self) -> Lockout:
        """Failed log-ins."""
        return Lockout(self.engine, self.seal)


def workplace(request: Request) -> Workplace:
    """The workplace of the application that answers this request."""
    return cast("Workplace", request.app.state.workplace)
