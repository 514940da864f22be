"""The record of a bound account with those of the family it may hear: the assistant's `Records`."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import date

from sqlalchemy.exc import SQLAlchemyError

from bot.binding.accounts import Accounts
from bot.channel import Caller
from bot.records.family import Families, Family
from bot.records.resident import Resident
from dialogues.record import Record, Relative
from policy_kb.conditions import years_between

log = logging.getLogger(__name__)
GROWN = 18
"""Years of age at which parents and grandparents are guardians no more."""
_KIN = (
    ("grandchild", re.compile("祖|爷|奶|外公|外婆|姥")),
    ("child", re.compile("父|母|爸|妈|爹|娘|监护")),
    ("spouse", re.compile("配偶|夫|妻|老公|老婆|爱人")),
    ("parent", re.compile("子|女|儿")),
    ("sibling", re.compile("兄|弟|姐|妹|哥")),
)
"""Who the ward is to the guardian, by the register's word for who the guardian is to the ward."""


class BoundRecords:
    """Records by account. A database that fails is logged once; until it answers nobody's record is known."""

    def __init__(self, accounts: Accounts, families: Families):
        self._accounts = accounts
        self._families = families
        self._failing = False

    async def record_of(self, caller: Caller, today: date) -> Record | None:
        """The bound record as on that day; None where the account is bound to nobody, or the database fails."""
        try:
            bound = await self._accounts.bound(caller)
            family = await self._families.of(bound.resident, today) if bound else None
        except (SQLAlchemyError, OSError) as error:
            if not self._failing:
                log.error("records cannot be read (%s): questions are answered without them", type(error).__name__)
            self._failing = True
            return None
        self._failing = False
        return _heard(family, today) if family else None


def _heard(family: Family, today: date) -> Record:
    """The record with those of the family that its person may hear."""
    wards = [(ward, kin_of(ward.relation)) for ward in family.wards]
    cared = [(ward, kin) for ward, kin in wards if not _come_of_age(ward.resident, kin, today)]
    told = {ward.resident.id for ward, _ in cared} | {family.record.resident}
    relatives = tuple(Relative(ward.record, kin) for ward, kin in cared)
    return replace(family.record, family=relatives, untold=len(family.household - told))


def kin_of(relation: str) -> str:
    """Who the ward is to the guardian, as KinMention has it."""
    return next((kin for kin, words in _KIN if words.search(relation)), "other")


def _come_of_age(ward: Resident, kin: str, today: date) -> bool:
    return kin in ("child", "grandchild") and years_between(ward.birth_date, today) >= GROWN
