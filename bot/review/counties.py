"""Whose county a conversation belongs to (县区): by the region code it was held under, which may be a town's or a wider one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, true

COUNTY = 6
"""Digits of a county's code (GB/T 2260); its towns' codes begin with them."""
_WIDER = "00"
"""How the codes of prefectures and provinces end."""


def belongs(region: str | None, counties: Sequence[str] | None) -> bool:
    """Whether a conversation held under `region` is one of these counties' (None: all), or of no known county."""
    if counties is None or region is None or _wider(region):
        return True
    return any(region.startswith(one) for one in counties)


def of_counties(column: ColumnElement[Any], counties: Sequence[str] | None) -> ColumnElement[bool]:
    """The same as a condition on a column."""
    if counties is None:
        return true()
    wider = and_(func.length(column) <= COUNTY, column.endswith(_WIDER, autoescape=True))
    return or_(column.is_(None), wider, *(column.startswith(one, autoescape=True) for one in counties))


def _wider(region: str) -> bool:
    return len(region) <= COUNTY and region.endswith(_WIDER)
