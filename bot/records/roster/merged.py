"""Merged cells (合并单元格) of a worksheet: a reader row by row sees the first cell only, the others take its value."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl.utils import range_boundaries

from bot.records.roster.cells import Cell

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_CHUNK, _OVERLAP = 1 << 20, 200

Range = tuple[int, int, int, int]
"""First column, first row, last column, last row, each from 1."""


def merged_ranges(path: Path, part: str) -> list[Range]:
    """The merged ranges of one sheet, by first row; the tags stand behind the rows, so the sheet is looked through once."""
    found: set[bytes] = set()
    with zipfile.ZipFile(path) as archive, archive.open(part.lstrip("/")) as sheet:
        rest = b""
        while chunk := sheet.read(_CHUNK):
            found.update(_MERGED.findall(rest + chunk))
            rest = chunk[-_OVERLAP:]
    ranges = (range_boundaries(one.decode()) for one in found)
    return sorted(((int(a), int(b), int(c), int(d)) for a, b, c, d in ranges), key=lambda one: one[1])


class Filling:
    """Gives each cell of a merged range the value of its first one, row by row from the top."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._coming = list(reversed(list(ranges)))
        self._open: list[tuple[Range, Cell]] = []

    def __bool__(self) -> bool:
        return bool(self._coming or self._open)

    def filled(self, row: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        """The cells of a row with what reaches into it from merged ranges."""
        while self._coming and self._coming[-1][1] <= row:
            found = self._coming.pop()
            first = found[0] - 1
            self._open.append((found, cells[first] if found[1] == row and first < len(cells) else None))
        self._open = [one for one in self._open if one[0][3] >= row]
        if not self._open:
            return cells
        full = list(cells)
        for (left, _, right, _), value in self._open:
            full.extend([None] * (right - len(full)))
            full[left - 1 : right] = [value] * (right - left + 1)
        return full
