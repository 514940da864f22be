"""What leaves the register: one person's own data, and the roster of a village or town with masked ID numbers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from bot.records.registry import Registry
from bot.records.resident import Resident, Scope, town_name
from bot.store.tables.records import CategorySpellRow, EnrolmentRow
from policy_kb.regions import Regions

HEADINGS = (
    "姓名",
    "身份证号",
    "出生日期",
    "乡镇",
    "村",
    "人员类别",
    "参保年度",
    "缴费状态",
    "档次",
    "缴费日期",
    "缴费金额",
)
STATUS = {"paid": "已缴费", "unpaid": "未缴费", "registered": "已登记", "stopped": "停保", "refunded": "已退费"}
HUKOU = {"local": "本地", "nonlocal": "外地"}
PAGE = 1000


async def own_data(registry: Registry, resident: Resident, regions: Regions, on: date) -> dict[str, Any]:
    """All that the register holds of one person, for that person; others in it are masked."""
    record = await registry.record(resident, on)
    household = await registry.household_of(resident)
    guardians = await registry.guardians_of(resident)
    return {
        "name": resident.name,
        "id_number": resident.id_number,
        "phone": resident.phone,
        "birth_date": resident.birth_date.isoformat(),
        "region": regions[resident.region].name,
        "town": record.town,
        "village": resident.village,
        "hukou": resident.hukou,
        "residence_permit": resident.residence_permit,
        "fictional": resident.fictional,
        "household": [one.masked_name for one in household if one.id != resident.id],
        "guardians": [{"name": one.masked_name, "relation": relation} for one, relation in guardians],
        "categories": [
            {
                "category": one.category,
                "word": one.word,
                "since": _iso(one.since),
                "until": _iso(one.until),
                "certified_by": one.certified_by,
            }
            for one in await registry.spells(resident)
        ],
        "enrolments": [
            {
                "year": one.year,
                "status": one.status,
                "tier": one.tier,
                "paid_on": _iso(one.paid_on),
                "amount": None if one.amount is None else f"{one.amount:.2f}",
            }
            for one in record.enrolments
        ],
        "employee_insurance": record.employee_insurance
        and {"months": record.employee_insurance.months, "ended_on": _iso(record.employee_insurance.ended_on)},
    }


async def roster(
    engine: AsyncEngine, registry: Registry, regions: Regions, scope: Scope, year: int, on: date
) -> AsyncIterator[tuple[str, ...]]:
    """The rows of a roster in the order of HEADINGS: everybody of the scope, paid or not, in pages."""
    after = 0
    while residents := await registry.in_village(scope, after, PAGE):
        ids = [one.id for one in residents]
        categories, payments = await _categories(engine, ids, on), await _payments(engine, ids, year)
        for one in residents:
            payment = payments.get(one.id)
            yield (
                one.name,
                one.masked_id,
                one.birth_date.isoformat(),
                town_name(one.town, regions),
                one.village,
                "、".join(categories.get(one.id, ())),
                str(year),
                STATUS.get(payment.status, payment.status) if payment else "没有登记",
                (payment.tier or "") if payment else "",
                (_iso(payment.paid_on) or "") if payment else "",
                f"{payment.amount / 100:.2f}" if payment and payment.amount is not None else "",
            )
        after = ids[-1]


async def _categories(engine: AsyncEngine, ids: Iterable[int], on: date) -> dict[int, list[str]]:
    since, until = col(CategorySpellRow.since), col(CategorySpellRow.until)
    holds = and_(or_(since.is_(None), since <= on), or_(until.is_(None), until >= on))
    query = select(col(CategorySpellRow.resident_id), col(CategorySpellRow.category))
    found: dict[int, list[str]] = {}
    async with engine.connect() as connection:
        for resident, category in await connection.execute(
            query.where(col(CategorySpellRow.resident_id).in_(ids), holds)
        ):
            found.setdefault(resident, []).append(category)
    return found


async def _payments(engine: AsyncEngine, ids: Iterable[int], year: int) -> dict[int, Any]:
    table: Any = EnrolmentRow.__table__  # type: ignore[attr-defined]
    query = select(table).where(table.c.resident_id.in_(ids), table.c.year == year)
    async with engine.connect() as connection:
        return {row.resident_id: row for row in await connection.execute(query)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
