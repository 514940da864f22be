"""A second, plain reading of rule files, straight from their YAML values and without the engine, for wholly known persons."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from policy_kb.knowledge import ROOT

DAY = timedelta(days=1)
Raw = dict[str, Any]
Person = dict[str, Any]
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
VOCABULARY: dict[str, Raw] = yaml.safe_load((ROOT / "categories.yml").read_text(encoding="utf-8"))


class Yaml12(yaml.SafeLoader):
    """YAML in which `on`, `yes` and `no` are words and only true and false are truth values."""


Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Raw:
    """A rule file as YAML gives it."""
    found: Raw = yaml.load(path.read_text(encoding="utf-8"), Loader=Yaml12)
    return found


def value(text: Any) -> Any:
    """A day, a number, or None for an open side."""
    if not isinstance(text, str):
        return text
    text = text.strip()
    return date.fromisoformat(text) if ISO.fullmatch(text) else float(text) if text else None


def bounds(written: Any) -> list[tuple[str, Any]]:
    """`<=3`, `2031-01-01..`, `7` as comparisons."""
    text = str(written)
    sign = re.match(r"<=|>=|<|>", text)
    if sign:
        return [(sign[0], value(text[sign.end() :]))]
    low, high = text.split("..") if ".." in text else (text, text)
    return [(one, value(side)) for one, side in ((">=", low), ("<=", high)) if side.strip()]


def compares(here: Any, written: Any) -> bool:
    tests = {"<=": here.__le__, ">=": here.__ge__, "<": here.__lt__, ">": here.__gt__}
    if not isinstance(here, date):
        here = float(here)
        tests = {"<=": here.__le__, ">=": here.__ge__, "<": here.__lt__, ">": here.__gt__}
    return all(tests[sign](bound) for sign, bound in bounds(written))


def around(category: str) -> set[str]:
    """The category and all that contain it."""
    found = {category}
    for wider in VOCABULARY[category].get("is_a", []):
        found |= around(wider)
    return found


def age_on(birth: date, day: date) -> int:
    years = day.year - birth.year
    return years if (day.month, day.day) >= (birth.month, birth.day) else years - 1


def holds(when: Raw | None, person: Person) -> bool:
    """Whether all that a `when` asks is so."""
    return all(_holds(name, wanted, person) for name, wanted in (when or {}).items())


def _holds(name: str, wanted: Any, person: Person) -> bool:
    if name == "any":
        return any(holds(one, person) for one in wanted)
    if name == "not":
        return not holds(wanted, person)
    if isinstance(wanted, dict):
        return compares(age_on(person["birth_date"], value(wanted["on"])), wanted["is"])
    listed = wanted if isinstance(wanted, list) else [wanted]
    if name == "category":
        return any(one in around(held) for held in person["category"] for one in listed)
    here = person[name]
    if isinstance(here, bool | str):
        return here in listed
    return compares(here, wanted)


def first(rules: list[Raw] | None, person: Person, **only: Any) -> Raw | None:
    """The first rule that holds, of those with these values."""
    fitting = (one for one in rules or [] if all(one.get(key) == wanted for key, wanted in only.items()))
    return next((one for one in fitting if holds(one.get("when"), person)), None)


def windows(raw: Raw) -> list[Raw]:
    """The windows with `opens: follows` worked out and open sides closed by the year."""
    found: list[Raw] = []
    for one in raw.get("windows") or []:
        opens = found[-1]["closes"] + DAY if one["opens"] == "follows" else one["opens"]
        found.append({**one, "opens": opens, "undated": not (opens or one["closes"])})
    for one in found:
        one["opens"] = one["opens"] or date(raw["year"] - 1, 1, 1)
        one["closes"] = one["closes"] or date(raw["year"], 12, 31)
    return [one for one in found if not one["undated"]]


def window_state(raw: Raw, person: Person, day: date) -> str:
    """open, closed_days, before or after."""
    usable = [one for one in windows(raw) if holds(one.get("when"), person)]
    here = [one for one in usable if one["opens"] <= day <= one["closes"]]
    shut = [
        one
        for one in here
        if one.get("closed_days") and one["closed_days"]["from"] <= day.day <= one["closed_days"]["to"]
    ]
    if here:
        return "closed_days" if len(shut) == len(here) else "open"
    return "before" if any(one["opens"] > day for one in usable) else "after"


def months_on(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def wait(raw: Raw, person: Person) -> tuple[int, int] | None:
    """Months and days to wait; None where no rule holds."""
    rule = first(raw.get("waiting"), person)
    if rule is None:
        return None
    months, days = rule.get("months", 0), rule.get("days", 0)
    for key, sign in (("more", 1), ("less", -1)):
        if key in rule:
            count = sign * int(person[rule[key]["per"]])
            months, days = months + count * rule[key].get("months", 0), days + count * rule[key].get("days", 0)
    return (max(months, rule.get("at_least", 0)) if "months" in rule else 0), max(days, 0)


def cover(raw: Raw, person: Person) -> tuple[Any, Any] | None:
    """First day (the safe one; `at_once`) and last day of cover for the person's payment; None where nothing is said."""
    paid, year = person["paid_on"], raw["year"]
    rule = first(raw.get("coverage"), person)
    if rule is None or paid.year not in (year - 1, year):
        return None
    ends = date(year, 12, 31) if rule.get("ends") == "end_of_year" else rule.get("ends")
    starts = rule["starts"]
    if starts == "after_waiting":
        waits = wait(raw, person)
        if waits is None:
            return None
        starts = "at_once" if waits == (0, 0) else {"months_after_payment": waits[0], "days_after_payment": waits[1]}
    begins = start(starts, person)
    return None if begins != "at_once" and begins > (ends or date(year, 12, 31)) else (begins, ends)


