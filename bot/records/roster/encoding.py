"""In which encoding a csv was saved: what Excel, WPS and county systems write."""

from __future__ import annotations

import codecs
from pathlib import Path

from bot.errors import BadRoster

_CHUNK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TRIED = ("utf-8", "gb18030")


def encoding_of(path: Path) -> str:
    """The encoding by which the whole file reads: by its mark, else UTF-8, else GB18030. Raises BadRoster."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(b"PK\x03\x04"):
        raise BadRoster(f"{path}: is a workbook by its content; name it .xlsx")
    if head == b"\xd0\xcf\x11\xe0":
        raise BadRoster(f"{path}: is an old .xls by its content; save it as .xlsx or .csv (另存为)")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    for encoding in _TRIED:
        if _reads(path, encoding):
            return encoding
    raise BadRoster(f"{path}: neither UTF-8 nor GB18030; save it as “CSV UTF-8” and try again")


def _reads(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
