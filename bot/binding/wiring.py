"""What binding adds to an assistant: whose record an account hears, the binding conversation, and the journal of looks."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.assistant import Assistant
from bot.audit.journal import Journal
from bot.binding.accounts import Accounts
from bot.binding.bound_records import BoundRecords
from bot.binding.desk import BindingDesk
from bot.binding.identity import Identity
from bot.binding.looks import Looks
from bot.binding.steps import Steps
from bot.binding.tries import Tries
from bot.records.family import Families
from bot.records.registry import Registry
from bot.secrets.sealing import Secrets


def add_binding(assistant: Assistant, engine: AsyncEngine, secrets: Secrets) -> Accounts:
    """Gives the assistant the records of one database; returns the bindings, for whoever sends reminders."""
    journal = Journal(engine)
    accounts = Accounts(engine, secrets, journal)
    registry = Registry(engine, secrets, assistant.kb.regions)
    steps = Steps(engine, secrets)
    desk = BindingDesk(
        accounts=accounts,
        steps=steps,
        tries=Tries(engine, secrets),
        identity=Identity(registry, secrets),
        journal=journal,
        sessions=assistant.sessions,
        hotline=assistant.kb.hotline,
    )
    assistant.records = BoundRecords(accounts, Families(engine, secrets, assistant.kb.regions))
    assistant.attendants = (*assistant.attendants, desk)
    assistant.reviewers = (*assistant.reviewers, Looks(journal))
    assistant.asks = (*assistant.asks, steps.asked, accounts.asked)
    return accounts
