"""What a roster changes in the register: each entry held against what is known, without a database."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeAlias

from bot.records.entry import Employee, Entry, Payment
from bot.records.known import Known, Person, Spell
from bot.records.resident import NAME, PHONE, TABLE, name_key
from bot.secrets.sealing import Place, Secrets
from policy_kb.categories import Categories

Values: TypeAlias = tuple[Any, ...]
_DAY = timedelta(days=1)


@dataclass
class Changes:
    """Rows to add and to change, by table, in the order of the columns named in `writing`."""

    residents: list[Values] = field(default_factory=list)
    spells: list[Values] = field(default_factory=list)
    payments: list[Values] = field(default_factory=list)
    employees: list[Values] = field(default_factory=list)
    changed_residents: list[dict[str, Any]] = field(default_factory=list)
    changed_spells: list[dict[str, Any]] = field(default_factory=list)
    dropped_spells: list[int] = field(default_factory=list)
    changed_payments: list[dict[str, Any]] = field(default_factory=list)
    changed_employees: list[dict[str, Any]] = field(default_factory=list)
    renamed: list[int] = field(default_factory=list)
    """The rows of a roster that gave a known ID number another name."""
    people: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By town and village, how many residents more."""
    paid: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    """By town, village and cover year, how many more have paid."""


