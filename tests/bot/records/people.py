"""Fictional people for the tests of the register: ID numbers with a valid check digit and a county code of nobody."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncEngine
from stdnum.cn import ric

from bot import composition
from bot.records.changes import Merging
from bot.records.entry import Entry, Held, Payment
from bot.records.loading import Loader
from bot.records.registry import Registry
from bot.records.roster.headings import Mapped
from bot.records.roster.reading import RosterReader
from bot.secrets.sealing import Secrets

KEY = bytes(range(32))
SECRETS = Secrets(KEY)
SUIXI, LIUQIAO, TIEFO = "340621", "340621102", "340621106"
TODAY = date(2021, 12, 1)
LOW = (Held("低保对象", "低保户"),)
POOREST = (Held("特困人员", "五保户"),)


def id_number(born: str = "19500307", order: int = 123) -> str:
    """A fictional ID number."""
    number = f"340699{born}{order:03d}"
    return number + ric.calc_check_digit(number + "0")


GUILAN = id_number()


def entry(order: int = 123, row: int = 2, **told: object) -> Entry:
    """A checked row of a fictional person; persons of other orders are others."""
    told = {"name": "王桂兰", "town": LIUQIAO, "village": "李村"} | told
    return Entry(row=row, id_number=id_number(order=order), birth_date=date(1950, 3, 7), **told)  # type: ignore[arg-type]


def paid(year: int = 2022, yuan: int = 320, on: date | None = date(2021, 11, 5), **told: object) -> Payment:
    """A payment of so many 元."""
    return Payment(year, "paid", paid_on=on, amount=yuan * 100, **told)  # type: ignore[arg-type]


def loader(engine: AsyncEngine, day: date = TODAY, secrets: Secrets = SECRETS, fictional: bool = False) -> Loader:
    """A loader of a roster of that day."""
    return Loader(engine, Merging(secrets, composition.knowledge().categories, SUIXI, day, None, fictional))


def registry(engine: AsyncEngine, secrets: Secrets = SECRETS) -> Registry:
    """The register of a database."""
    return Registry(engine, secrets, composition.knowledge().regions)


def reader(mapped: Mapped | None = None, year: int | None = None, county: str = SUIXI) -> RosterReader:
    """A reader of rosters on the day TODAY."""
    return RosterReader(composition.knowledge(), county, mapped or Mapped(), year, TODAY)