def start(starts: Any, person: Person) -> Any:
    """The first day by a `starts`; of a time after payment the day after it is full."""
    named = {
        "day_of_payment": person["paid_on"],
        "day_after_payment": person["paid_on"] + DAY,
        "day_of_birth": person["birth_date"],
    }
    if isinstance(starts, dict):
        full = months_on(person["paid_on"], starts.get("months_after_payment", 0))
        return full + DAY * starts.get("days_after_payment", 0) + DAY
    return named.get(starts, starts)


def pays(raw: Raw, person: Person) -> float | str | None:
    """What somebody in at most one category pays; `unknown` where no sum is stated, None where nothing is said."""
    premium = first(raw["premium"], person)
    if premium is None or not person["category"]:
        return premium["amount"] if premium else None
    aid = first(raw.get("assistance"), person)
    if aid is None or aid["gives"] == "unknown":
        return "unknown" if aid else None
    base = next((one["amount"] for one in raw["premium"] if one["id"] == aid.get("of")), premium["amount"])
    gives = {"all": premium["amount"]}.get(str(aid["gives"]))
    if gives is None:
        gives = base * float(aid["gives"][:-1]) / 100 if str(aid["gives"]).endswith("%") else aid["gives"]
    return float(premium["amount"] - min(gives, premium["amount"]))


def leaves(when: Raw | None) -> Iterator[tuple[str, Any]]:
    """Every plain test of a `when`."""
    for name, wanted in (when or {}).items():
        if name == "any":
            for one in wanted:
                yield from leaves(one)
        elif name == "not":
            yield from leaves(wanted)
        else:
            yield name, wanted


def beside(name: str, wanted: Any) -> list[Any]:
    """Values of a fact at, just before and just after what a test asks."""
    if name == "category":
        return [(), *((one,) for one in (wanted if isinstance(wanted, list) else [wanted]))]
    if isinstance(wanted, bool):
        return [True, False]
    if isinstance(wanted, dict):
        edges = [bound for _, bound in bounds(wanted["is"])]
        years = [int(edge) + step for edge in edges for step in (0, 1)]
        return [birthday(value(wanted["on"]), count) + DAY * step for count in years for step in (-1, 0, 1)]
    found = []
    for one in wanted if isinstance(wanted, list) else [wanted]:
        if re.search(r"\d", str(one)):
            found += [
                bound + (DAY * step if isinstance(bound, date) else step)
                for _, bound in bounds(one)
                for step in (-1, 0, 1)
            ]
        else:
            found += [one]
    return found


def birthday(day: date, years: int) -> date:
    """So many years before a day; of 29 February the first of March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def fact(name: str, wanted: Any) -> str:
    """The fact a test looks at."""
    return "birth_date" if isinstance(wanted, dict) else name
