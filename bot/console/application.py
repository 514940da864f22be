"""The console as part of the web application: its pages, its static files, its headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles

from bot.console import home, signing_in
from bot.console.asking import pages as asking
from bot.console.frame import STATIC, console_router, missing
from bot.console.handoff import canned, conversation, queue
from bot.console.headers import ConsoleHeaders
from bot.console.knowledge import pages as knowledge
from bot.console.people import pages as people
from bot.console.progress import pages as progress
from bot.console.receipts import pages as receipts
from bot.console.security import Staff
from bot.console.switches import pages as switches
from bot.console.unanswered import pages as unanswered
from bot.console.workplace import Workplace

if TYPE_CHECKING:
    from bot.service.application import Running

ROUTERS = (
    home.router,
    asking.router,
    signing_in.router,
    people.router,
    progress.router,
    knowledge.router,
    queue.router,
    conversation.router,
    canned.router,
    unanswered.router,
    receipts.router,
    switches.router,
)
elsewhere = console_router()


@elsewhere.api_route("/{path:path}", methods=["GET", "POST"])
async def no_such_page(request: Request, path: str, member: Staff) -> Response:
    """Whatever no page of the console answers."""
    raise missing()


def add_console(app: FastAPI, running: Running) -> None:
    """Adds the console under /console."""
    app.state.workplace = Workplace(running)
    app.add_middleware(ConsoleHeaders)
    app.mount("/console/static", StaticFiles(directory=STATIC), name="console")
    for router in (*ROUTERS, elsewhere):
        app.include_router(router, include_in_schema=False)
