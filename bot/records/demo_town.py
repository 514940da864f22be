"""A fictional town (虚构) for demonstrations: a household of every category, a newborn, workers, children with guardians.

Names and ID numbers are made up: the check digit is right, the county code is assigned to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from stdnum.cn import ric

from bot.records.entry import Employee, Entry, Held, Payment
from policy_kb.decision import Decision, Due
from policy_kb.facts import FactValue
from policy_kb.knowledge import KnowledgeBase, Policy
from policy_kb.premium import due
from policy_kb.regions import Regions

TOWN = "虚构镇"
VILLAGES = ("虚构一村", "虚构二村", "虚构三村")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_WOMEN = ("桂兰", "秀英", "玉珍", "春梅", "月娥", "金花", "小满")
_MEN = ("建国", "志强", "德福", "长河", "冬生", "铁柱", "水根")
_FEMALE = frozenset({"户主之母", "配偶", "女"})
"""Relations to the head of the household that women have here."""
_WEEKS_INTO_WINDOW = 6
_FEN = 100


@dataclass(frozen=True)
class Talk:
    """Somebody of the town and what to ask as that person."""

    who: str
    name: str
    id_number: str
    ask: tuple[str, ...]


@dataclass(frozen=True)
class DemoTown:
    """The town as it is laid down, the day on which it stands, and conversations to try."""

    county: str
    year: int
    day: date
    entries: tuple[Entry, ...]
    guardians: tuple[tuple[str, str, str], ...]
    talks: tuple[Talk, ...]


def demo_policy(kb: KnowledgeBase, county: str | None) -> Policy | None:
    """The latest policy of a county; where none is named, of the county whose notice says most of assistance."""
    if county is not None:
        return next(iter(kb.policies_of(county)), None)
    held = [one for one in kb.notices.values() if kb.regions[one.notice.region].level == "county"]
    return max(held, key=lambda one: (len(one.rules.assistance), one.id), default=None)


def demo_town(kb: KnowledgeBase, policy: Policy) -> DemoTown:
    """The town under a policy: the same one each time."""
    return _Founding(kb, policy).town()


class _Founding:
    """One pass that makes the people of a town."""

    def __init__(self, kb: KnowledgeBase, policy: Policy) -> None:
        self._kb = kb
        self._policy = policy
        self._county = policy.notice.region
        self._year = policy.notice.year
        opens = next((one.opens for one in policy.rules.windows if one.kind == "main" and one.opens), None)
        self._day = (opens or policy.notice.issued or date(self._year, 1, 1)) + timedelta(weeks=_WEEKS_INTO_WINDOW)
        self._code = _unassigned(kb.regions, self._county)
        self._order = count(1)
        self._household = count(1)
        self._entries: list[Entry] = []
        self._guardians: list[tuple[str, str, str]] = []
        self._talks: list[Talk] = []

    def town(self) -> DemoTown:
        """Everybody, household by household."""
        self._three_generations()
        self._workers()
        for at, name in enumerate(one.name for one in self._kb.categories.by_name.values() if not one.ordinary):
            self._of_category(name, at)
        return DemoTown(
            self._county, self._year, self._day, tuple(self._entries), tuple(self._guardians), tuple(self._talks)
        )

    def _three_generations(self) -> None:
        """Grandparents, parents who have paid, a schoolchild, and a newborn of some weeks who is not enrolled yet."""
        home = self._home()
        grandmother = self._person(home, "户主之母", 71, payment=self._paid(()))
        mother = self._person(home, "配偶", 33, payment=self._paid(()))
        father = self._person(home, "户主", 35)
        child = self._person(home, "女", 9, payment=self._paid(()))
        baby = self._person(home, "子", born=self._day - timedelta(weeks=5))
        for ward in (child, baby):
            self._guardians.append((ward.id_number, mother.id_number, "母子" if ward is baby else "母女"))
        self._say("年纪大的，已经缴费", grandmother, "我交了吗", "我的待遇从哪天开始")
        self._say("还没有缴费", father, "我今年要交多少", "最晚哪天交")
        self._say("新生儿的母亲（监护人）", mother, "我娃还来得及参保吗", "我娃交了吗")

    def _workers(self) -> None:
        """One whose 职工医保 ended lately, one who is still in it."""
        home = self._home()
        ended = self._day.replace(day=1) - timedelta(days=1)
        left = self._person(home, "户主", 44, employee=Employee(62, ended))
        self._person(home, "配偶", 42, employee=Employee(118, None))
        self._say("职工医保刚断", left, "我从厂里出来了，现在参保有等待期吗", "我该交多少")

    def _of_category(self, category: str, at: int) -> None:
        """Somebody of the category, every third one not paid yet, and one more of the household who is nobody special."""
        home = self._home()
        age = 8 if "儿童" in category or category == "孤儿" else 82 if "老" in category else 40 + at % 30
        held = (Held(category, category),)
        paid = None if at % 3 == 0 else self._paid((category,))
        first = self._person(home, "户主", age, categories=held, payment=paid)
        other = self._person(home, "亲属" if age < 18 else "配偶", 45 + at % 20, payment=self._paid(()))
        if age < 18:
            self._guardians.append((first.id_number, other.id_number, "监护人"))
        else:
            self._say(category, first, "我交了吗" if paid else "我今年要交多少")

    def _home(self) -> tuple[str, str]:
        number = next(self._household)
        return f"虚构{number:04d}", VILLAGES[number % len(VILLAGES)]

    def _person(
        self,
        home: tuple[str, str],
        role: str,
        age: int = 0,
        *,
        born: date | None = None,
        categories: tuple[Held, ...] = (),
        payment: Payment | None = None,
        employee: Employee | None = None,
    ) -> Entry:
        at = next(self._order)
        birth = born or date(self._day.year - age, at % 12 + 1, at % 28 + 1)
        household, village = home
        female = role in _FEMALE
        given = (_WOMEN if female else _MEN)[at % len(_MEN)]
        entry = Entry(
            row=at,
            id_number=_id_number(self._code, birth, 2 * at + (not female)),
            name=_SURNAMES[at % len(_SURNAMES)] + given,
            birth_date=birth,
            town=f"{self._county}-{TOWN}",
            village=village,
            hukou="local",
            household=household,
            role=role,
            categories=categories,
            payment=payment or Payment(self._year, "unpaid"),
            employee=employee,
        )
        self._entries.append(entry)
        return entry

    def _paid(self, categories: tuple[str, ...]) -> Payment | None:
        """A payment of what the notice sets for the category; None where it sets nothing plain."""
        tier = self._policy.rules.tiers[0].tier if self._policy.rules.tiers else None
        facts: dict[str, FactValue] = {"category": categories}
        if tier:
            facts["tier"] = tier
        decision: Decision[Due] = due(self._policy.rules, facts, self._kb.categories)
        if decision.outcome != "decided" or decision.value is None:
            return None
        return Payment(
            self._year, "paid", tier, self._day - timedelta(weeks=2), int(decision.value.pays * _FEN), "微信"
        )

    def _say(self, who: str, entry: Entry, *ask: str) -> None:
        self._talks.append(Talk(who, entry.name, entry.id_number, ask))


def _unassigned(regions: Regions, county: str) -> str:
    """A county code beside this one that is assigned to nobody."""
    return next(code for number in range(99, 0, -1) if (code := f"{county[:4]}{number:02d}") not in regions)


def _id_number(code: str, born: date, order: int) -> str:
    number = f"{code}{born:%Y%m%d}{order:03d}"
    return number + ric.calc_check_digit(number + "0")


def residents_file(entry: Entry, county_name: str) -> Iterator[tuple[str, object]]:
    """The parts of a resident file for `canbao ask --resident` (docs/cases.md)."""
    payment, employee = entry.payment, entry.employee
    yield "name", entry.name
    yield "birth_date", entry.birth_date.isoformat()
    yield "town", county_name
    yield "hukou", entry.hukou
    yield "categories", [held.category for held in entry.categories or ()]
    if payment is not None:
        paid: dict[str, object] = {"year": payment.year, "status": payment.status, "tier": payment.tier}
        paid |= {"paid_on": payment.paid_on.isoformat()} if payment.paid_on else {}
        paid |= {"amount": payment.amount / _FEN} if payment.amount is not None else {}
        yield "enrollments", [paid]
    if employee is not None:
        ended = employee.ended_on.isoformat() if employee.ended_on else None
        yield "employee_insurance", {"months": employee.months, "ended_on": ended}
