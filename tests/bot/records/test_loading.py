"""Loading entries into the register: what is new, what changes, what stays; on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from people import GUILAN, LIUQIAO, LOW, POOREST, SUIXI, TIEFO, TODAY, entry, id_number, loader, paid, registry
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.records import counts
from bot.records.counts import Count
from bot.records.entry import Employee, Entry, Payment
from bot.records.loading import Loaded
from bot.records.resident import Scope
from bot.secrets.sealing import Place, Secrets
from dialogues.record import EmployeeSpell, Enrolment, Record

NEXT = date(2022, 3, 1)


async def dump(engine: AsyncEngine) -> list[list[tuple[object, ...]]]:
    """All rows of the register but for the sealed cells, which differ each time."""
    tables = ("category_spell", "enrolment", "employee_spell", "guardian", "village", "village_year")
    queries = [f"SELECT * FROM {table} ORDER BY 1, 2, 3" for table in tables]
    queries.append("SELECT id, id_key, name_key, town, village, hukou, household_id FROM resident ORDER BY id")
    async with engine.connect() as connection:
        return [[tuple(row) for row in await connection.execute(text(query))] for query in queries]


async def record(engine: AsyncEngine, on: date = TODAY, number: str = GUILAN) -> Record:
    resident = await registry(engine).by_id_number(number)
    assert resident is not None
    return await registry(engine).record(resident, on)


async def test_somebody_new_is_found_with_all_that_the_row_told(engine: AsyncEngine) -> None:
    told = entry(
        categories=LOW,
        payment=paid(2022, 40, tier="一档"),
        employee=Employee(30, date(2021, 9, 30)),
        hukou="local",
        residence_permit=False,
        phone="19900000001",
        household="001",
        role="户主",
    )
    assert await loader(engine).load([told]) == Loaded(added=1)
    found = await registry(engine).by_id_number(f" {GUILAN.lower()} ")
    assert found is not None
    assert (found.name, found.id_number, found.phone, found.household_role) == (
        "王桂兰",
        GUILAN,
        "19900000001",
        "户主",
    )
    assert (found.masked_name, found.masked_id) == ("王*兰", f"3{'*' * 16}{GUILAN[-1]}")
    assert "王桂兰" not in repr(found)
    assert GUILAN not in repr(found)
    assert await record(engine) == Record(
        name="王桂兰",
        birth_date=date(1950, 3, 7),
        town="刘桥镇",
        hukou="local",
        residence_permit=False,
        categories=("低保对象",),
        enrolments=(Enrolment(2022, "paid", date(2021, 11, 5), Decimal(40), "一档"),),
        employee_insurance=EmployeeSpell(30, date(2021, 9, 30)),
    )


async def test_nobody_is_found_by_an_unknown_or_impossible_number(engine: AsyncEngine) -> None:
    await loader(engine).load([entry()])
    assert await registry(engine).by_id_number(id_number(order=999)) is None
    assert await registry(engine).by_id_number("'; DROP TABLE resident; --") is None
    assert await registry(engine).by_id(4711) is None


async def test_the_same_rows_again_change_nothing(engine: AsyncEngine) -> None:
    rows = [
        entry(order, categories=LOW, payment=paid(), household=f"{order // 3}", phone="19900000001")
        for order in range(9)
    ]
    await loader(engine).load(rows)
    before = await dump(engine)
    assert await loader(engine, NEXT).load(rows) == Loaded(unchanged=9)
    assert await dump(engine) == before


async def test_what_a_row_does_not_tell_stays(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(categories=LOW, payment=paid(), phone="19900000001", hukou="local", role="户主")])
    before = await dump(engine)
    assert await loader(engine, NEXT).load([entry(town="", village="")]) == Loaded(unchanged=1)
    assert await dump(engine) == before


async def test_another_category_ends_the_old_spell_and_begins_one_on_the_rosters_day(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(categories=LOW)])
    assert await loader(engine, NEXT).load([entry(categories=POOREST)]) == Loaded(changed=1)
    assert (await record(engine, date(2022, 2, 28))).categories == ("低保对象",)
    assert (await record(engine, NEXT)).categories == ("特困人员",)
    resident = await registry(engine).by_id_number(GUILAN)
    assert resident is not None
    spells = [
        (one.category, one.word, one.since, one.until, one.certified_by)
        for one in await registry(engine).spells(resident)
    ]
    assert spells == [
        ("低保对象", "低保户", None, date(2022, 2, 28), "民政部门"),
        ("特困人员", "五保户", NEXT, None, "民政部门"),
    ]


async def test_nobody_special_ends_a_spell_and_an_empty_cell_does_not(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(categories=LOW)])
    await loader(engine, NEXT).load([entry(categories=None)])
    assert (await record(engine, NEXT)).categories == ("低保对象",)
    await loader(engine, NEXT).load([entry(categories=())])
    assert (await record(engine, NEXT)).categories == ()


async def test_two_rosters_of_one_day_leave_no_spell_that_ends_before_it_begins(engine: AsyncEngine) -> None:
    for categories in (LOW, POOREST, LOW):
        await loader(engine).load([entry(categories=categories)])
    assert (await record(engine)).categories == ("低保对象",)
    async with engine.connect() as connection:
        rows = (await connection.execute(text("SELECT category, since, until FROM category_spell"))).all()
    assert [tuple(row) for row in rows] == [("低保对象", None, None)]


async def test_the_day_of_certification_counts_where_it_is_told(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(categories=LOW, certified_on=date(2021, 7, 1))])
    assert (await record(engine, date(2021, 6, 30))).categories == ()
    assert (await record(engine, date(2021, 7, 1))).categories == ("低保对象",)


async def test_a_row_of_an_earlier_year_tells_no_category_of_today(engine: AsyncEngine) -> None:
    rows = [entry(payment=paid(2021, 280), categories=LOW), entry(payment=paid(2022), categories=())]
    await loader(engine).load(rows)
    before = await dump(engine)
    assert await loader(engine).load(rows) == Loaded(unchanged=2)
    assert await dump(engine) == before
    assert (await record(engine)).categories == ()
    assert [one.year for one in (await record(engine)).enrolments] == [2021, 2022]


async def test_a_refund_takes_day_and_sum_of_the_payment_with_it(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(payment=paid(tier="一档"))])
    await loader(engine).load([entry(payment=Payment(2022, "refunded"))])
    assert (await record(engine)).enrolments == (Enrolment(2022, "refunded", None, None, "一档"),)


async def test_a_roster_without_payments_does_not_take_back_one(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(payment=paid())])
    await loader(engine).load([entry(payment=Payment(2022, None))])
    assert (await record(engine)).enrolments[0].paid


async def test_who_is_named_without_a_status_is_registered(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(payment=Payment(2022, None))])
    assert (await record(engine)).enrolments == (Enrolment(2022, "registered"),)


async def test_a_spell_of_employee_insurance_goes_on_and_ends(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(employee=Employee(30, None))])
    await loader(engine).load([entry(employee=Employee(33, date(2022, 1, 31)))])
    assert (await record(engine)).employee_insurance == EmployeeSpell(33, date(2022, 1, 31))
    await loader(engine).load([entry(employee=Employee(2, None))])
    assert (await record(engine)).employee_insurance == EmployeeSpell(2, None)


async def test_who_moves_is_found_by_name_in_the_new_town_only(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(payment=paid())])
    await loader(engine).load([entry(town=TIEFO, village="王村")])
    found = registry(engine)
    assert await found.named("王 桂兰", Scope(SUIXI, LIUQIAO)) == ()
    assert len(await found.named("王桂兰", Scope(SUIXI, TIEFO))) == 1
    assert len(await found.named("王桂兰", Scope(SUIXI))) == 1
    assert await found.named("王桂兰", Scope("340321")) == ()
    assert await counts.villages(engine, SUIXI, 2022) == (Count(TIEFO, "王村", 1, 1),)


async def test_another_name_for_a_number_counts(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(name="王桂蓝")])
    assert await loader(engine).load([entry(row=7)]) == Loaded(changed=1, renamed=(7,))
    assert (await record(engine)).name == "王桂兰"


async def test_a_household_holds_together_and_is_of_its_county(engine: AsyncEngine) -> None:
    await loader(engine).load(
        [entry(1, household="001"), entry(2, household="001"), entry(3, household="002"), entry(4)]
    )
    found = registry(engine)
    sizes = []
    for order in (1, 2, 3, 4):
        resident = await found.by_id_number(id_number(order=order))
        assert resident is not None
        sizes.append(len(await found.household_of(resident)))
    assert sizes == [2, 2, 1, 1]


async def test_guardians_are_noted_once_both_are_there(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(1), entry(2)])
    pairs = [(id_number(order=1), id_number(order=2), "母女"), (id_number(order=1), id_number(order=9), "母女")]
    assert await loader(engine).guardians(pairs) == [1]
    assert await loader(engine).guardians(pairs) == [1]
    ward = await registry(engine).by_id_number(id_number(order=1))
    guardian = await registry(engine).by_id_number(id_number(order=2))
    assert ward is not None
    assert guardian is not None
    assert [(one.id, relation) for one, relation in await registry(engine).guardians_of(ward)] == [
        (guardian.id, "母女")
    ]
    assert [(one.id, relation) for one, relation in await registry(engine).wards_of(guardian)] == [(ward.id, "母女")]


async def test_the_sums_of_villages_are_those_that_counting_gives(engine: AsyncEngine) -> None:
    def village(order: int) -> str:
        return f"{order % 3}村"

    rows = [
        entry(one, village=village(one), payment=paid() if one % 2 else Payment(2022, "unpaid")) for one in range(20)
    ]
    await loader(engine).load(rows)
    await loader(engine).load(
        [entry(1, village="0村"), entry(2, payment=paid()), entry(3, payment=Payment(2022, "refunded"))]
    )
    kept = await counts.villages(engine, SUIXI, 2022)
    towns = await counts.towns(engine, SUIXI, 2022)
    async with engine.begin() as connection:
        await counts.recount(connection)
    assert await counts.villages(engine, SUIXI, 2022) == kept
    assert towns == (Count(LIUQIAO, "", 20, 10),)
    assert (await counts.towns(engine, SUIXI, 2023))[0].paid == 0
    assert await counts.villages(engine, SUIXI, 2022, TIEFO) == ()


async def test_the_not_enrolled_come_in_pages_those_to_be_assisted_first(engine: AsyncEngine) -> None:
    rows = [
        entry(one, categories=LOW if one in (4, 6) else (), payment=paid() if one == 1 else None) for one in range(8)
    ]
    await loader(engine).load(rows)
    pages: list[int] = []
    for offset in (0, 3, 6):
        page = await registry(engine).not_enrolled(
            Scope(SUIXI, LIUQIAO, "李村"), 2022, TODAY, first=("低保对象",), offset=offset, limit=3
        )
        pages += [int(one.id_number[14:17]) for one in page]
    assert pages == [4, 6, 0, 2, 3, 5, 7]


async def test_two_loads_at_once_stand_in_line(engine: AsyncEngine) -> None:
    def some(first: int) -> list[Entry]:
        return [entry(order, household=f"{order % 7}", payment=paid()) for order in range(first, first + 300)]

    both = await asyncio.gather(loader(engine).load(some(0)), loader(engine).load(some(150)))
    assert sum(one.added for one in both) == 450
    assert (await counts.towns(engine, SUIXI, 2022)) == (Count(LIUQIAO, "", 450, 450),)


async def test_a_batch_with_a_fault_leaves_nothing_behind(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(1)])
    before = await dump(engine)
    bad = entry(3, payment=Payment(2022, "paid", amount=-1))
    with pytest.raises(Exception, match="could not be written") as caught:
        await loader(engine).load([entry(2), bad])
    assert id_number(order=3) not in str(caught.value)
    assert await dump(engine) == before


async def test_cells_of_two_people_that_are_exchanged_do_not_open(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(1, name="王一"), entry(2, name="王二")])
    async with engine.begin() as connection:
        rows = (await connection.execute(text("SELECT id, sealed_name FROM resident ORDER BY id"))).all()
        await connection.execute(
            text("UPDATE resident SET sealed_name = :cell WHERE id = :id"), {"cell": rows[1][1], "id": rows[0][0]}
        )
    with pytest.raises(Exception, match="changed or moved"):
        await registry(engine).by_id(rows[0][0])


async def test_nothing_personal_stands_readable_in_the_database(engine: AsyncEngine) -> None:
    await loader(engine).load([entry(phone="19912345678", household="H0004711")])
    async with engine.connect() as connection:
        for table in ("resident", "household"):
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()
            shown = " ".join(str(bytes(cell) if isinstance(cell, memoryview) else cell) for row in rows for cell in row)
            raw = b"".join(bytes(cell) for row in rows for cell in row if isinstance(cell, bytes | memoryview))
            for secret in ("王桂兰", GUILAN, "19912345678", "H0004711"):
                assert secret not in shown
                assert secret.encode() not in raw


async def test_another_key_finds_nobody(engine: AsyncEngine) -> None:
    await loader(engine).load([entry()])
    assert await registry(engine, Secrets(bytes(32))).by_id_number(GUILAN) is None


def test_a_merging_is_of_one_place() -> None:
    assert Place("a", "b", 1).bound != Place("a", "b1", "").bound
    assert replace(Place("a", "b", 1), row=2).bound != Place("a", "b", 1).bound
