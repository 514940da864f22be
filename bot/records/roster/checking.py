"""Checking the rows of one sheet: from cells to an entry, or to the reason why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.errors import BadIdNumber
from bot.records.entry import Employee, Entry, Payment
from bot.records.id_number import IdNumber, read_id_number
from bot.records.person_name import fault_of_name, tidy_name
from bot.records.roster.category_words import CategoryWords
from bot.records.roster.cells import BadCell, Cell, lost_digits, plain, read_count, read_date, read_fen, read_year
from bot.records.roster.headings import Layout, Mapped, roster_words
from bot.records.roster.places import Places, village_name

_PHONE = re.compile(r"\+?[0-9][0-9 \-/]{5,24}")
_EARLIEST = date(1998, 1, 1)
_ROLE = 20


class RowChecker:
    """Reads and checks rows of one layout."""

    def __init__(
        self, layout: Layout, mapped: Mapped, places: Places, categories: CategoryWords, year: int | None, today: date
    ) -> None:
        """`year` is the cover year where the rows have none of their own."""
        words = roster_words()
        self._at = layout.columns
        self._least = max(layout.columns.values()) + 1
        self._mapped = mapped.words
        self._places = places
        self._categories = categories
        self._year = year
        self._today = today
        self._status = {word: status for status, known in words.status.items() for word in known}
        self._hukou = {word: hukou for hukou, known in words.hukou.items() for word in known}
        self._yes_no = {str(word): True for word in words.yes} | {str(word): False for word in words.no}
        self._tiers = {word: tier for tier, known in words.tier.items() for word in known}
        self.remarks: list[str] = []
        """What was noticed about the last row, though it was taken."""

    def entry(self, row: int, cells: Sequence[Cell]) -> Entry:
        """The checked entry of a row. Raises BadCell, BadIdNumber with the reason for the staff."""
        self.remarks = []
        if len(cells) < self._least:
            cells = [*cells, *[None] * (self._least - len(cells))]
        number = self._id_number(cells)
        name = tidy_name(self._text(cells, "name"))
        if fault := fault_of_name(name):
            raise BadCell(fault)
        town, village = self._place(cells)
        return Entry(
            row=row,
            id_number=number.text,
            name=name,
            birth_date=number.birth_date,
            town=town,
            village=village,
            phone=self._phone(cells),
            hukou=self._word(cells, "hukou", self._hukou),
            residence_permit=self._flag(cells, "residence_permit"),
            household=self._text(cells, "household")[:40] or None,
            role=self._text(cells, "role")[:_ROLE] or None,
            categories=self._categories.held(self._text(cells, "category")),
            certified_on=self._past(cells, "certified_on"),
            payment=self._payment(cells),
            employee=self._employee(cells),
            **self._guardian(cells, number.text),
        )

    def _cell(self, cells: Sequence[Cell], field: str) -> Cell:
        at = self._at.get(field)
        return None if at is None else cells[at]

    def _text(self, cells: Sequence[Cell], field: str) -> str:
        at = self._at.get(field)
        if at is None:
            return ""
        text = plain(cells[at])
        table = self._mapped.get(field)
        return table.get(text, text) if table else text

    def _id_number(self, cells: Sequence[Cell]) -> IdNumber:
        cell = self._cell(cells, "id_number")
        if lost_digits(cell):
            raise BadCell("身份证号被Excel当成数字，只剩前15位，请把这一列设成文本再填")
        number = read_id_number(plain(cell), self._today)
        if number.was_old:
            self.remarks.append("身份证号是15位的老号，已按18位登记，请核对")
        return number

    def _place(self, cells: Sequence[Cell]) -> tuple[str, str]:
        self._places.check_county(self._text(cells, "county"))
        town = self._places.town(self._text(cells, "town"))
        village = village_name(self._text(cells, "village"))
        if town and village:
            return town, village
        address = self._text(cells, "address")
        if not address:
            return town, village
        found = self._places.in_address(address)
        if found is None:
            self.remarks.append(f"户籍地址不在{self._places.name}，没有从地址里认乡镇")
            return town, village
        found_town, found_village = found
        return town or found_town, village or (found_village if town in ("", found_town) else "")

    def _payment(self, cells: Sequence[Cell]) -> Payment | None:
        year = read_year(self._text(cells, "year")) or self._year
        paid_on = self._past(cells, "paid_on")
        amount = read_fen(self._text(cells, "amount"))
        status = self._word(cells, "status", self._status)
        tier = self._word(cells, "tier", self._tiers)
        if year is None:
            if paid_on or amount or status:
                raise BadCell("有缴费情况，却没有参保年度，请填年度")
            return None
        if status is None and (paid_on or amount):
            status = "paid"
        if status in ("unpaid", "registered") and (paid_on or amount):
            self.remarks.append("缴费状态是没有缴费，却有缴费日期或金额，请核对；已按没有缴费登记")
            paid_on = amount = None
        if paid_on and not year - 1 <= paid_on.year <= year:
            self.remarks.append(f"缴费日期是{paid_on}，参保年度是{year}年，请核对")
        channel, receipt = self._text(cells, "channel")[:40], self._text(cells, "receipt")[:60]
        return Payment(year, status, tier, paid_on, amount, channel or None, receipt or None)

    def _employee(self, cells: Sequence[Cell]) -> Employee | None:
        months = read_count(self._text(cells, "employee_months"))
        ended = read_date(self._cell(cells, "employee_ended_on")) if "employee_ended_on" in self._at else None
        if months is None and ended is not None:
            raise BadCell("有职工医保停保日期，却没有缴费月数，请补上")
        return None if months is None else Employee(months, ended)

    def _guardian(self, cells: Sequence[Cell], ward: str) -> dict[str, str]:
        text = self._text(cells, "guardian")
        if not text:
            return {}
        try:
            guardian = read_id_number(text, self._today).text
        except BadIdNumber as error:
            raise BadCell(f"监护人的{error}") from None
        if guardian == ward:
            raise BadCell("监护人和本人是同一个身份证号，请核对")
        relation = self._text(cells, "guardian_relation")[:_ROLE] or "监护人"
        return {"guardian": guardian, "guardian_relation": relation}

    def _past(self, cells: Sequence[Cell], field: str) -> date | None:
        """A day that lies between the beginning of this insurance and today."""
        found = read_date(self._cell(cells, field)) if field in self._at else None
        if found is not None and not _EARLIEST <= found <= self._today:
            when = "还没到" if found > self._today else "太早"
            raise BadCell(f"{roster_words().usual(field)}{found}{when}，请核对")
        return found

    def _phone(self, cells: Sequence[Cell]) -> str | None:
        text = self._text(cells, "phone")
        if text and not _PHONE.fullmatch(text):
            self.remarks.append("电话号码不对，没有登记电话")
            return None
        return text or None

    def _word(self, cells: Sequence[Cell], field: str, known: dict[str, str]) -> str | None:
        text = self._text(cells, field)
        if not text:
            return None
        if text not in known:
            shown = "、".join(list(known)[:8])
            raise BadCell(f"{roster_words().usual(field)}“{text[:20]}”不认识，可以写{shown}，或在对照文件里说明")
        return known[text]

    def _flag(self, cells: Sequence[Cell], field: str) -> bool | None:
        text = self._text(cells, field)
        return self._yes_no.get(text) if text else None
