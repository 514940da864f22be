"""Which county a roster is of, where nobody says: from its column of counties, its towns, its addresses."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bot.errors import BadRoster
from bot.records.roster.cells import plain
from bot.records.roster.headings import LOOKED_AT, Mapped, find_layout
from bot.records.roster.sheets import sheets_of
from policy_kb.regions import Region, Regions

_ROWS = 200
_TELLING = ("county", "address", "town")


def county_of(path: Path, mapped: Mapped, regions: Regions) -> Region:
    """The one county that the first rows of a file point to. Raises BadRoster where they point to none or several."""
    found = {county for text in _texts(path, mapped) for county in _counties(text, regions)}
    if len(found) == 1:
        return regions[found.pop()]
    names = "、".join(regions[code].name for code in sorted(found)[:5])
    told = f"its rows point to {names}" if found else "nothing in it names a county"
    raise BadRoster(f"{path}: {told}; say which county it is of by --region")


def _texts(path: Path, mapped: Mapped) -> Iterator[str]:
    for sheet in sheets_of(path):
        top = list(islice(sheet.rows, LOOKED_AT + _ROWS))
        layout = find_layout([cells for _, cells in top[:LOOKED_AT]], mapped, str(path))
        if layout is None:
            continue
        columns = [layout.columns[name] for name in _TELLING if name in layout]
        yield from {plain(cells[at]) for _, cells in top[layout.row :] for at in columns if at < len(cells)}
        return


def _counties(text: str, regions: Regions) -> Iterator[str]:
    """The counties that a text names, itself or by one of its towns; none where several bear the name."""
    for match in regions.find_in(text):
        counties = {one for place in match.candidates if (one := _county(place, regions))}
        if len(counties) == 1:
            yield from counties
            return


def _county(place: Region, regions: Regions) -> str | None:
    around = (one.code for one in regions.chain(place.code) if one.level == "county")
    return next(around, None)
