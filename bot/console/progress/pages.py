"""The pages of progress: the county by towns, a town by villages, a village's list, and their files."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Query, Request, Response

from bot.audit.entry import Action, Detail, Entry
from bot.console.frame import console_router, page
from bot.console.people.looking import LONGEST_REASON, OTHER, REASONS
from bot.console.progress.csv_file import csv_file
from bot.console.progress.not_enrolled import A_PAGE, Missing, not_enrolled
from bot.console.progress.standings import Place, annex_of, together, towns, villages
from bot.console.refusals import Forbidden, Unusable
from bot.console.security import Staff
from bot.console.workplace import Workplace, workplace
from bot.records.resident import Scope, town_name
from bot.staff.member import Member
from dialogues.cover_year import suggested_year
from dialogues.places import name_of

router = console_router("/progress")

LISTED = "listed"
"""The audit's word for a list of names that was shown; whose records were opened from it stands by itself."""
AT_ONCE = 200
"""People of an export that are read and written into the journal at a time, so that others can write between."""
MOST = 20_000
"""People of one export."""
NOT_YOURS = "只能看自己辖区的进度和名单。"
Code = Annotated[str, Query(max_length=60)]
Year = Annotated[int | None, Query(ge=2000, le=2100)]


@router.get("")
async def county_page(request: Request, member: Staff, county: Code = "", year: Year = None) -> Response:
    """The towns of a county, by chart and table."""
    desk = workplace(request)
    code, cover_year = _asked(desk, member, county, year)
    annex = annex_of(desk.kb.policy_for(code, cover_year))
    rows = await towns(desk, code, cover_year)
    context = {
        **_choices(desk, member, code, cover_year),
        "places": rows,
        "sum": together("合计", rows, annex),
        "annex": annex,
        "own": member.scope,
    }
    return page(request, "progress/county.html", context)


@router.get("/table")
async def county_file(request: Request, member: Staff, county: Code = "", year: Year = None) -> Response:
    """The county's table as a file; it holds no person."""
    desk = workplace(request)
    code, cover_year = _asked(desk, member, county, year)
    rows = [*(await towns(desk, code, cover_year))]
    whole = together("合计", rows, annex_of(desk.kb.policy_for(code, cover_year)))
    return csv_file(f"{name_of(code, desk.kb)}{cover_year}年度参保进度", _HEADS, (_row(one) for one in (*rows, whole)))


@router.get("/town")
async def town_page(request: Request, member: Staff, town: Code, county: Code = "", year: Year = None) -> Response:
    """The villages of a town."""
    desk = workplace(request)
    code, cover_year = _asked(desk, member, county, year)
    rows = await villages(desk, code, cover_year, town)
    name = town_name(town, desk.kb.regions) or "镇没登记"
    target = next((one.target for one in await towns(desk, code, cover_year) if one.code == town), None)
    whole = together(name, rows)
    listed = {one.code for one in rows if member.scope.sees(code, town, one.code)}
    context = {
        **_choices(desk, member, code, cover_year),
        "town": town,
        "name": name,
        "places": rows,
        "sum": Place(town, name, whole.residents, whole.paid, target),
        "listed": listed,
    }
    return page(request, "progress/town.html", context)


