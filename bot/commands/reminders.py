"""`canbao reminders`: whom to remind, when and why; sending what is due; what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Now, stderr

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.secrets.sealing import Secrets
    from bot.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    help="Reminders (缴费提醒) to residents who asked for them.\n\nExample: canbao reminders plan --dry-run",
)


@app.command()
def plan(
    now: Now = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show whom, when and why; write nothing.")] = False,
    days: Annotated[int, typer.Option(min=0, max=120, help="With --dry-run: how many days ahead to look.")] = 30,
) -> None:
    """Plans what is due: twice before a window closes or a newborn's deadline, at most once a topic and week.

    Example: canbao reminders plan --dry-run --now 2021-12-17
    """
    asyncio.run(_plan(now, dry_run, days))


@app.command()
def work(
    now: Now = None,
    at_any_hour: Annotated[bool, typer.Option(help="Send by night too; for trying it out.")] = False,
) -> None:
    """Plans and sends what is due now, then ends; `canbao run` does this all day.

    Example: canbao reminders work
    """
    asyncio.run(_work(now, at_any_hour))


@app.command()
def status() -> None:
    """How many reminders are planned, sent, failed, and why.

    Example: canbao reminders status
    """
    asyncio.run(_status())


@asynccontextmanager
async def _opened() -> AsyncIterator[tuple[Settings, AsyncEngine, Secrets]]:
    from bot.secrets.opening import open_secrets
    from bot.settings import Settings
    from bot.store.database import open_database

    settings = Settings.found()
    database = await open_database(settings.database_url)
    try:
        yield settings, database, await open_secrets(database, settings)
    finally:
        await database.dispose()


def _day(settings: Settings, now: date | None) -> date:
    from datetime import UTC, datetime

    from bot.reminders.worker import CHINA

    return now or settings.now or datetime.now(UTC).astimezone(CHINA).date()


async def _plan(now: date | None, dry_run: bool, days: int) -> None:
    from bot import composition
    from bot.reminders.plan import Planner

    async with _opened() as (settings, database, secrets):
        planner = Planner(database, secrets, composition.knowledge())
        today = _day(settings, now)
        if not dry_run:
            print(f"{await planner.plan(today)} reminders planned for {today}")
            return
        count = 0
        async for one in planner.foreseen(today, days):
            count += 1
            print(one.line)
        stderr.print(f"{count} reminders from {today} for {days} days; nothing was written")


async def _work(now: date | None, at_any_hour: bool) -> None:
    from datetime import UTC, datetime

    from bot import composition
    from bot.channel import Channel
    from bot.channels.wechat.account import accounts_found
    from bot.errors import WrongUsage
    from bot.reminders.wiring import wechat_ways, worker_of
    from bot.reminders.worker import BY_DAY, CHINA

    hour = datetime.now(UTC).astimezone(CHINA).hour
    if not (at_any_hour or BY_DAY[0] <= hour < BY_DAY[1]):
        raise WrongUsage(
            f"it is {hour} o'clock in China; reminders are sent from {BY_DAY[0]} to {BY_DAY[1]} (--at-any-hour sends now)"
        )
    async with _opened() as (settings, database, secrets):
        accounts = accounts_found(settings)
        if not accounts:
            raise WrongUsage("no official account is set, so nothing can be sent; see docs/wechat.zh-CN.md")
        kb = composition.knowledge()
        async with wechat_ways(accounts, database, secrets, settings.wechat_api) as (sender, notices):
            ways = {Channel.WECHAT: sender}
            worker = worker_of(kb, database, secrets, ways, notices, _day(settings, now))
            planned = await worker.planner.plan(worker.day)
            counts = await worker.send_due()
    print(f"planned {planned}; " + (", ".join(f"{name} {count}" for name, count in counts.items()) or "nothing due"))


async def _status() -> None:
    from sqlalchemy import func, select

    from bot.reminders.consents import CONSENT, OUTBOX

    async with _opened() as (_, database, _secrets), database.connect() as connection:
        consents = await connection.scalar(select(func.count()).select_from(CONSENT))
        wanted = select(OUTBOX.c.state, OUTBOX.c.reason, func.count()).group_by(OUTBOX.c.state, OUTBOX.c.reason)
        print(f"{consents} accounts want reminders")
        for state, reason, count in (await connection.execute(wanted.order_by(OUTBOX.c.state))).all():
            print(f"{state:8} {count:6}  {reason}".rstrip())
