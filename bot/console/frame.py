"""Every page of the console in its frame: layout, menu, who is signed in; and what is shown where a page is refused."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Coroutine, Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from bot.assistant import origin
from bot.console.navigation import ON_PHONE, is_here, menu_for
from bot.console.refusals import Missing, PasswordNeeded, Refusal, SignInNeeded, Unusable
from bot.console.security import forgery_checked, forgery_token
from bot.console.workplace import workplace
from bot.staff.member import Member
from bot.staff.placing import scope_words
from dialogues.rendering import environment as replies
from dialogues.wording import day, sentence, yuan
from policy_kb.knowledge import KnowledgeBase

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
STATIC = HERE / "static"
LOGIN, PASSWORD = "/console/login", "/console/password"
UNREADABLE = "发来的内容读不出来，请回到页面重新填写。"
DATABASE_FAILS = "数据库现在用不了，刚才的没有办成。请过一会儿再试；一直不行请告诉管理员。"
PROGRAM_FAILS = "程序出了点问题，刚才的没有办成。请再试一次；一直不行请告诉管理员。"

CHINA = timezone(timedelta(hours=8))
_ACTORS = {"resident": "本人", "command": "系统管理", "console": "登录页"}

environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def static(name: str) -> str:
    """The address of a static file, which changes with what it holds, so that no browser keeps an old one."""
    return f"/console/static/{name}?{hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def month_day(value: date) -> str:
    """`12月31日`."""
    return f"{value.month}月{value.day}日"


def moment(value: datetime) -> str:
    """`11月20日 14:05`, by the clock of China."""
    there = value.astimezone(CHINA)
    return f"{there.month}月{there.day}日 {there:%H:%M}"


def actor_words(actor: str) -> str:
    """Whom the audit names, in words: `staff:王干事` is 王干事, `command` the program's own."""
    kind, _, name = actor.partition(":")
    return name if kind == "staff" else _ACTORS.get(kind, kind)


environment.globals["static"] = static
environment.globals["icon"] = environment.get_template("icons.html").module.icon  # type: ignore[attr-defined]
environment.globals["cover_words"] = replies().get_template("starts.j2").module.cover_words  # type: ignore[attr-defined]
environment.filters.update(yuan=yuan, day=day, month_day=month_day, sentence=sentence, thousands="{:,}".format)
environment.filters.update(moment=moment, actor=actor_words)


def page(request: Request, template: str, context: Mapping[str, object] | None = None, status: int = 200) -> Response:
    """A page, or a part of one for htmx, from a template under console/templates.

    Templates find `member` (None: nobody is signed in), `menu`, `here`, `csrf`, `today`, `hotline`, `place`, `framed`.
    """
    member: Member | None = getattr(request.state, "member", None)
    desk = workplace(request)
    menu = menu_for(member.role) if member and not member.must_change else ()
    known: dict[str, object] = {
        "member": member,
        "menu": menu,
        "thumb_bar": menu[:ON_PHONE],
        "here": next((one.path for one in menu if is_here(one, request.url.path)), None),
        "csrf": forgery_token(request),
        "today": desk.today,
        "demonstration": desk.running.settings.now is not None,
        "hotline": desk.kb.hotline,
        "place": _place(desk.kb, member) if member else "",
    }
    text = environment.get_template(template).render({**known, **(context or {})})
    return HTMLResponse(text, status)


def _place(kb: KnowledgeBase, member: Member) -> str:
    return (
        scope_words(member.scope, kb.regions).rpartition("/")[2]
        if member.scope.village is None
        else "".join(scope_words(member.scope, kb.regions).split("/")[1:])
    )


class ConsoleRoute(APIRoute):
    """A route whose faults become pages in plain words; nothing of what was sent is logged."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with its faults caught."""
        handler = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handler(request)
            except RequestValidationError:
                return refused(request, Unusable("填的内容有缺漏或写法不对，请检查后再试。"))
            except Refusal as refusal:
                return refused(request, refusal)
            except HTTPException as error:
                return _said(request, Refusal.title, UNREADABLE, error.status_code)
            except SQLAlchemyError as error:
                log.error("the database fails at a page of the console: %s", origin(error))
                return _failed(request, DATABASE_FAILS, 503)
            except Exception as error:
                log.error("a page of the console failed: %s", origin(error))
                return _failed(request, PROGRAM_FAILS, 500)

        return handled


def console_router(prefix: str = "") -> APIRouter:
    """A router for pages under /console: forms are checked for forgery, faults and refusals become pages."""
    return APIRouter(prefix=f"/console{prefix}", route_class=ConsoleRoute, dependencies=[Depends(forgery_checked)])


def refused(request: Request, refusal: Refusal) -> Response:
    """The page for a refusal; without a log-in or with a first password, the way to the page that mends it."""
    if isinstance(refusal, SignInNeeded):
        return _elsewhere(request, f"{LOGIN}?next={quote(_back(request))}")
    if isinstance(refusal, PasswordNeeded):
        return _elsewhere(request, PASSWORD)
    return _said(request, refusal.title, refusal.words, refusal.status)


def _back(request: Request) -> str:
    """Where to go after the log-in: the page asked for; what was sent by a form is not sent again."""
    if request.method != "GET" or _is_part(request):
        return "/console/"
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _elsewhere(request: Request, url: str) -> Response:
    """A redirect of the whole page, also where htmx asked for a part of it."""
    return Response(status_code=401, headers={"HX-Redirect": url}) if _is_part(request) else RedirectResponse(url, 303)


def _is_part(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


def _failed(request: Request, words: str, status: int) -> Response:
    return _said(request, "出了点问题", words, status)


def _said(request: Request, title: str, words: str, status: int) -> Response:
    template = "refusal_part.html" if _is_part(request) else "refusal.html"
    return page(request, template, {"title": title, "words": words}, status)


def missing() -> Missing:
    """Nothing is at this address, or nothing that may be told of."""
    return Missing("这个页面不存在，或者已经不在了。")
