"""Dates in a message against the message's own day: which day, and whether it is one of birth or of payment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nlu.date_forms import Said, said_dates
from nlu.periods import Period
from nlu.understanding import Bound, DateMention, DateRole, Span

FURTHEST_BACK = 120
"""Years: a lifetime. A written year before that, or more than `FURTHEST_AHEAD` years ahead, is a slip."""
FURTHEST_AHEAD = 10
A_YEAR = 366

_CLAUSE_END = re.compile(r"[，。？！；、\n]")
_BIRTH = re.compile(
    r"出生|出世|落地|落草|降生|下地|生下|生(?=的|了|娃|孩|儿|个|俩|双|龙|$|"
    r"[，。？！呢吗吧])(?<![学先医新养民花卫产])|添(?=了|的|个)|预产期|生日|生于|生在"
)
_PAID = re.compile(
    r"(?<!上|社)[交缴付](?!通|易|流|代|界|往|养老)|(?<!难)买(?=医|保|居民|农|合|的|了|上|$)|补(?!助|贴|办|偿)|"
    r"参保|参加|续保|扣(?!除)|刷(?!脸)|"
    r"上(?=医保|保险|的?保)|入(?=医保|保|农合)|办(?!公|事|证|居住|低保|残)|登记|"
    r"(?<!退)(?<!退款)(?<!退费)到[账帐]|(?:才|再|就|去|来|天|能|又)[弄搞整](?!丢|错|坏|掉|混|清|不清|没|断)|"
    r"[弄搞整](?:得|不)(?:成|好|完|了)|(?:才|再)[去来](?=$|[，。？！呢行])"
)
_OTHER = re.compile(
    r"住院|毕业|退伍|退役|离职|辞职|断|停|截止|结束|开始|迁|结婚|嫁|去世|死|没了|看病|出院|生病|出来|进厂|涨|"
    r"认定|批|评"
)
_PUT_OFF = re.compile(r"(?:拖|挨|捱|磨|耗)(?:到|过)了?$")
"""拖到5号: of what a resident puts off, where no other verb tells."""
_SAME_DAY = re.compile(r"^[^，。？！]{0,12}，(?:我|俺|就|便|想|打算|准备)*(?:当天|当日|那天|同一天|同日|到了|一到)")
"""28号到家，当天就缴: what is done on the day named in the clause before."""
_SUPPOSED = re.compile(r"要是|如果|假如|假设|万一|倘若|假使|的话|若是")
_AHEAD = re.compile(
    r"打算|准备|计划|拖到|等到|到时候?|预产期|快生|要生|[想再]去?(?=[交缴补办])|能拖|之前交|前交[完清齐]"
)
_PAST = re.compile(
    r"(?:^|[交缴付买补办扣刷生]|参保|登记|出来|退|毕业|离职|辞职|断|停|走|回来|住院|结婚|嫁|搬|去世|"
    r"迁)[^，。？！]{0,3}?(?<!就)了(?!吗|么|没|的话)|"
    r"过(?!年|了|期|后|节|去)|已经|刚(?!好)|当时|的(?=$|[，。？！])|(?<=[交缴])的(?=钱|费|医保|保险|农合)|才(?=[交缴生办].{0,4}的)"
)
_TOLD = re.compile(r"说|喊|让|叫|催|打电话|通知|问")
_NOT_DONE = re.compile(r"(?:没|未|忘|不|别)[^，。？！]{0,2}$")
_BEFORE = re.compile(r"(?:以前|之前|前(?![天年面段头后]))")
_AFTER = re.compile(r"(?:以后|之后|过后|后(?![天年面来头]))")


@dataclass(frozen=True)
class Dates:
    """The dates of a text, and the faults (no_such_day, far_date) of those that cannot be."""

    mentions: tuple[DateMention, ...] = ()
    faults: tuple[str, ...] = ()


def read_dates(text: str, today: date, expected: DateRole = "other") -> Dates:
    """All dates of a text. A bare month and day takes the year that makes sense for a birth or a payment.

    `expected` is the role of a date that no word gives one: the answer to a question about a birth or a payment.
    """
    mentions: list[DateMention] = []
    faults: list[str] = []
    said = said_dates(text, today)
    for index, one in enumerate(said):
        floor = said[index - 1].end if index else 0
        ceiling = said[index + 1].start if index + 1 < len(said) else len(text)
        around = _Around(text, one, floor, ceiling, expected)
        fault = _fault(one, around, today)
        if fault is not None:
            faults.append(fault)
            continue
        period = _choose(one.periods, around, today)
        others = () if one.years else tuple(p.first for p in one.periods if p != period)
        span = Span(one.start, one.end, text[one.start : one.end])
        when = (period.first, period.last, period.precision)
        mentions.append(DateMention(span, *when, around.role, around.bound, others, around.past))
    return Dates(tuple(mentions), tuple(dict.fromkeys(faults)))


def _fault(said: Said, around: _Around, today: date) -> str | None:
    if any(not today.year - FURTHEST_BACK <= year <= today.year + FURTHEST_AHEAD for year in said.years):
        return "far_date"
    if not said.periods:
        return "no_such_day"
    if not said.years and not around.past and all(_long_gone_leap_day(p, today) for p in said.periods):
        return "no_such_day"
    near = [p for p in said.periods if today.year - FURTHEST_BACK <= p.first.year <= today.year + FURTHEST_AHEAD]
    return None if near else "far_date"


def _long_gone_leap_day(period: Period, today: date) -> bool:
    """A 2月29日 of which the year does not come up near today, while that of today has none."""
    leap = period.precision == "day" and (period.first.month, period.first.day) == (2, 29)
    return leap and period.distance(today) > A_YEAR


def _choose(possible: tuple[Period, ...], around: _Around, today: date) -> Period:
    """Of one day in several years: the past one where it is past, else the nearest, a coming one by preference."""
    past = [p for p in possible if p.first <= today]
    coming = [p for p in possible if p.last >= today]
    if around.past and past:
        return max(past, key=lambda p: p.first)
    if around.ahead and coming:
        return min(coming, key=lambda p: p.first)
    return min(possible, key=lambda p: p.distance(today) * (1.0 if p.last >= today else 1.5))


class _Around:
    """The clause round one date: the words before and after it, up to the next date."""

    def __init__(self, text: str, said: Said, floor: int, ceiling: int, expected: DateRole) -> None:
        self._said = text[said.start : said.end]
        before = _CLAUSE_END.split(text[floor : said.start])[-1]
        after = _CLAUSE_END.split(text[said.end : ceiling])[0]
        self._before, self._after = before, after
        self._next = self._next_clause(text, said.end + len(after), ceiling)
        self._rest = text[said.end : ceiling]
        self.role: DateRole = self._role() or expected
        self.supposed = bool(_SUPPOSED.search(before + after))
        self.ahead = not self.supposed and bool(_AHEAD.search(before + after))
        arriving = after.startswith("了") and bool(re.search("都|快|要", before))
        self.past = (
            not self.supposed
            and not self.ahead
            and (self.role == ("birth") or bool(_PAST.search(after)))
            and not arriving
        )

    @staticmethod
    def _next_clause(text: str, end: int, limit: int) -> str:
        """The clause after, for 4月9号，出生的."""
        return _CLAUSE_END.split(text[end + 1 : limit])[0] if end + 1 < limit else ""

    @property
    def bound(self) -> Bound:
        """Whether the words right beside the date make it a limit."""
        if _BEFORE.match(self._after):
            return "before"
        return "after" if _AFTER.match(self._after) or self._before.endswith("过了") else "on"

    def _role(self) -> DateRole | None:
        """What the verb nearest to the date says; the words after it count before those in front."""
        behind = _TOLD.split(self._after[:14])[0]
        role = self._by_verb(behind) or self._by_verb(self._before[-10:], last=True) or self._loose()
        if role in (None, "other") and self._paid_the_same_day():
            return "paid"
        return role or ("paid" if _PUT_OFF.search(self._before) else None)

    def _paid_the_same_day(self) -> bool:
        same = _SAME_DAY.match(self._rest)
        return same is not None and self._by_verb(_CLAUSE_END.split(self._rest[same.end() :])[0][:8]) == "paid"

    def _loose(self) -> DateRole | None:
        short = not self._after.strip("的")
        return self._by_verb(self._next[:6]) if short and len(self._next) <= 6 else None

    @staticmethod
    def _by_verb(words: str, last: bool = False) -> DateRole | None:
        found: list[tuple[int, DateRole]] = []
        roles: tuple[tuple[re.Pattern[str], DateRole], ...] = ((_BIRTH, "birth"), (_PAID, "paid"), (_OTHER, "other"))
        for pattern, role in roles:
            found += [(m.start(), role) for m in pattern.finditer(words) if not _NOT_DONE.search(words[: m.start()])]
        if not found:
            return None
        return max(found)[1] if last else min(found)[1]
