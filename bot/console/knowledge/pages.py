"""The pages of the knowledge base: all notices and what is due, one notice, two side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from bot.console.frame import console_router, page
from bot.console.knowledge.due_soon import AHEAD, births, due_soon
from bot.console.knowledge.modelled import tally
from bot.console.refusals import Missing
from bot.console.security import Staff
from bot.console.workplace import Workplace, workplace
from bot.staff.member import Member
from dialogues.cover_year import suggested_year
from dialogues.places import name_of
from policy_kb.difference import difference
from policy_kb.knowledge import Policy

router = console_router("/knowledge")

Code = Annotated[str, Query(max_length=60)]


@router.get("")
async def overview(request: Request, member: Staff, county: Code = "") -> Response:
    """What becomes due for a county, and every notice held with what is made of it."""
    desk = workplace(request)
    code = _county(desk, member, county)
    policy = desk.kb.policy_for(code, suggested_year(desk.kb, code, desk.today, "newborn"))
    held = sorted(desk.kb.notices.values(), key=lambda one: (one.notice.region != code, -one.notice.year, one.id))
    context = {
        "county": code,
        "county_name": name_of(code, desk.kb),
        "counties": desk.kb.held_regions(),
        "events": due_soon(desk.kb, code, desk.today),
        "ahead": AHEAD.days,
        "births": births(desk.kb, policy, desk.today) if policy else None,
        "policies": [(one, name_of(one.notice.region, desk.kb), tally(desk.made(one))) for one in held],
        "notices": {name: one.notice for name, one in desk.kb.notices.items()},
    }
    return page(request, "knowledge/overview.html", context)


@router.get("/compare")
async def compare(request: Request, member: Staff, left: Code = "", right: Code = "", all: bool = False) -> Response:
    """Two notices in what they decide, in plain words; only where they differ, unless all is asked for."""
    desk = workplace(request)
    own = [one.id for one in desk.kb.policies_of(member.scope.county or "")]
    known = [*own, *(name for name in desk.kb.notices if name not in own)]
    first, second = _policy(desk, left or known[0]), _policy(desk, right or known[1])
    rows = difference(first, second, desk.kb.facts)
    shown = [one for one in rows if all or one.differs]
    context = {
        "left": first.notice,
        "right": second.notice,
        "rows": shown,
        "same": sum(1 for one in rows if not one.differs),
        "all": all,
        "policies": [(name, _named(desk, desk.kb.notices[name])) for name in known],
        "names": (_named(desk, first), _named(desk, second)),
    }
    return page(request, "knowledge/compare.html", context)


@router.get("/{notice}")
async def read(request: Request, member: Staff, notice: str) -> Response:
    """A notice as it reads, an anchor a clause, and beside each what is made of it."""
    desk = workplace(request)
    policy = _policy(desk, notice)
    context = {"policy": policy, "notice": policy.notice, "made": desk.made(policy), "tally": tally(desk.made(policy))}
    return page(request, "knowledge/notice.html", {**context, "region": name_of(policy.notice.region, desk.kb)})


def _county(desk: Workplace, member: Member, county: str) -> str:
    """The county asked for; anybody may read any county's notices, they are public."""
    held = [one.code for one in desk.kb.held_regions()]
    return county if county in held else member.scope.county or held[0]


def _policy(desk: Workplace, notice: str) -> Policy:
    if notice not in desk.kb.notices:
        raise Missing("没有这份文件。请从政策库里选一份。")
    return desk.kb.notices[notice]


def _named(desk: Workplace, policy: Policy) -> str:
    return f"{name_of(policy.notice.region, desk.kb)}{policy.notice.year}年度"
