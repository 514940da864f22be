"""Days of the lunar calendar (农历) and the feasts that hang on it, as days of the common calendar."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from lunar_python import Lunar, LunarYear

MONTHS = {"正": 1, "冬": 11, "腊": 12}


@lru_cache(maxsize=4096)
def lunar_day(year: int, month: int, day: int) -> date | None:
    """A day of a lunar month (腊月 is 12, a leap month negative); None where the month is shorter."""
    length = lunar_month_length(year, month)
    if length is None or not 1 <= day <= length:
        return None
    solar = Lunar.fromYmd(year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


@lru_cache(maxsize=2048)
def lunar_month_length(year: int, month: int) -> int | None:
    """29 or 30 days; None where there is no such month."""
    found = LunarYear.fromYear(year).getMonth(month) if 1900 <= year <= 2099 else None
    return None if found is None else int(found.getDayCount())


def last_lunar_day(year: int, month: int) -> date | None:
    """The last day of a lunar month: of 腊月 it is New Year's Eve (除夕)."""
    length = lunar_month_length(year, month)
    return None if length is None else lunar_day(year, month, length)


@lru_cache(maxsize=256)
def clear_and_bright(year: int) -> date:
    """清明: the solar term, 4 to 6 April."""
    solar = Lunar.fromYmd(year, 3, 1).getJieQiTable()["清明"]
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
