"""Reading single cells as staff and spreadsheets write them: days, sums of money, years, plain text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeAlias

Cell: TypeAlias = object
"""What a spreadsheet gives: text, a number, a truth value, a moment, nothing."""

_FORMULA = re.compile(r'="(.*)"')
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_YEAR = re.compile(r"(\d{4})(?:\.0+)?(?:年度?)?")
_MONEY = re.compile(r"[¥￥]?(-?\d+(?:\.\d+)?)(?:元整?|圆整?)?")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
"""Excel's numbers for the days from 1954 to 2119."""
HIGHEST = Decimal(1_000_000)


class BadCell(ValueError):
    """A cell that does not read; the words are for the staff who mend the roster."""


def plain(cell: Cell) -> str:
    """A cell as text: trimmed, full width folded, without the signs by which text is forced upon Excel."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = cell if isinstance(cell, str) else str(cell)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.strip(" \t\r\n\u200b\ufeff'’‘")
    if text.startswith('="') and (forced := _FORMULA.fullmatch(text)):
        return forced[1].strip()
    return text


def read_date(cell: Cell) -> date | None:
    """A day: a date, Excel's number, 2021-11-05, 2021/11/5, 2021.11.5, 2021年11月5日, 20211105. Raises BadCell."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return _read_day(plain(cell))


@lru_cache(maxsize=50_000)
def _read_day(text: str) -> date | None:
    if not text:
        return None
    try:
        if found := _DAY.fullmatch(text) or _SOLID.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise BadCell(f"“{_short(text)}”不是日历上的日子") from None
    if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
        return _EPOCH + timedelta(days=int(float(text)))
    raise BadCell(f"“{_short(text)}”不是日期，请写成2021-11-05这样")


@lru_cache(maxsize=10_000)
def read_fen(text: str) -> int | None:
    """A sum in fen: 280, 280.00, 280元, 1,280.50. Raises BadCell."""
    bare = text.replace(",", "").replace(" ", "")
    if not bare:
        return None
    found = _MONEY.fullmatch(bare)
    try:
        amount = Decimal(found[1]) if found else None
    except InvalidOperation:
        amount = None
    if amount is None:
        raise BadCell(f"金额“{_short(text)}”不是数字，请写成280或280.00")
    if amount < 0 or amount > HIGHEST:
        raise BadCell(f"金额“{_short(text)}”不合理，请核对")
    fen = amount * 100
    if fen != fen.to_integral_value():
        raise BadCell(f"金额“{_short(text)}”的小数超过两位，请核对")
    return int(fen)


@lru_cache(maxsize=1_000)
def read_year(text: str) -> int | None:
    """A cover year: 2022, 2022年, 2022年度. Raises BadCell."""
    if not text:
        return None
    found = _YEAR.fullmatch(text)
    if not found or not 1990 <= int(found[1]) <= 2100:
        raise BadCell(f"参保年度“{_short(text)}”不是年份，请写成2022这样")
    return int(found[1])


@lru_cache(maxsize=1_000)
def read_count(text: str) -> int | None:
    """A whole number of months. Raises BadCell."""
    if not text:
        return None
    bare = text.removesuffix("个月").removesuffix("月")
    if not (bare.isascii() and bare.isdigit() and int(bare) <= 800):
        raise BadCell(f"“{_short(text)}”不是月数，请写成30这样")
    return int(bare)


def lost_digits(cell: Cell) -> bool:
    """Whether a spreadsheet held an ID number of 18 digits as a number, of which only 15 are left."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**15


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