@dataclass(frozen=True)
class Merging:
    """How entries of one roster are merged: sealed by `secrets`, changes of category count from `roster_day`."""

    secrets: Secrets
    categories: Categories
    region: str
    roster_day: date
    source: int | None
    fictional: bool = False

    def add(self, changes: Changes, entry: Entry, number: int, id_key: bytes, household: int | None) -> None:
        """Somebody new, under a number of the register."""
        seal = self.secrets.seal
        changes.residents.append(
            (
                number,
                id_key,
                seal(entry.id_number, Place(TABLE, "sealed_id", number)),
                name_key(self.secrets, entry.name, entry.town),
                seal(entry.name, Place(TABLE, NAME, number)),
                seal(entry.phone, Place(TABLE, PHONE, number)) if entry.phone else None,
                entry.birth_date,
                self.region,
                entry.town,
                entry.village,
                entry.hukou,
                entry.residence_permit,
                household,
                entry.role,
                self.fictional,
                self.source,
            )
        )
        changes.people[entry.town, entry.village] += 1
        for held in entry.categories or ():
            changes.spells.append(self._spell(number, held.category, held.word, entry.certified_on))
        if entry.payment:
            self._add_payment(changes, number, entry.payment, (entry.town, entry.village))
        if entry.employee:
            changes.employees.append((number, *entry.employee, self.source))

    def change(self, changes: Changes, entry: Entry, known: Known, household: int | None) -> bool:
        """Somebody known; returns whether anything changes."""
        before = _size(changes)
        person = known.person
        place = (entry.town or person.town, entry.village if entry.town or entry.village else person.village)
        self._person(changes, entry, known, household, place)
        self._categories(changes, entry, known)
        if entry.payment:
            self._payment(changes, entry.payment, known, place)
        if entry.employee:
            self._employee(changes, entry.employee, known)
        return _size(changes) != before

    def _person(
        self, changes: Changes, entry: Entry, known: Known, household: int | None, place: tuple[str, str]
    ) -> None:
        person = known.person
        told: dict[str, Any] = {
            "town": place[0],
            "village": place[1],
            "hukou": entry.hukou,
            "residence_permit": entry.residence_permit,
            "household_id": household,
            "household_role": entry.role,
        }
        new = {name: value for name, value in told.items() if value is not None and value != getattr(person, name)}
        if name_key(self.secrets, entry.name, place[0]) != person.name_key:
            new["name_key"] = name_key(self.secrets, entry.name, place[0])
            if name_key(self.secrets, entry.name, person.town) != person.name_key:
                new["sealed_name"] = self.secrets.seal(entry.name, Place(TABLE, NAME, person.id))
                changes.renamed.append(entry.row)
        if entry.phone and entry.phone != self._phone(person):
            new["sealed_phone"] = self.secrets.seal(entry.phone, Place(TABLE, PHONE, person.id))
        if not new:
            return
        changes.changed_residents.append({"of": person.id, **new})
        if place != (person.town, person.village):
            self._move(changes, known, place)

    def _phone(self, person: Person) -> str | None:
        if person.sealed_phone is None:
            return None
        return self.secrets.unseal(person.sealed_phone, Place(TABLE, PHONE, person.id))

    def _move(self, changes: Changes, known: Known, place: tuple[str, str]) -> None:
        for where, by in (((known.person.town, known.person.village), -1), (place, 1)):
            changes.people[where] += by
            for payment in known.payments.values():
                if payment.status == "paid":
                    changes.paid[*where, payment.year] += by

    def _categories(self, changes: Changes, entry: Entry, known: Known) -> None:
        latest = max(known.payments, default=0)
        if entry.categories is None or (entry.payment and entry.payment.year < latest):
            return  # a row of an earlier year tells nothing of today
        wanted = {held.category: held.word for held in entry.categories}
        going_on = {spell.category: spell for spell in known.spells if spell.until is None}
        for category, spell in going_on.items():
            if category not in wanted:
                self._end(changes, spell)
        for category, word in wanted.items():
            if category not in going_on:
                self._begin(changes, known, category, word, entry.certified_on or self.roster_day)

    def _end(self, changes: Changes, spell: Spell) -> None:
        """A spell that began on the roster's own day was a slip of an earlier roster of that day."""
        if spell.since is not None and spell.since >= self.roster_day:
            changes.dropped_spells.append(spell.id)
        else:
            changes.changed_spells.append({"of": spell.id, "until": self.roster_day - _DAY})

    def _begin(self, changes: Changes, known: Known, category: str, word: str, since: date) -> None:
        """A spell that ended after that very day, or on the day before it, goes on."""
        for spell in known.spells:
            ended = spell.until
            if spell.category == category and ended is not None and (spell.since == since or ended >= since - _DAY):
                changes.changed_spells.append({"of": spell.id, "until": None})
                return
        changes.spells.append(self._spell(known.person.id, category, word, since))

    def _spell(self, resident: int, category: str, word: str, since: date | None) -> Values:
        return (resident, category, word[:60], since, None, self.categories[category].certified_by[:60], self.source)

    def _payment(self, changes: Changes, payment: Payment, known: Known, place: tuple[str, str]) -> None:
        held = known.payments.get(payment.year)
        if held is None:
            self._add_payment(changes, known.person.id, payment, place)
            return
        new = _merged(held, payment)
        if new == held:
            return
        changes.changed_payments.append({"of": known.person.id, "of_year": held.year, **new._asdict()})
        changes.paid[*place, held.year] += (new.status == "paid") - (held.status == "paid")

    def _add_payment(self, changes: Changes, resident: int, payment: Payment, place: tuple[str, str]) -> None:
        status = payment.status or "registered"
        changes.payments.append((resident, *payment._replace(status=status), self.source))
        if status == "paid":
            changes.paid[*place, payment.year] += 1

    def _employee(self, changes: Changes, told: Employee, known: Known) -> None:
        """The spell that goes on or ended on that day is the one told of; else it is a spell of its own."""
        for row, held in known.employee:
            if held.ended_on in (None, told.ended_on):
                if held != told:
                    changes.changed_employees.append({"of": row, **told._asdict()})
                return
        changes.employees.append((known.person.id, *told, self.source))


def _merged(held: Payment, told: Payment) -> Payment:
    """What is told counts; where the status is another one now, day and sum of the old one are gone with it."""
    if told.status is not None and told.status != held.status:
        return told._replace(tier=told.tier or held.tier)
    return held._replace(**{name: value for name, value in told._asdict().items() if value is not None})


def _size(changes: Changes) -> int:
    lists = (changes.spells, changes.payments, changes.employees, changes.dropped_spells, changes.changed_residents)
    more = (changes.changed_spells, changes.changed_payments, changes.changed_employees)
    return sum(len(one) for one in (*lists, *more))
