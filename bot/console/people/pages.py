"""The pages of people: look-up by name or ID number, the reason, the card."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.audit.entry import Entry
from bot.console.frame import console_router, page
from bot.console.people.card import STATUS, card, shown_with
from bot.console.people.looking import (
    ELSEWHERE,
    LONGEST_REASON,
    OTHER,
    REASONS,
    Pass,
    find,
    note_looks,
    reason_of,
    reference,
    sees,
)
from bot.console.refusals import Unusable
from bot.console.security import Staff
from bot.console.workplace import Workplace, workplace
from bot.errors import BadIdNumber
from bot.records.id_number import read_id_number
from bot.records.person_name import fault_of_name, tidy_name
from bot.records.resident import Resident, Scope
from bot.staff.member import Member

router = console_router("/people")

MOST = 50
"""Bearers of one name that are listed; more are to be found by their ID number."""
SEARCHED = "searched"
"""The audit's word for a look-up by name that showed a list; neither the name nor who was found is written down."""
Text = Annotated[str, Form(max_length=200)]


@dataclass(frozen=True)
class Sought:
    """What was filled in, and who bears the name: each with what stands for the person in an address."""

    who: str = ""
    reason: str = ""
    written: str = ""
    county: str = ""
    found: tuple[tuple[str, Resident], ...] = ()
    more: bool = False


@router.get("")
async def search_page(request: Request, member: Staff) -> Response:
    """The form to look somebody up."""
    return _search(request, member, Sought())


@router.post("")
async def search(
    request: Request, member: Staff, who: Text = "", reason: Text = "", written: Text = "", county: Text = ""
) -> Response:
    """One person goes to the card, several bearers of a name to a list; what is outside the scope does not exist here."""
    desk = workplace(request)
    sought = Sought(who, reason, written, county)
    try:
        why = reason_of(reason, written)
        found = await _found(desk, member, who, county)
    except Unusable as fault:
        return _search(request, member, sought, fault.words, 422)
    if not found:
        return _search(request, member, sought, ELSEWHERE, 404)
    if len(found) == 1:
        return await _to_card(request, member, found[0], why)
    await desk.journal.note(Entry(member.actor, SEARCHED, reason=why, detail={"found": len(found)}))
    listed = tuple((reference(desk, one.id), one) for one in found[:MOST])
    return _search(request, member, replace(sought, found=listed, more=len(found) > MOST))


@router.get("/{ref}")
async def card_page(request: Request, member: Staff, ref: str, look: str = "", year: int | None = None) -> Response:
    """The card, for a log-in that gave its reason within the last half hour; else the question for the reason."""
    desk = workplace(request)
    resident = await find(desk, member, ref)
    if not Pass(request, resident.id).holds(look):
        return page(request, "people/reason.html", {"ref": ref, **_reasons()})
    shown = await card(desk, member, resident, year)
    context = {"card": shown, "look": look, "statuses": STATUS, "notices": desk.kb.notices, "kb": desk.kb}
    return page(request, "people/card.html", context)


@router.post("/{ref}")
async def look(request: Request, member: Staff, ref: str, reason: Text = "", written: Text = "") -> Response:
    """Writes the look down with its reason, then goes to the card."""
    resident = await find(workplace(request), member, ref)
    try:
        why = reason_of(reason, written)
    except Unusable as fault:
        context = {"ref": ref, **_reasons(reason, written), "fault": fault.words}
        return page(request, "people/reason.html", context, 422)
    return await _to_card(request, member, resident, why)


async def _to_card(request: Request, member: Member, resident: Resident, why: str) -> Response:
    desk = workplace(request)
    await note_looks(desk, member, await shown_with(desk, member, resident), why)
    ref = reference(desk, resident.id)
    return RedirectResponse(f"/console/people/{ref}?look={Pass(request, resident.id).issue()}", 303)


async def _found(desk: Workplace, member: Member, who: str, county: str) -> tuple[Resident, ...]:
    """Who is meant, within the scope. Raises Unusable with what is wrong with the words."""
    if any(letter.isdigit() for letter in who):
        try:
            number = read_id_number(who, desk.today).text
        except BadIdNumber as error:
            raise Unusable(f"{error}。") from None
        one = await desk.registry.by_id_number(number)
        return (one,) if one and sees(member, one) else ()
    name = tidy_name(who)
    if fault := fault_of_name(name):
        raise Unusable(f"{fault}。请填完整的姓名，或18位身份证号。")
    place = _place(desk, member, county)
    found = await desk.registry.named(name, place, MOST + 1)
    return tuple(one for one in found if sees(member, one))


def _place(desk: Workplace, member: Member, county: str) -> Scope:
    """Where names are looked for: the member's own place; administrators choose the county. Raises Unusable."""
    scope = member.scope
    if scope.county is not None:
        return Scope(scope.county, scope.town, scope.village)
    if county not in desk.kb.regions:
        raise Unusable("按姓名查，请先选县（区）。")
    return Scope(county)


def _search(request: Request, member: Member, sought: Sought, fault: str = "", status: int = 200) -> Response:
    desk = workplace(request)
    counties = desk.kb.held_regions() if member.scope.county is None else ()
    context = {"sought": sought, "counties": counties, "most": MOST, **_reasons(sought.reason, sought.written)}
    return page(request, "people/search.html", {**context, "fault": fault}, status)


def _reasons(reason: str = "", written: str = "") -> dict[str, object]:
    given = {"reason": reason, "written": written, "fault": ""}
    return {"reasons": REASONS, "other": OTHER, "longest_reason": LONGEST_REASON, **given}
