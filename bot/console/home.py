"""The first page after the log-in (首页): where one's own place stands, and what is due next."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame import console_router, page
from bot.console.knowledge.due_soon import due_soon
from bot.console.progress.standings import Place, annex_of, together, towns, villages
from bot.console.security import Staff
from bot.console.workplace import Workplace, workplace
from bot.staff.scope import Scope
from dialogues.cover_year import suggested_year
from dialogues.places import name_of

router = console_router()

EVENTS = 3
"""How many of the days to come are shown."""


@router.get("")
async def without_slash(request: Request) -> Response:
    """To the first page."""
    return RedirectResponse("/console/", 308)


@router.get("/")
async def home(request: Request, member: Staff) -> Response:
    """The first page: one's village or county; administrators begin with the first county whose notice is held."""
    desk = workplace(request)
    county = member.scope.county or desk.kb.held_regions()[0].code
    year = suggested_year(desk.kb, county, desk.today, "premium")
    context = {
        "year": year,
        "own": await _own(desk, member.scope, county, year),
        "county": county,
        "county_name": name_of(county, desk.kb),
        "events": due_soon(desk.kb, county, desk.today)[:EVENTS],
        "notices": {name: one.notice for name, one in desk.kb.notices.items()},
    }
    return page(request, "home.html", context)


async def _own(desk: Workplace, scope: Scope, county: str, year: int) -> Place:
    if scope.village is not None and scope.town is not None:
        rows = await villages(desk, county, year, scope.town)
        return next((one for one in rows if one.code == scope.village), Place(scope.village, scope.village, 0, 0))
    annex = annex_of(desk.kb.policy_for(county, year))
    return together(name_of(county, desk.kb), await towns(desk, county, year), annex)
