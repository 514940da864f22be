"""Personal data in a message: identity numbers, phones, bank cards and names give way to placeholders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric
from stdnum.luhn import checksum

from nlu.names import names_in

ID, PHONE, CARD, NAME = "__ID__", "__PHONE__", "__CARD__", "__NAME__"
PLACEHOLDER = re.compile(r"__(?:ID|PHONE|CARD|NAME)__")

_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_GAP = r"[ \-_.·，、]{0,2}"
_GROUPED = rf"\d{{6}}{_GAP}(?:\d{{4}}{_GAP}\d{{2}}{_GAP}\d{{2}}|\d{{8}}){_GAP}\d{{3}}{_GAP}[\dXx×*]"
_FREE = r"\d{4,19}(?:[ \-_.·]\d{3,}){0,5}(?:[ \-_.·]?[Xx×])?"
_DAYS = re.compile(r"(?:(?:19|20)\d{6}[ \-_.·]?)+")
_NUMBER = re.compile(rf"(?<![\d.])(?P<id>{_GROUPED}(?!\d)|{_FREE}(?!\d))")
_SAID_ID = re.compile(r"身份证|证件号|身份号码|公民身份")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ \-]?)?1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[ \-—]?[2-8]\d{6,7}(?!\d)|(?<=电话)[：是 ]{0,2}[2-8]\d{6,7}(?!\d)")


@dataclass(frozen=True)
class Screened:
    """A text with placeholders, the raw values they stand for in order, and whether an identity number is wrong."""

    text: str
    values: tuple[str, ...] = ()
    bad_id: bool = False


def is_identity_number(number: str, today: date) -> bool:
    """Whether a resident identity number (GB 11643, 18 or the old 15 digits) can be real, issued until `today`.

    County codes that were abolished or never listed pass, and so do 81, 82 and 83 (Hong Kong, Macau, Taiwan residents).
    """
    number = number.upper()
    if len(number) == 15 and number.isdecimal():
        number = f"{number[:6]}19{number[6:]}"
        number += ric.calc_check_digit(number + "0")
    if not re.fullmatch(r"\d{17}[\dX]", number) or not _PROVINCES.match(number):
        return False
    try:
        born = ric.get_birth_date(number)
    except ric.InvalidComponent:
        return False
    return date(1870, 1, 1) <= born <= today and ric.calc_check_digit(number) == number[-1]


def screen(text: str, today: date) -> Screened:
    """The text without identity numbers, phones, bank cards and introduced names."""
    return _Screening(text, today).result()


class _Screening:
    """One pass over one text: finds the values, keeps them in the order of their places."""

    def __init__(self, text: str, today: date) -> None:
        self._text, self._today = text, today
        self._found: list[tuple[int, int, str]] = []
        self._bad_id = False

    def result(self) -> Screened:
        for match in _NUMBER.finditer(self._text):
            self._long_number(match)
        for pattern in (_MOBILE, _LANDLINE):
            for match in pattern.finditer(self._text):
                self._add(match.start(), match.end(), PHONE)
        self._found.sort()
        text, values = self._replaced(self._text)
        return self._names(text, values)

    def _long_number(self, match: re.Match[str]) -> None:
        digits = re.sub(r"[^\dXx×*]", "", match.group()).upper().replace("×", "X").replace("*", "X")
        if not 14 <= len(digits) <= 19 or _DAYS.fullmatch(match.group()):
            return
        said = bool(_SAID_ID.search(self._text[max(0, match.start() - 12) : match.start()]))
        if is_identity_number(digits, self._today):
            self._add(*match.span(), ID)
        elif not said and 16 <= len(digits) <= 19 and digits.isdecimal() and checksum(digits) == 0:
            self._add(*match.span(), CARD)
        elif said or len(digits) in (15, 17, 18) or "X" in digits:
            self._bad_id = True
            self._add(*match.span(), ID)
        else:
            self._add(*match.span(), CARD)

    def _add(self, start: int, end: int, placeholder: str) -> None:
        if all(end <= a or start >= b for a, b, _ in self._found):
            self._found.append((start, end, placeholder))

    def _replaced(self, text: str) -> tuple[str, list[tuple[int, str]]]:
        parts: list[str] = []
        values: list[tuple[int, str]] = []
        position = length = 0
        for start, end, placeholder in self._found:
            parts += [text[position:start], placeholder]
            values.append((length + start - position, text[start:end]))
            length += start - position + len(placeholder)
            position = end
        return "".join(parts) + text[position:], values

    def _names(self, text: str, values: list[tuple[int, str]]) -> Screened:
        """Names come last: what introduces one may stand beside a number."""
        found = sorted(names_in(text))
        for start, name in reversed(found):
            text = text[:start] + NAME + text[start + len(name) :]
        ordered = sorted([*values, *found])
        return Screened(text, tuple(value.strip(" ：是") for _, value in ordered), self._bad_id)