@router.get("/people")
async def list_page(
    request: Request,
    member: Staff,
    town: Code,
    village: Code,
    county: Code = "",
    year: Year = None,
    after: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Who of a village has not paid, assisted categories first; noted in the journal."""
    desk = workplace(request)
    code, cover_year = _asked(desk, member, county, year)
    scope = _village(member, code, town, village)
    found = await not_enrolled(desk, scope, cover_year, after)
    count = next((one.unpaid for one in await villages(desk, code, cover_year, town) if one.code == village), 0)
    detail: Detail = {"town": town, "village": village, "year": cover_year, "from": after, "people": len(found)}
    if found:
        await desk.journal.note(Entry(member.actor, LISTED, reason="未参保名单", detail=detail))
    context = {
        **_choices(desk, member, code, cover_year),
        "town": town,
        "town_name": town_name(town, desk.kb.regions),
        "village": village,
        "found": found,
        "count": count,
        "after": after,
        "step": A_PAGE,
        "reasons": (*REASONS, OTHER),
        "longest_reason": LONGEST_REASON,
    }
    return page(request, "progress/people.html", context)


@router.post("/people/file")
async def list_file(
    request: Request,
    member: Staff,
    town: Annotated[str, Form(max_length=60)],
    village: Annotated[str, Form(max_length=60)],
    year: Annotated[int, Form(ge=2000, le=2100)],
    county: Annotated[str, Form(max_length=60)] = "",
    reason: Annotated[str, Form(max_length=LONGEST_REASON)] = "",
) -> Response:
    """The whole list as a file with masked ID numbers; everybody in it is noted in the journal, with the reason."""
    desk = workplace(request)
    code, cover_year = _asked(desk, member, county, year)
    scope = _village(member, code, town, village)
    why = " ".join(reason.split())
    if len(why) < 2:
        raise Unusable("请写明导出做什么用，比如“上门动员”。")
    people: list[Missing] = []
    while len(people) < MOST and (some := await not_enrolled(desk, scope, cover_year, len(people), AT_ONCE)):
        await _note_exported(desk, member, some, why)
        people += some
    name = f"{town_name(town, desk.kb.regions)}{village}{cover_year}年度未参保名单"
    return csv_file(name, _LIST_HEADS, (_line(at, one) for at, one in enumerate(people, 1)))


async def _note_exported(desk: Workplace, member: Member, people: tuple[Missing, ...], why: str) -> None:
    async with desk.journal.writing() as connection:
        for one in people:
            entry = Entry(member.actor, Action.EXPORTED, one.resident.id, f"导出未参保名单：{why}")
            await desk.journal.note_in(connection, entry)


_HEADS = ("镇村", "档案人数", "已缴费", "任务数", "还差", "完成比例")
_LIST_HEADS = ("序号", "姓名", "身份证号（遮住）", "年龄", "类别", "应缴（元）")


def _row(one: Place) -> tuple[object, ...]:
    share = f"{one.share:.1%}" if one.share is not None else ""
    return one.name, one.residents, one.paid, one.target if one.target is not None else "", one.missing, share


def _line(at: int, one: Missing) -> tuple[object, ...]:
    pays = "看情况" if one.pays is None else f"{one.pays.normalize():f}"
    return at, one.resident.name, one.resident.masked_id, one.age, "、".join(one.categories), pays


def _asked(desk: Workplace, member: Member, county: str, year: int | None) -> tuple[str, int]:
    """The county and cover year asked for. Raises Forbidden for a county that is not the member's."""
    held = [one.code for one in desk.kb.held_regions()]
    code = county or member.scope.county or held[0]
    if not member.scope.sees_county(code):
        raise Forbidden(NOT_YOURS)
    if code not in desk.kb.regions:
        raise Unusable("没有这个县（区），请重新选。")
    return code, year or suggested_year(desk.kb, code, desk.today, "premium")


def _village(member: Member, county: str, town: str, village: str) -> Scope:
    """One village, where the member may see its people. Raises Forbidden."""
    if not member.scope.sees(county, town, village):
        raise Forbidden(NOT_YOURS)
    return Scope(county, town, village)


def _choices(desk: Workplace, member: Member, county: str, year: int) -> dict[str, object]:
    """The county and year, and what else can be chosen."""
    known = {one.notice.year for one in desk.kb.policies_of(county)}
    years = sorted({*known, desk.today.year, desk.today.year + 1, year}, reverse=True)
    counties = desk.kb.held_regions() if member.scope.county is None else ()
    return {
        "county": county,
        "county_name": name_of(county, desk.kb),
        "year": year,
        "years": years,
        "counties": counties,
    }
