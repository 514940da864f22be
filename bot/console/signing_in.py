"""Log-in, log-out and the change of one's password (登录、退出、改密码)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from math import ceil
from typing import Annotated

from fastapi import Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.audit.entry import Action, Entry
from bot.console.frame import LOGIN, PASSWORD, console_router, page
from bot.console.security import COOKIE, DOOR, cookie_of, drop_cookie, open_door, set_cookie, signed_in
from bot.console.workplace import Workplace, workplace
from bot.staff.accounts import Accounts
from bot.staff.errors import WeakPassword
from bot.staff.logins import IDLE
from bot.staff.member import Member
from bot.staff.password import LONGEST, SHORTEST, check_new, hashed, matches

router = console_router()

HOME = "/console/"
WRONG = "用户名或密码不对。忘了密码，请管理员重新设一个。"
NOBODY = "console"
"""The actor of what happens before anybody is signed in."""
Text = Annotated[str, Form(max_length=LONGEST * 2)]
SignedIn = Annotated[Member, Depends(signed_in)]


@router.get("/login")
async def log_in_page(request: Request, next: str = "") -> Response:
    """The log-in page; who was led here from another page is told why."""
    return _log_in(request, next or HOME, led=bool(next))


@router.post("/login")
async def log_in(request: Request, name: Text = "", password: Text = "", next: Text = HOME) -> Response:
    """Opens a log-in; names nobody has, wrong passwords and closed accounts look alike and take the same time."""
    desk, address = workplace(request), request.client.host if request.client else ""
    wait = await desk.lockout.claim(name, address)
    if wait:
        return _log_in(request, next, name, _too_many(wait), 429)
    member = await desk.accounts.find(name)
    right = await asyncio.to_thread(matches, member.password if member else None, password)
    if member is None or not right or member.disabled:
        await _note_failure(desk, member, address)
        return _log_in(request, next, name, WRONG, 401)
    await desk.lockout.forgive(name, address)
    await desk.journal.note(Entry(member.actor, Action.LOGGED_IN))
    return await _opened(request, member, PASSWORD if member.must_change else _own_page(next))


@router.post("/logout")
async def log_out(request: Request, member: SignedIn) -> Response:
    """Ends the log-in."""
    desk = workplace(request)
    await desk.log_ins.close(cookie_of(request, COOKIE))
    await desk.journal.note(Entry(member.actor, Action.LOGGED_OUT))
    response = RedirectResponse(LOGIN, 303)
    drop_cookie(request, response, COOKIE)
    return response


@router.get("/password")
async def password_page(request: Request, member: SignedIn) -> Response:
    """The page that changes one's password."""
    return _password(request)


@router.post("/password")
async def change_password(
    request: Request, member: SignedIn, old: Text = "", new: Text = "", again: Text = ""
) -> Response:
    """Another password; every other log-in of this account ends."""
    desk, address = workplace(request), request.client.host if request.client else ""
    wait = await desk.lockout.claim(member.name, address)
    if wait:
        return _password(request, _too_many(wait), 429)
    if not await asyncio.to_thread(matches, member.password, old):
        return _password(request, "原来的密码不对。", 422)
    await desk.lockout.forgive(member.name, address)
    try:
        check_new(new, member.name, old)
    except WeakPassword as error:
        return _password(request, str(error), 422)
    if new != again:
        return _password(request, "两次填的新密码不一样，请重填。", 422)
    made = await asyncio.to_thread(hashed, new)
    await Accounts(desk.engine, by=member.actor).set_password(member, made, must_change=False)
    return await _opened(request, member, HOME)


async def _opened(request: Request, member: Member, path: str) -> Response:
    """On to a page, with a new log-in: a token from before cannot be one that somebody else knows."""
    response = RedirectResponse(path, 303)
    set_cookie(request, response, COOKIE, await workplace(request).log_ins.open(member))
    return response


async def _note_failure(desk: Workplace, member: Member | None, address: str) -> None:
    """A failed try; a name that nobody has is not written down, for people type passwords there."""
    detail = {"staff": member.name if member else None, "from": desk.seal.of("address", address)[:8]}
    await desk.journal.note(Entry(NOBODY, Action.LOGIN_FAILED, detail=detail))


def _log_in(
    request: Request, next: str, name: str = "", fault: str = "", status: int = 200, led: bool = False
) -> Response:
    door = open_door(request)
    context = {"next": _own_page(next), "name": name, "fault": fault, "led": led, "idle": IDLE.seconds // 60}
    response = page(request, "login.html", context, status)
    set_cookie(request, response, DOOR, door)
    return response


def _password(request: Request, fault: str = "", status: int = 200) -> Response:
    return page(request, "password.html", {"fault": fault, "shortest": SHORTEST}, status)


def _own_page(next: str) -> str:
    """The page to go on to, only ever one of the console."""
    return next if next.startswith(HOME) and "\\" not in next and next.isprintable() else HOME


def _too_many(wait: timedelta) -> str:
    minutes = ceil(wait.total_seconds() / 60)
    return f"试错太多次了，为了安全先停一停，请{minutes}分钟后再试。"
