"""Looking into a record (查看): with a reason, written down before anything is shown, and for half an hour only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request

from bot.audit.entry import Action, Entry
from bot.console.refusals import Missing, Unusable
from bot.console.security import COOKIE, cookie_of
from bot.console.workplace import Workplace, workplace
from bot.records.resident import Resident
from bot.staff.member import Member

REASONS = ("本人来问", "家里人代问，已核实", "上门走访核对", "核对缴费名单", "处理投诉反映")
OTHER = "其他"
LONGEST_REASON = 100
LASTS = timedelta(minutes=30)
ELSEWHERE = "您的辖区里没有查到这个人。请核对姓名或身份证号；在别的村（镇）参保的，请找那边的经办人。"


def reason_of(picked: str, written: str) -> str:
    """The reason given. Raises Unusable where there is none."""
    words = " ".join(written.split())
    if picked in REASONS:
        return f"{picked}：{words[:LONGEST_REASON]}" if words else picked
    if len(words) < 2:
        raise Unusable("请选一个查看原因；选“其他”的，写几个字说明。")
    return f"{OTHER}：{words[:LONGEST_REASON]}"


def sees(member: Member, resident: Resident) -> bool:
    """Whether this resident lies in the member's scope."""
    return member.scope.sees(resident.region, resident.town, resident.village)


def reference(desk: Workplace, resident: int) -> str:
    """What stands for a resident in an address: no name, no number of a person, and not to be guessed."""
    return f"{resident:x}-{desk.seal.of('person', str(resident))[:20]}"


async def find(desk: Workplace, member: Member, ref: str) -> Resident:
    """The resident of an address. Raises Missing where there is none in the member's scope, whichever it is."""
    number = ref.partition("-")[0]
    known = number.isalnum() and len(number) <= 15 and all(digit in "0123456789abcdef" for digit in number)
    resident = int(number, 16) if known else 0
    found = await desk.registry.by_id(resident) if known and reference(desk, resident) == ref else None
    if found is None or not sees(member, found):
        raise Missing(ELSEWHERE)
    return found


async def note_looks(desk: Workplace, member: Member, residents: Iterable[Resident], reason: str) -> None:
    """Writes down who is looked at, the person first, then those shown with the person."""
    async with desk.journal.writing() as connection:
        for resident in residents:
            await desk.journal.note_in(connection, Entry(member.actor, Action.LOOKED, resident.id, reason))


@dataclass(frozen=True)
class Pass:
    """What lets a log-in see one record again for a while without another entry in the journal."""

    request: Request
    resident: int

    def issue(self) -> str:
        """The pass, as it stands in an address."""
        ends = int((workplace(self.request).moment + LASTS).timestamp())
        return f"{ends:x}-{self._seal(ends)}"

    def holds(self, shown: str) -> bool:
        """Whether this is a pass of this log-in for this resident, and still good."""
        until, _, seal = shown.partition("-")
        try:
            ends = int(until, 16)
        except ValueError:
            return False
        desk = workplace(self.request)
        return desk.moment.timestamp() < ends and desk.seal.matches("look", self._text(ends), seal)

    def _seal(self, ends: int) -> str:
        return workplace(self.request).seal.of("look", self._text(ends))

    def _text(self, ends: int) -> str:
        return f"{cookie_of(self.request, COOKIE)} {self.resident} {ends}"
