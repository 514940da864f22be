"""The town and village of a row: from columns of their own, else out of the address; towns are held against the region."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.records.roster.cells import BadCell
from policy_kb.regions import Regions

_ADDRESS = re.compile(
    r"(?P<around>(?:[^市县区旗]{1,8}?[省市])?(?:[^市县区旗镇乡]{1,8}?市)?(?:[^市县区旗镇乡]{1,8}?[县区旗])?)"
    r"(?P<town>[^村]{1,10}?(?:镇|乡|街道|园区|开发区|农场))?"
    r"(?P<village>[^0-9镇乡]{1,14}?(?:行政村|村民委员会|村委会|居委会|社区|村))?.*"
)
_FULL_NAMES = re.compile("(?:行政村|村民委员会|村委会|居民委员会|居委会)$")
LONGEST = 60


class Places:
    """Towns and villages of one county."""

    def __init__(self, regions: Regions, county: str) -> None:
        self._regions = regions
        self._county = county
        self._towns = {name: one.code for one in regions.children(county) for name in (one.name, *one.aliases)}
        self._full = tuple(one.name for one in regions.children(county))
        self.town = lru_cache(maxsize=10_000)(self._town)
        self.in_address = lru_cache(maxsize=50_000)(self._in_address)

    @property
    def name(self) -> str:
        """The county's name."""
        return self._regions[self._county].name

    def _town(self, text: str) -> str:
        """The code of a town by name; where the county's towns are not known, county and name. Raises BadCell."""
        if not text:
            return ""
        name = text.removeprefix(self.name)
        if name in self._towns:
            return self._towns[name]
        if self._towns:
            shown = "、".join(self._full[:30])
            raise BadCell(f"{self.name}没有“{name[:20]}”这个乡镇；有{shown}")
        if not name.isprintable() or len(name) > 30:
            raise BadCell("乡镇的名称不对，请核对")
        return f"{self._county}-{name}"

    def check_county(self, text: str) -> None:
        """Refuses a row of another county. Raises BadCell."""
        if text and text not in (self._county, self.name) and not text.endswith(self.name):
            if any(one.code == self._county for one in self._regions.named(text)):
                return
            raise BadCell(f"这一行是“{text[:20]}”的，不是{self.name}的")

    def _in_address(self, text: str) -> tuple[str, str] | None:
        """Town code and village out of an address, empty where it tells none; None: it lies elsewhere. Raises BadCell."""
        found = _ADDRESS.match(text)
        if self.name in text:
            found = _ADDRESS.match(text.partition(self.name)[2])
        elif found and self._elsewhere(found["around"] or ""):
            return None
        if not found:
            return "", ""
        return self.town(found["town"] or ""), village_name(found["village"] or "")

    def _elsewhere(self, around: str) -> bool:
        """Whether what an address begins with is another county, or a city or province that this one does not lie in."""
        if around.endswith(("县", "区", "旗")):
            return True
        return bool(around) and not any(one.name in around for one in self._regions.chain(self._county)[1:])


def village_name(text: str) -> str:
    """A village as it is kept: 李村行政村 and 李村村委会 are 李村. Raises BadCell."""
    bare = text.removesuffix("村民委员会") + "村" if text.endswith("村民委员会") else text
    name = _FULL_NAMES.sub("", bare) or bare
    if len(name) > LONGEST or not name.isprintable():
        raise BadCell("村（社区）的名称不对，请核对")
    return name
