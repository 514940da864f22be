"""Citizen ID numbers (公民身份号码, GB 11643): what can be one, and how one is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from stdnum.cn import ric

from bot.errors import BadIdNumber

_FULL = re.compile(r"[0-9]{17}[0-9X]")
_OLD = re.compile(r"[0-9]{15}")
_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
"""The provinces, 71 with residents' numbers of 81, 82 and 83 (港澳台居民居住证), and 91 (foreigners' permanent residence).

Counties are not held against a list: codes that were abolished stay in the numbers of those who were born there.
"""
_SPREADSHEET = re.compile(r"[0-9]\.?[0-9]*[Ee]\+?[0-9]+")
_OLDEST = 1870
_SEPARATORS = str.maketrans("", "", " \t\r\n\u3000\xa0\u200b\ufeff-—'’‘`")
_WIDE = str.maketrans("０１２３４５６７８９ＸｘxХх×", "0123456789XXXXXX")


@dataclass(frozen=True)
class IdNumber:
    """An ID number of 18 characters; prints masked."""

    text: str = field(repr=False)
    birth_date: date
    was_old: bool = False
    """Whether it was written with 15 digits, as before 1999."""

    @property
    def masked(self) -> str:
        """First and last character, the rest as stars."""
        return masked_id(self.text)

    @property
    def is_female(self) -> bool:
        """The 17th digit is even for women."""
        return int(self.text[16]) % 2 == 0

    def __repr__(self) -> str:
        return f"IdNumber({self.masked})"


def masked_id(text: str) -> str:
    """An ID number as it may be shown: 3****************6."""
    return f"{text[0]}{'*' * (len(text) - 2)}{text[-1]}" if len(text) > 2 else "*" * len(text)


def read_id_number(text: str, today: date) -> IdNumber:
    """The ID number that a text is, issued until `today`; a number of 15 digits as that of 18. Raises BadIdNumber."""
    number = text if _FULL.fullmatch(text) else text.translate(_WIDE).translate(_SEPARATORS)
    if old := bool(_OLD.fullmatch(number)):
        number = f"{number[:6]}19{number[6:]}"
        number += ric.calc_check_digit(number + "0")
    elif not _FULL.fullmatch(number):
        raise BadIdNumber(_why_not(number))
    if not _PROVINCES.match(number):
        raise BadIdNumber(f"身份证号的前两位（{number[:2]}）不是任何省份的代码，请核对")
    born = _birth_date(number, today)
    if not old and number[-1] != ric.calc_check_digit(number):
        lost = "；末尾是000，可能是Excel把数字截短了，请把这一列设成文本再填" if number.endswith("000") else ""
        raise BadIdNumber(f"身份证号的校验位不对，有一位写错了，请核对{lost}")
    return IdNumber(number, born, old)


def _why_not(number: str) -> str:
    if not number:
        return "没有身份证号"
    if _SPREADSHEET.fullmatch(number) and "e" in number.lower():
        return "身份证号被Excel变成了科学计数法，后几位已经丢了，请把这一列设成文本再填"
    if not re.fullmatch(r"[0-9X]+", number):
        return "身份证号里有不该有的字，只能是数字，最后一位可以是X"
    return f"身份证号是{len(number)}位，应该是18位"


def _birth_date(number: str, today: date) -> date:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise BadIdNumber("身份证号里的出生日期不是日历上的日子，请核对") from None
    if born > today:
        raise BadIdNumber("身份证号里的出生日期还没到，请核对")
    if born.year < _OLDEST:
        raise BadIdNumber("身份证号里的出生年份太早，请核对")
    return born
