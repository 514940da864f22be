"""Tables as files for spreadsheets (导出): UTF-8 with its mark, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from fastapi import Response

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_file(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The table as an answer that browsers save under `name`."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f"attachment; filename=\"table.csv\"; filename*=UTF-8''{quote(name)}.csv"}
    return Response(text.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def guarded(cell: object) -> object:
    """The cell as it is safe to open; only texts can be formulas."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip().startswith(_RUNS) else cell
