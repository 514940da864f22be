"""Forms of dates by the lunar calendar and by feasts: 腊月二十八, 三月初五, 正月间, 国庆, 年前."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from nlu import periods
from nlu.lunar import MONTHS
from nlu.periods import Period
from nlu.years import NOT_A_SPAN, YEAR, count_of, form, years_of

_LUNAR_WORD = r"(?:农历|阴历|旧历|古历|老历)的?"
_LUNAR_DAY = (
    r"(?P<ld>初[一二三四五六七八九十\d]|廿[一二三四五六七八九]?|二十[一二三四五六七八九]|二十|三十|"
    r"十[一二三四五六七八九]|\d{1,2})"
)
_MORE_YEAR = YEAR.replace("(?P<y>", "(?:").replace("(?P<ry>", "(?:")


def _lunar_month(text: str) -> int:
    return MONTHS.get(text) or count_of(text)


def _lunar_number(text: str) -> int:
    return count_of(text.lstrip("初").replace("廿", "二十"))


def _lunar_date(match: re.Match[str], today: date) -> Iterable[Period | None]:
    month, day = _lunar_month(match["m"]), _lunar_number(match["ld"])
    month = -month if match.groupdict().get("leap") else month
    return [periods.lunar(year, month, day) for year in years_of(match, today, lunar=True)]


def _lunar_whole_month(match: re.Match[str], today: date) -> Iterable[Period | None]:
    low, high = (20, 29) if match["some"] else (21, 30) if match["end"] else (1, 30)
    month = _lunar_month(match["m"])
    return [periods.lunar_days(year, month, low, high) for year in years_of(match, today, lunar=True)]


def _bare_lunar_day(match: re.Match[str], today: date) -> Iterable[Period | None]:
    """初五 alone: of any lunar month near today; after New Year words, of the first."""
    day = _lunar_number(match["ld"])
    festive = match["nian"] or re.search(r"过年|春节|正月|拜年", match.string)
    months = (1,) if festive else range(1, 13)
    nearby = [periods.lunar(year, month, day) for year in range(today.year - 1, today.year + 2) for month in months]
    return nearby if festive else [p for p in nearby if p and p.distance(today) <= 31]


def _feast(match: re.Match[str], today: date) -> Iterable[Period | None]:
    found = [periods.feast(year, match["feast"]) for year in years_of(match, today)]
    # 年前 and 年后 are said of the New Year just past until the next one is near.
    near = match["feast"] not in ("年前", "年后") or bool(match["ry"])
    return [p for p in found if p and (near or p.first <= today + timedelta(days=60))]


LUNAR_FORMS = (
    form(rf"{YEAR}?(?:{_LUNAR_WORD})?(?P<m>[正冬腊])月(?:间|里)?{_LUNAR_DAY}(?![几多\d])(?:[号日])?", _lunar_date),
    form(
        rf"{YEAR}?{_LUNAR_WORD}{_MORE_YEAR}?(?P<m>\d{{1,2}}|"
        rf"[正冬腊]|十[一二]?|[一二三四五六七八九])月{_LUNAR_DAY}(?:[号日])?",
        _lunar_date,
    ),
    form(
        rf"{YEAR}?(?P<leap>闰)?(?P<m>\d{{1,2}}|十[一二]?|[一二三四五六七八九])月(?P<ld>初[一二三四五六七八九十]|"
        rf"廿[一二三四五六七八九]?)",
        _lunar_date,
    ),
    form(
        rf"{YEAR}?(?:{_LUNAR_WORD})?(?P<m>[正冬腊])月(?:间|里)?(?:(?P<some>二十[几多])|(?P<end>底|末|尾))?",
        _lunar_whole_month,
    ),
    form(r"(?<!月)(?P<nian>大年|年)?(?P<ld>初[一二三四五六七八九十](?!中|个|次|级))", _bare_lunar_day),
    form(
        rf"{YEAR}?{NOT_A_SPAN}(?P<feast>{'|'.join(f for f in periods.FEASTS if f != '十一')})(?:节|这天|那天|"
        rf"当天)?",
        _feast,
    ),
    form(rf"{YEAR}?{NOT_A_SPAN}(?P<feast>十一)(?=放假|假期|长假|期间|前|后|以|之|黄金周)", _feast),
)
