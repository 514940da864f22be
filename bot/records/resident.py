"""A resident as read from the register, and the part of it that somebody may look into."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row

from bot.records.id_number import masked_id
from bot.records.person_name import masked_name
from bot.secrets.sealing import Place, Secrets
from bot.store.tables.records import ResidentRow
from policy_kb.regions import Regions

TABLE = "resident"
ID, NAME, PHONE = "sealed_id", "sealed_name", "sealed_phone"


@dataclass(frozen=True)
class Scope:
    """A county, or a town of it, or a village of that town: what a search or a list is kept to."""

    region: str
    town: str | None = None
    village: str | None = None


@dataclass(frozen=True)
class Resident:
    """One person of the register; prints without who it is."""

    id: int
    id_number: str = field(repr=False)
    name: str = field(repr=False)
    birth_date: date = field(repr=False)
    region: str
    """The county's code."""
    town: str
    """The town's code, county-name where it has none; empty where the roster told none."""
    village: str
    hukou: str | None = None
    residence_permit: bool | None = None
    household_id: int | None = None
    household_role: str | None = None
    fictional: bool = False
    phone: str | None = field(default=None, repr=False)

    @property
    def masked_id(self) -> str:
        """The ID number as it is shown: first and last character."""
        return masked_id(self.id_number)

    @property
    def masked_name(self) -> str:
        """The name as it is shown to who has no right to it."""
        return masked_name(self.name)


def resident_of(row: ResidentRow | Row[Any], secrets: Secrets) -> Resident:
    """A row with its sealed cells opened. Raises Unreadable."""

    def opened(column: str, sealed: bytes) -> str:
        return secrets.unseal(sealed, Place(TABLE, column, row.id))

    return Resident(
        id=row.id,
        id_number=opened(ID, row.sealed_id),
        name=opened(NAME, row.sealed_name),
        phone=opened(PHONE, row.sealed_phone) if row.sealed_phone else None,
        birth_date=row.birth_date,
        region=row.region,
        town=row.town,
        village=row.village,
        hukou=row.hukou,
        residence_permit=row.residence_permit,
        household_id=row.household_id,
        household_role=row.household_role,
        fictional=row.fictional,
    )


def id_key(secrets: Secrets, number: str) -> bytes:
    """The find key of an ID number of 18 characters."""
    return secrets.find_key(number, f"{TABLE}.{ID}")


def name_key(secrets: Secrets, name: str, town: str) -> bytes:
    """The find key of a tidied name; the same name has another key in another town."""
    return secrets.find_key(name, f"{TABLE}.{NAME}", town)


def town_name(code: str, regions: Regions) -> str:
    """A town's name by its code; of a town without a code, the name that stands behind the county's."""
    return regions[code].name if code in regions else code.partition("-")[2]
