"""A resident's record as a card (档案卡): the person, the year, the household, and who looked before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.audit.journal import Look
from bot.console.people.gaps import Gap, gaps
from bot.console.people.looking import reference, sees
from bot.console.people.standing import Standing, clauses, standing
from bot.console.workplace import Workplace
from bot.records.resident import Resident
from bot.staff.member import Member
from bot.store.tables.records import CategorySpellRow
from dialogues.cover_year import suggested_year
from dialogues.record import Record
from policy_kb.citation import Citation
from policy_kb.conditions import years_between
from policy_kb.knowledge import Policy

STATUS = {
    "paid": "已缴费",
    "unpaid": "未缴费",
    "registered": "已登记，未缴费",
    "stopped": "已停保",
    "refunded": "已退费",
}
LAST_LOOKS = 8


@dataclass(frozen=True)
class Kin:
    """One of the household: who it is as far as one may see, and how the year stands for this person."""

    name: str
    relation: str
    ref: str | None
    """None: not in the scope of whoever looks."""
    standing: Standing | None


@dataclass(frozen=True)
class Card:
    """All that the page of a person shows."""

    resident: Resident
    ref: str
    record: Record
    age: int
    spells: tuple[CategorySpellRow, ...]
    year: int
    years: tuple[int, ...]
    standing: Standing | None
    gaps: tuple[Gap, ...]
    citations: tuple[Citation, ...]
    household: tuple[Kin, ...]
    guardians: tuple[tuple[Resident, str], ...]
    looks: tuple[Look, ...]

    @property
    def household_pays(self) -> Decimal | None:
        """What the household still has to pay together, in 元; None where it is not one sum for everybody or nobody owes."""
        open_ones = [one.standing for one in self.household if one.standing and not one.standing.paid]
        sums = [one.pays for one in open_ones]
        return sum((one for one in sums if one), Decimal(0)) if sums and None not in sums else None


async def card(desk: Workplace, member: Member, resident: Resident, year: int | None) -> Card:
    """The card of a resident for a cover year; without one, for the year the day suggests."""
    policies = desk.kb.policies_of(_place(desk, resident))
    year = year or suggested_year(desk.kb, _place(desk, resident), desk.today, "premium")
    policy = desk.kb.policy_for(_place(desk, resident), year)
    spells = await desk.registry.spells(resident)
    record = await _record(desk, resident, year, spells)
    found = standing(desk.kb, policy, record, desk.today) if policy else None
    held = {one.notice.year for one in policies} | {one.year for one in record.enrolments} | {year}
    return Card(
        resident=resident,
        ref=reference(desk, resident.id),
        record=record,
        age=years_between(resident.birth_date, desk.today),
        spells=spells,
        year=year,
        years=tuple(sorted(held, reverse=True)[:6]),
        standing=found,
        gaps=gaps(desk.kb, found, spells, desk.today) if found else (),
        citations=clauses(found.charged_by, found.cover, found.window, found.newborn) if found else (),
        household=await _household(desk, member, resident, policy, found),
        guardians=await desk.registry.guardians_of(resident),
        looks=await desk.journal.looks_of(resident.id, LAST_LOOKS),
    )


async def shown_with(desk: Workplace, member: Member, resident: Resident) -> tuple[Resident, ...]:
    """Everybody whose record the card of a resident tells of, that person first."""
    family = await desk.registry.household_of(resident)
    return (resident, *(one for one in family if one.id != resident.id and sees(member, one)))


async def _household(
    desk: Workplace, member: Member, resident: Resident, policy: Policy | None, found: Standing | None
) -> tuple[Kin, ...]:
    family = await desk.registry.household_of(resident)
    if len(family) < 2:
        return ()
    own = Kin(resident.name, resident.household_role or "", reference(desk, resident.id), found)
    return tuple([own if one.id == resident.id else await _kin(desk, member, one, policy) for one in family])


async def _kin(desk: Workplace, member: Member, one: Resident, policy: Policy | None) -> Kin:
    if not sees(member, one):
        return Kin(one.masked_name, one.household_role or "", None, None)
    year = policy.rules.year if policy else 0
    record = await _record(desk, one, year) if policy else None
    found = standing(desk.kb, policy, record, desk.today) if policy and record else None
    return Kin(one.name, one.household_role or "", reference(desk, one.id), found)


async def _record(
    desk: Workplace, resident: Resident, year: int, spells: tuple[CategorySpellRow, ...] | None = None
) -> Record:
    """The record with the categories of the day of payment, where that year is paid; else those of today."""
    record = await desk.registry.record(resident, desk.today)
    enrolment = record.enrolment(year)
    paid_on: date | None = enrolment.paid_on if enrolment and enrolment.paid else None
    if paid_on is None or paid_on == desk.today:
        return record
    known = await desk.registry.spells(resident) if spells is None else spells
    held = [one.category for one in known if (one.since or paid_on) <= paid_on <= (one.until or paid_on)]
    return replace(record, categories=tuple(dict.fromkeys(held)))


def _place(desk: Workplace, resident: Resident) -> str:
    """The region whose notices hold for the resident."""
    return resident.town if resident.town in desk.kb.regions else resident.region
