"""Who asks, with what right, and whether the form is one of ours: the dependencies of every page of the console."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request, Response

from bot.console.refusals import Forbidden, PasswordNeeded, SignInNeeded, Stale
from bot.console.workplace import workplace
from bot.staff.member import Member
from bot.staff.role import Role

COOKIE, DOOR = "canbao_staff", "canbao_door"
"""The cookie of a log-in, and the one that ties the log-in form to a browser before anybody is signed in."""
FIELD, HEADER = "csrf", "X-CSRF-Token"
BACKGROUND = "X-Background"
"""A request with this header was made by the page itself; it does not keep a log-in open."""
_SAFE = ("GET", "HEAD", "OPTIONS")
_DOOR_LENGTH = 43


async def signed_in(request: Request) -> Member:
    """Whoever is signed in, even with a first password. Raises SignInNeeded."""
    token = cookie_of(request, COOKIE)
    working = BACKGROUND not in request.headers
    found = await workplace(request).log_ins.member(token, working) if token else None
    if found is None:
        raise SignInNeeded("离开时间长了会自动退出，请重新登录。" if token else "登录后才能查看。")
    request.state.member = found
    return found


async def current_staff(member: Annotated[Member, Depends(signed_in)]) -> Member:
    """Whoever is signed in with a password of one's own. Raises SignInNeeded, PasswordNeeded."""
    if member.must_change:
        raise PasswordNeeded("您用的是初始密码，请先换成自己的密码。")
    return member


def needs(*roles: Role) -> Callable[[Member], Awaitable[Member]]:
    """A dependency for pages of these roles only; raises Forbidden for others."""

    async def checked(member: Annotated[Member, Depends(current_staff)]) -> Member:
        if member.role not in roles:
            raise Forbidden(f"这一页只给{'、'.join(one.label for one in roles)}用。")
        return member

    return checked


Staff = Annotated[Member, Depends(current_staff)]
"""Any member of staff."""
Operator = Annotated[Member, Depends(needs(Role.OPERATOR, Role.ADMIN))]
Admin = Annotated[Member, Depends(needs(Role.ADMIN))]


async def forgery_checked(request: Request) -> None:
    """Refuses what another site, or an old page, sends (CSRF). Raises Stale."""
    if request.method in _SAFE:
        return
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Stale("这个请求不是从本页发出的。请回到页面再试。")
    sent = request.headers.get(HEADER) or (await request.form()).get(FIELD)
    if not isinstance(sent, str) or not _is_ours(request, sent):
        raise Stale("页面开得太久，或者您重新登录过。请刷新页面再试一次。")


def _is_ours(request: Request, sent: str) -> bool:
    """Whether the token is that of this browser's log-in or, for the log-in form itself, of its door."""
    held = [cookie for name in (COOKIE, DOOR) if (cookie := cookie_of(request, name))]
    return any(workplace(request).seal.matches(FIELD, cookie, sent) for cookie in held)


def forgery_token(request: Request) -> str:
    """What forms carry in the field `csrf`, and htmx in a header: that of the door on the log-in page, else the log-in's."""
    door: str = getattr(request.state, "door", "")
    return workplace(request).seal.of(FIELD, door or cookie_of(request, COOKIE))


def open_door(request: Request) -> str:
    """The door's cookie of this browser, made where there is none; the page's forms belong to it."""
    known = cookie_of(request, DOOR)
    door = known if len(known) == _DOOR_LENGTH else secrets.token_urlsafe(32)
    request.state.door = door
    return door


def cookie_of(request: Request, name: str) -> str:
    """The cookie's value; empty where there is none."""
    return request.cookies.get(_named(request, name), "")


def set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """A cookie for this browser window only: no script reads it, no other site sends it."""
    secure = request.url.scheme == "https"
    response.set_cookie(_named(request, name), value, path="/", httponly=True, samesite="strict", secure=secure)


def drop_cookie(request: Request, response: Response, name: str) -> None:
    """Takes the cookie back."""
    secure = request.url.scheme == "https"
    response.delete_cookie(_named(request, name), path="/", httponly=True, samesite="strict", secure=secure)


def _named(request: Request, name: str) -> str:
    """With https the name under which browsers refuse a cookie that another host or plain http set."""
    return f"__Host-{name}" if request.url.scheme == "https" else name
