"""The forms in which people write dates: each finds its words and says which stretches of the calendar they can mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from nlu import periods
from nlu.lunar import MONTHS
from nlu.numerals import whole
from nlu.periods import Period

_CN = "零〇一二三四五六七八九"
_CN_DAY = r"(?:三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?)"
_YEAR = (
    rf"(?:(?P<y>(?<!\d)\d{{4}}|(?<![\d.])\d{{2}}|(?<![{_CN}])(?:[{_CN}]{{4}}|[{_CN}]{{2}}))年(?:的|，)?|"
    r"(?P<ry>大前年|今年|去年|前年|明年|后年|本年)(?:的|，)?)"
)
_MONTH = r"(?:(?P<m>(?<![\d.])\d{1,2}|十[一二]?|(?<!十)[一二三四五六七八九])月(?!子|嫂|饼|薪|大|龄)(?:份|间|里)?)"
_SAID_MONTH = r"(?P<rm>上上个?月|上个?月|下下个?月|下个?月|这个?月|本月|当月)(?:份|的)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?)?"
_DAY = rf"(?:(?P<d>\d{{1,2}}|{_CN_DAY}|[一二三四五六七八九])[号日]|(?P<e>\d{{1,2}}(?![\d.个天岁年月口次元块档人名分点:：%])|{_CN_DAY}(?![个天岁年月口次元块档人名几多])))"
_PART = r"(?P<part>底|末|尾|初(?![一二三四五六七八九十\d])|头|上旬|中旬|下旬|中(?!秋|断|间|午|旬))"
_LUNAR_DAY = r"(?P<ld>初[一二三四五六七八九十\d]|廿[一二三四五六七八九]?|二十[一二三四五六七八九]|二十|三十|十[一二三四五六七八九]|\d{1,2})"
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6, "末": 5}
_DAY_WORDS = {"大前天": -3, "前天": -2, "前儿": -2, "前日": -2, "昨": -1, "今": 0, "明": 1, "大后天": 3, "后天": 2, "后儿": 2, "后日": 2}
_YEAR_WORDS = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_MONTH_WORDS = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "下": 1, "下下": 2}


@dataclass(frozen=True)
class Said:
    """Words at [start, end) and the stretches they can mean: none is no such day, one is certain."""

    start: int
    end: int
    periods: tuple[Period, ...]
    years: tuple[int, ...] = ()
    """Years that were written out, for the check that they lie within a lifetime."""


_Read = Callable[[re.Match[str], date], Iterable[Period | None]]


def said_dates(text: str, today: date) -> list[Said]:
    """Every date form in the text, the longest at each place, in order."""
    found: list[Said] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            possible = tuple(dict.fromkeys(p for p in read(match, today) if p is not None))
            found.append(Said(*match.span(), possible, _written_years(match, today)))
    found.sort(key=lambda said: (said.start - said.end, said.start))
    kept: list[Said] = []
    for said in found:
        if all(said.end <= other.start or said.start >= other.end for other in kept):
            kept.append(said)
    return sorted(kept, key=lambda said: said.start)


def full_year(text: str, today: date) -> int | None:
    """A year written with two or four digits: 22 is 2022, 58 is 1958."""
    value = whole("".join(str(whole(c)) for c in text) if len(text) != 1 and not text.isdecimal() else text)
    if value is None or len(text) not in (2, 4):
        return None
    if len(text) == 4:
        return value
    return 2000 + value if value <= today.year % 100 + 6 else 1900 + value


def _written_years(match: re.Match[str], today: date) -> tuple[int, ...]:
    groups = match.groupdict()
    written = full_year(groups["y"], today) if groups.get("y") else None
    return () if written is None else (written,)


def _years(match: re.Match[str], today: date, lunar: bool = False) -> Iterable[int]:
    """The year said, else those round today; a lunar year may still run in the next February."""
    groups = match.groupdict()
    if groups.get("y"):
        year = full_year(groups["y"], today)
        return () if year is None else (year,)
    if groups.get("ry"):
        return (today.year + _YEAR_WORDS[groups["ry"]],)
    return range(today.year - 2 if lunar else today.year - 1, today.year + 2)


def _number(text: str | None) -> int:
    value = whole(text) if text else None
    return -1 if value is None else value


def _month_day(match: re.Match[str], today: date) -> Iterable[Period | None]:
    month, day = _number(match["m"]), _number(match["d"] or match["e"])
    return [periods.solar(year, month, day) for year in _years(match, today)]


def _month(match: re.Match[str], today: date) -> Iterable[Period | None]:
    part = match.groupdict().get("part") or ""
    return [periods.solar_month(year, _number(match["m"]), part) for year in _years(match, today)]


def _in_said_month(match: re.Match[str], today: date) -> Iterable[Period | None]:
    year, month = _shifted(today, _MONTH_WORDS[match["rm"].rstrip("月").rstrip("个")])
    groups = match.groupdict()
    if groups.get("d") or groups.get("e"):
        return [periods.solar(year, month, _number(groups.get("d") or groups.get("e")))]
    return [periods.solar_month(year, month, groups.get("part") or "")]


def _shifted(today: date, months: int) -> tuple[int, int]:
    count = today.year * 12 + today.month - 1 + months
    return count // 12, count % 12 + 1


def _bare_day(match: re.Match[str], today: date) -> Iterable[Period | None]:
    return [periods.solar(*_shifted(today, shift), _number(match["d"])) for shift in (-1, 0, 1)]


def _bare_part(match: re.Match[str], today: date) -> Iterable[Period | None]:
    return [periods.solar_month(today.year, today.month, match["part"])]


def _numeric(match: re.Match[str], today: date) -> Iterable[Period | None]:
    years = _years(match, today)
    if match.groupdict().get("d") is None:
        return [periods.solar_month(year, int(match["m"])) for year in years]
    return [periods.solar(year, int(match["m"]), int(match["d"])) for year in years]


def _year_part(match: re.Match[str], today: date) -> Iterable[Period | None]:
    years = _years(match, today) if match["y"] or match["ry"] else (today.year - 1, today.year)
    return [periods.solar_year(year, match["part"]) for year in years]


def _lunar_month(text: str) -> int:
    return MONTHS.get(text) or _number(text)


def _lunar_number(text: str) -> int:
    return _number(text.lstrip("初").replace("廿", "二十"))


def _lunar_date(match: re.Match[str], today: date) -> Iterable[Period | None]:
    month, day = _lunar_month(match["m"]), _lunar_number(match["ld"])
    month = -month if match.groupdict().get("leap") else month
    return [periods.lunar(year, month, day) for year in _years(match, today, lunar=True)]


def _lunar_whole_month(match: re.Match[str], today: date) -> Iterable[Period | None]:
    low, high = (20, 29) if match["some"] else (21, 30) if match["end"] else (1, 30)
    month = _lunar_month(match["m"])
    return [periods.lunar_days(year, month, low, high) for year in _years(match, today, lunar=True)]


def _bare_lunar_day(match: re.Match[str], today: date) -> Iterable[Period | None]:
    """初五 alone: of any lunar month near today; after New Year words, of the first."""
    day = _lunar_number(match["ld"])
    festive = match["nian"] or re.search(r"过年|春节|正月|拜年", match.string)
    months = (1,) if festive else range(1, 13)
    nearby = [periods.lunar(year, month, day) for year in range(today.year - 1, today.year + 2) for month in months]
    return nearby if festive else [p for p in nearby if p and p.distance(today) <= 31]


def _feast(match: re.Match[str], today: date) -> Iterable[Period | None]:
    found = [periods.feast(year, match["feast"]) for year in _years(match, today)]
    # 年前 and 年后 are said of the New Year just past until the next one is near.
    near = match["feast"] not in ("年前", "年后") or bool(match["ry"])
    return [p for p in found if p and (near or p.first <= today + timedelta(days=60))]


def _day_word(match: re.Match[str], today: date) -> Iterable[Period | None]:
    word = match["word"]
    shift = next(v for k, v in sorted(_DAY_WORDS.items(), key=lambda item: -len(item[0])) if word.startswith(k))
    return [periods.one_day(today + timedelta(days=shift))]


def _ago(match: re.Match[str], today: date) -> Iterable[Period | None]:
    unit, half = match["unit"], match["n"] == "半"
    count = 0 if half else _number(match["n"])
    if count < 0 or count > 1200:
        return []
    if unit == "天":
        return [periods.one_day(today - timedelta(days=count))]
    if unit in ("周", "星期", "礼拜"):
        return [periods.one_day(today - timedelta(days=7 * count))]
    if unit == "年":
        return [periods.solar_month(*_shifted(today, -6))] if half else [periods.solar_year(today.year - count)]
    if half:
        return [Period(today - timedelta(days=17), today - timedelta(days=13), "month")]
    return [periods.solar_month(*_shifted(today, -count))]


def _week(match: re.Match[str], today: date) -> Iterable[Period | None]:
    shift = {"上上": -14, "上": -7, "下": 7}.get(match["which"] or "", 0)
    monday = today - timedelta(days=today.weekday()) + timedelta(days=shift)
    if match["wd"]:
        return [periods.one_day(monday + timedelta(days=_WEEKDAYS[match["wd"]]))]
    return [Period(monday, monday + timedelta(days=6), "month")]


def _form(pattern: str, read: _Read) -> tuple[re.Pattern[str], _Read]:
    return re.compile(pattern), read


_LUNAR_WORD = r"(?:农历|阴历|旧历|古历|老历)的?"
_NOT_A_SPAN = r"(?<![\d一二两三四五六七八九十几多来半])"
_FORMS = (
    _form(rf"{_YEAR}?{_MONTH}{_DAY}", _month_day),
    _form(rf"{_YEAR}?{_MONTH}{_PART}?", _month),
    _form(rf"{_SAID_MONTH}(?:{_DAY}|{_PART})?", _in_said_month),
    _form(rf"(?<![\d.月第{_CN}十])(?P<d>\d{{1,2}}|{_CN_DAY}|[一二三四五六七八九])[号日](?!楼|文|令|线|店|码)", _bare_day),
    _form(r"(?<![月个年号\d一二两三四五六七八九十])月(?P<part>底|末|初)", _bare_part),
    _form(r"(?<![\d.])(?P<y>\d{4}|\d{2}(?=[-/.]\d\d[-/.]\d\d))[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)[号日]?", _numeric),
    _form(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)", _numeric),
    _form(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>0?[1-9]|1[0-2])(?![\d.-])", _numeric),
    _form(r"(?<![\d.-])(?P<m>0?[1-9]|1[0-2])[./-](?P<d>[0-3]?\d)(?=[号日]|出?生|落地|那天|[交缴]|以?前|之前|$)(?![\d.])[号日]?", _numeric),
    _form(rf"(?:{_YEAR}年?|{_NOT_A_SPAN}年)(?P<part>底|末|尾|初(?!中))(?!的年)", _year_part),
    _form(rf"{_YEAR}?(?:{_LUNAR_WORD})?(?P<m>[正冬腊])月(?:间|里)?{_LUNAR_DAY}(?![几多\d])(?:[号日])?", _lunar_date),
    _form(rf"{_YEAR}?{_LUNAR_WORD}{_YEAR.replace('(?P<y>', '(?:').replace('(?P<ry>', '(?:')}?(?P<m>\d{{1,2}}|[正冬腊]|十[一二]?|[一二三四五六七八九])月{_LUNAR_DAY}(?:[号日])?", _lunar_date),
    _form(rf"{_YEAR}?(?P<leap>闰)?(?P<m>\d{{1,2}}|十[一二]?|[一二三四五六七八九])月(?P<ld>初[一二三四五六七八九十]|廿[一二三四五六七八九]?)", _lunar_date),
    _form(rf"{_YEAR}?(?:{_LUNAR_WORD})?(?P<m>[正冬腊])月(?:间|里)?(?:(?P<some>二十[几多])|(?P<end>底|末|尾))?", _lunar_whole_month),
    _form(r"(?<!月)(?P<nian>大年|年)?(?P<ld>初[一二三四五六七八九十](?!中|个|次|级))", _bare_lunar_day),
    _form(rf"{_YEAR}?{_NOT_A_SPAN}(?P<feast>{'|'.join(f for f in periods.FEASTS if f != '十一')})(?:节|这天|那天|当天)?", _feast),
    _form(rf"{_YEAR}?{_NOT_A_SPAN}(?P<feast>十一)(?=放假|假期|长假|期间|前|后|以|之|黄金周)", _feast),
    _form(r"(?P<word>大前天|前天|前儿|前日|昨[天日儿晚]|今[天日儿早晚]|明[天日儿早](?!子)|大后天|后天|后儿|后日)个?", _day_word),
    _form(r"(?P<n>半|\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<u>个)?(?P<unit>天|周|星期|礼拜|月|年)(?:以|之)?前(?!面)", _ago),
    _form(r"(?P<which>上上|上|这|本|下)个?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天末])?", _week),
)
