"""The forms in which people write dates: each finds its words and says which days they can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nlu import periods
from nlu.lunar_forms import LUNAR_FORMS
from nlu.periods import Period
from nlu.years import CN, NOT_A_SPAN, YEAR, count_of, form, written_years, years_of

_CN_DAY = r"(?:三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?)"
_MONTH = r"(?:(?P<m>(?<![\d.])\d{1,2}|十[一二]?|元|(?<!十)[一二三四五六七八九])月(?!子|嫂|饼|薪|大|龄)(?:份|间|里)?)"
_SAID_MONTH = (
    r"(?P<rm>上上个?月|上个?月|下下个?月|下个?月|这个?月|本月|当月)(?:份|的)?(?:(?:\d{1,2}|"
    r"[一二三四五六七八九十]{1,2})月份?)?"
)
_DAY = (
    rf"(?:(?P<d>\d{{1,2}}|{_CN_DAY}|[一二三四五六七八九])[号日]|"
    rf"(?P<e>\d{{1,2}}(?![\d.个天岁年月口次元块档人名分点:：%])|{_CN_DAY}(?![个天岁年月口次元块档人名几多])))"
)
_PART = r"(?P<part>底|末|尾|初(?![一二三四五六七八九十\d])|头|上旬|中旬|下旬|中(?!秋|断|间|午|旬))"
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6, "末": 5}
_DAY_WORDS = {
    "大前天": -3,
    "前天": -2,
    "前儿": -2,
    "前日": -2,
    "昨": -1,
    "今": 0,
    "明": 1,
    "后天": 2,
    "后儿": 2,
    "后日": 2,
    "大后天": 3,
}
_DONE_THEN = r"(?=[^，。？！级龄纪]{0,6}(?:[交缴补办弄搞整参买]|呢|行不|算|报)|$)"
"""过完年再交, 翻年呢: where the turn of the year is when something is done, not the story (过完年就走了)."""
_LAST_DAY = r"的?最后(?:一|那|这)?[天日](?!前)"
_OFF_BY_ONE = (
    (re.compile(r"的?(?:次日|第二天|隔天|后一天)"), 1),
    (re.compile(r"的?(?:头一天|前一天|头天)"), -1),
)
"""元旦第二天, 国庆头一天: the day beside the one that was named."""
_MONTH_WORDS = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "下": 1, "下下": 2}


@dataclass(frozen=True)
class Said:
    """Words at [start, end) and the stretches they can mean: none is no such day, one is certain."""

    start: int
    end: int
    periods: tuple[Period, ...]
    years: tuple[int, ...] = ()
    """Years that were written out, for the check that they lie within a lifetime."""


def said_dates(text: str, today: date) -> list[Said]:
    """Every date form in the text, the longest at each place, in order."""
    found: list[Said] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            possible = tuple(dict.fromkeys(p for p in read(match, today) if p is not None))
            found.append(Said(*match.span(), possible, written_years(match, today)))
    found.sort(key=lambda said: (said.start - said.end, said.start))
    kept: list[Said] = []
    for said in found:
        if all(said.end <= other.start or said.start >= other.end for other in kept):
            kept.append(said)
    return sorted((_beside(said, text) for said in kept), key=lambda said: said.start)


def _beside(said: Said, text: str) -> Said:
    """The last day of a month (2月最后一天), and the day next to a day (元旦第二天)."""
    whole = bool(said.periods) and all(one.precision == "month" for one in said.periods)
    if whole and (match := re.compile(_LAST_DAY).match(text, said.end)):
        return replace(said, end=match.end(), periods=tuple(periods.last_day(one) for one in said.periods))
    if not said.periods or any(one.precision != "day" for one in said.periods):
        return said
    for pattern, days in _OFF_BY_ONE:
        if match := pattern.match(text, said.end):
            return replace(said, end=match.end(), periods=tuple(periods.moved(one, days) for one in said.periods))
    return said


def _month_number(match: re.Match[str]) -> int:
    """The month named; 元月 is the first."""
    return 1 if match["m"] == "元" else count_of(match["m"])


def _month_day(match: re.Match[str], today: date) -> Iterable[Period | None]:
    month, day = _month_number(match), count_of(match["d"] or match["e"])
    return [periods.solar(year, month, day) for year in years_of(match, today)]


def _month(match: re.Match[str], today: date) -> Iterable[Period | None]:
    part = match.groupdict().get("part") or ""
    return [periods.solar_month(year, _month_number(match), part) for year in years_of(match, today)]


def _national_day(match: re.Match[str], today: date) -> Iterable[Period | None]:
    return [periods.solar(year, 10, 1) for year in years_of(match, today)]


def _turn_of_year(match: re.Match[str], today: date) -> Iterable[Period | None]:
    """翻年, 开年: from 1 January on; 过了年: from the lunar New Year on."""
    lunar = match.group().startswith("过")
    return [periods.feast(year, "年后") if lunar else periods.from_new_year(year) for year in years_of(match, today)]


def _last_of_year(match: re.Match[str], today: date) -> Iterable[Period | None]:
    return [periods.solar(year, 12, 31) for year in years_of(match, today)]


def _in_said_month(match: re.Match[str], today: date) -> Iterable[Period | None]:
    year, month = _shifted(today, _MONTH_WORDS[match["rm"].rstrip("月").rstrip("个")])
    groups = match.groupdict()
    if groups.get("d") or groups.get("e"):
        return [periods.solar(year, month, count_of(groups.get("d") or groups.get("e")))]
    return [periods.solar_month(year, month, groups.get("part") or "")]


def _shifted(today: date, months: int) -> tuple[int, int]:
    count = today.year * 12 + today.month - 1 + months
    return count // 12, count % 12 + 1


def _bare_day(match: re.Match[str], today: date) -> Iterable[Period | None]:
    return [periods.solar(*_shifted(today, shift), count_of(match["d"])) for shift in (-1, 0, 1)]


def _bare_part(match: re.Match[str], today: date) -> Iterable[Period | None]:
    return [periods.solar_month(today.year, today.month, match["part"])]


def _numeric(match: re.Match[str], today: date) -> Iterable[Period | None]:
    years = years_of(match, today)
    if match.groupdict().get("d") is None:
        return [periods.solar_month(year, int(match["m"])) for year in years]
    return [periods.solar(year, int(match["m"]), int(match["d"])) for year in years]


def _year_part(match: re.Match[str], today: date) -> Iterable[Period | None]:
    years = years_of(match, today) if match["y"] or match["ry"] else (today.year - 1, today.year)
    return [periods.solar_year(year, match["part"]) for year in years]


def _day_word(match: re.Match[str], today: date) -> Iterable[Period | None]:
    word = match["word"]
    shift = next(v for k, v in sorted(_DAY_WORDS.items(), key=lambda item: -len(item[0])) if word.startswith(k))
    return [periods.one_day(today + timedelta(days=shift))]


def _ago(match: re.Match[str], today: date) -> Iterable[Period | None]:
    unit, half = match["unit"] or match["plain"], match["n"] == "半"
    count = 0 if half else count_of(match["n"])
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


_FORMS = (
    form(rf"{YEAR}?{_MONTH}{_DAY}", _month_day),
    form(rf"{YEAR}?{_MONTH}{_PART}?", _month),
    form(rf"{YEAR}?十月一(?=$|[，。？！]|[交缴办放回假过前后]|再|去|那天)", _national_day),
    form(rf"{YEAR}{_LAST_DAY}", _last_of_year),
    form(rf"(?:翻过?了?年|开了?年|过(?:了|完)年(?:后|以后|之后)?){_DONE_THEN}", _turn_of_year),
    form(rf"{_SAID_MONTH}(?:{_DAY}|{_PART})?", _in_said_month),
    form(rf"(?<![\d.月第{CN}十])(?P<d>\d{{1,2}}|{_CN_DAY}|[一二三四五六七八九])[号日](?!楼|文|令|线|店|码)", _bare_day),
    form(r"(?<![月个年号\d一二两三四五六七八九十])月(?P<part>底|末|初)", _bare_part),
    form(
        r"(?<![\d.])(?P<y>\d{4}|\d{2}(?=[-/.]\d\d[-/.]\d\d))[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)[号日]?",
        _numeric,
    ),
    form(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)", _numeric),
    form(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>0?[1-9]|1[0-2])(?![\d.-])", _numeric),
    form(
        r"(?<![\d.-])(?P<m>0?[1-9]|1[0-2])[./-](?P<d>[0-3]?\d)(?=[号日]|出?生|落地|那天|[交缴]|以?前|之前|"
        r"$)(?![\d.])[号日]?",
        _numeric,
    ),
    form(rf"(?:{YEAR}年?|{NOT_A_SPAN}年)(?P<part>底|末|尾|初(?!中))(?!的年)", _year_part),
    form(
        r"(?P<word>大前天|前天|前儿|前日|昨[天日儿晚]|今[天日儿早晚]|明[天日儿早](?!子)|大后天|后天|后儿|"
        r"后日)个?",
        _day_word,
    ),
    form(
        r"(?P<n>半|\d{1,3}|[一二两三四五六七八九十]{1,3})(?:个(?P<unit>月|星期|礼拜)|"
        r"(?P<plain>天|周|星期|礼拜|年))(?:以|之)?前(?!面)",
        _ago,
    ),
    form(r"(?P<which>上上|上|这|本|下)个?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天末])?", _week),
    *LUNAR_FORMS,
)
