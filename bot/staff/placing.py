"""A scope from words and back: 濉溪县, 刘桥镇/前进村, 大竹县/月华镇/某村."""

from __future__ import annotations

from bot.staff.errors import StaffFault
from bot.staff.role import Role
from bot.staff.scope import Scope
from policy_kb.regions import Region, Regions

LONGEST_VILLAGE = 60


def scope_of(role: Role, words: str | None, regions: Regions) -> Scope:
    """The scope that `--scope` names for a role. Raises StaffFault with what would do."""
    parts = [part.strip() for part in (words or "").split("/") if part.strip()]
    if role is Role.ADMIN:
        if parts:
            raise StaffFault("--scope: an administrator sees everything; leave it out")
        return Scope(role)
    if role is Role.OPERATOR:
        if len(parts) != 1:
            raise StaffFault("--scope: give an operator's county, such as 濉溪县")
        return Scope(role, _county(parts[0], regions).code)
    if len(parts) not in (2, 3):
        raise StaffFault("--scope: give town/village, such as 刘桥镇/前进村, or county/town/village")
    return _village(role, parts, regions)


def _village(role: Role, parts: list[str], regions: Regions) -> Scope:
    *county, town, village = parts
    if len(village) > LONGEST_VILLAGE:
        raise StaffFault(f"--scope: a village's name has {LONGEST_VILLAGE} characters at most")
    if not county:
        found = [one for one in regions.named(town) if one.level == "town"]
        if len(found) != 1:
            what = "no town has" if not found else f"{len(found)} towns have"
            raise StaffFault(
                f"--scope: {what} the name {town}; give county/town/village, such as 濉溪县/{town}/{village}"
            )
        return Scope(role, found[0].parent, found[0].code, village)
    around = _county(county[0], regions)
    known = next((one for one in regions.children(around.code) if town in (one.name, *one.aliases)), None)
    return Scope(role, around.code, known.code if known else f"{around.code}-{town}", village)


def _county(name: str, regions: Regions) -> Region:
    found = [regions[name]] if name in regions else [one for one in regions.named(name) if one.level == "county"]
    if len(found) == 1 and found[0].level == "county":
        return found[0]
    if not found:
        raise StaffFault(f"--scope: no county is named {name}; give its name or its code (GB/T 2260)")
    raise StaffFault(f"--scope: {name} is not one county; give the city with it, or its code (GB/T 2260)")


def scope_words(scope: Scope, regions: Regions) -> str:
    """The scope as people write it."""
    if scope.county is None:
        return "全部地区"
    county = regions[scope.county].name if scope.county in regions else scope.county
    if scope.village is None:
        return county
    town = scope.town or ""
    name = regions[town].name if town in regions else town.partition("-")[2]
    return f"{county}/{name}/{scope.village}"
