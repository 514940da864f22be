"""A fictional village's register for the console's tests: a household, bearers of one name, assisted people, another village."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession
from stdnum.cn import ric

from bot.records import counts
from bot.records.resident import id_key, name_key
from bot.secrets.sealing import Place, Secrets
from bot.store.tables.records import CategorySpellRow, EnrolmentRow, GuardianRow, HouseholdRow, ResidentRow

COUNTY, TOWN, OTHER_TOWN = "340621", "340621102", "340621104"
VILLAGE, OTHER_VILLAGE = "虚构一村", "虚构二村"
UNASSIGNED = "349999"
"""A county code that no county has, so that no ID number here is anybody's."""


@dataclass(frozen=True)
class Person:
    """One fictional resident; `paid` holds cover year, day and sum in 元."""

    id: int
    name: str
    birth: date
    village: str = VILLAGE
    town: str = TOWN
    county: str = COUNTY
    household: int | None = None
    role: str | None = None
    paid: tuple[tuple[int, date, int], ...] = ()
    category: str | None = None
    until: date | None = None
    guardian: int | None = None
    hukou: str | None = field(default="local")

    @property
    def id_number(self) -> str:
        """With a valid check digit."""
        body = f"{UNASSIGNED}{self.birth:%Y%m%d}{self.id:03d}"
        return body + ric.calc_check_digit(body + "0")


NOVEMBER = date(2021, 11, 2)
PEOPLE = (
    Person(1, "虚构大民", date(1970, 5, 1), household=1, role="户主", paid=((2021, date(2020, 11, 2), 280), (2022, NOVEMBER, 320))),
    Person(2, "虚构秀英", date(1972, 6, 2), household=1, role="配偶", category="低保对象", until=date(2021, 3, 31)),
    Person(3, "虚构小娃", date(2021, 9, 15), household=1, role="孙子", guardian=4),
    Person(4, "虚构远方", date(1995, 1, 1), OTHER_VILLAGE, household=1, role="子"),
    Person(5, "虚构低保", date(1950, 3, 3), paid=((2022, NOVEMBER, 320),), category="低保对象"),
    Person(6, "虚构同名", date(1980, 1, 1)),
    Person(7, "虚构同名", date(1990, 2, 2), OTHER_VILLAGE),
    Person(8, "虚构同名", date(2001, 2, 2)),
    Person(9, "虚构特困", date(1948, 8, 8), category="特困人员"),
    Person(10, "虚构别镇", date(1960, 4, 4), "虚构三村", OTHER_TOWN, paid=((2022, NOVEMBER, 320),)),
    Person(11, "虚构别县", date(1961, 4, 4), "虚构四村", "340321100", "340321"),
)  # fmt: skip


def named(name: str) -> Person:
    """The first person of this name."""
    return next(one for one in PEOPLE if one.name == name)


async def settle(engine: AsyncEngine, secrets: Secrets, people: tuple[Person, ...] = PEOPLE) -> None:
    """Writes the people into an empty register."""
    async with AsyncSession(engine) as session:
        for number in sorted({one.household for one in people if one.household}):
            key = secrets.find_key(f"h{number}", "household.sealed_number", COUNTY)
            sealed = secrets.seal(f"h{number}", Place("household", "sealed_number", number))
            session.add(HouseholdRow(id=number, region=COUNTY, number_key=key, sealed_number=sealed))
        await session.flush()
        session.add_all(_resident(one, secrets) for one in people)
        await session.flush()
        session.add_all(row for one in people for row in _more(one))
        await session.commit()
    async with engine.begin() as connection:
        await counts.recount(connection)


def _resident(one: Person, secrets: Secrets) -> ResidentRow:
    return ResidentRow(
        id=one.id,
        id_key=id_key(secrets, one.id_number),
        sealed_id=secrets.seal(one.id_number, Place("resident", "sealed_id", one.id)),
        name_key=name_key(secrets, one.name, one.town),
        sealed_name=secrets.seal(one.name, Place("resident", "sealed_name", one.id)),
        birth_date=one.birth,
        region=one.county,
        town=one.town,
        village=one.village,
        hukou=one.hukou,
        household_id=one.household,
        household_role=one.role,
        fictional=True,
    )


def _more(one: Person) -> list[object]:
    rows: list[object] = [
        EnrolmentRow(resident_id=one.id, year=year, status="paid", paid_on=day, amount=sum_of * 100)
        for year, day, sum_of in one.paid
    ]
    if one.category:
        since = date(2019, 1, 1)
        rows.append(
            CategorySpellRow(resident_id=one.id, category=one.category, word=one.category, since=since, until=one.until)
        )
    if one.guardian:
        rows.append(GuardianRow(ward_id=one.id, guardian_id=one.guardian, relation="父亲"))
    return rows
