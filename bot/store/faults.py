"""What went wrong with a database, in words that hold nothing of what was written, and what to do."""

from __future__ import annotations


def fault_of(error: Exception) -> str:
    """What went wrong with the database, without the statement, which holds personal data, and what to do."""
    cause = getattr(error, "orig", None) or error
    name = getattr(cause, "sqlite_errorname", None) or type(cause).__name__
    first = str(cause).splitlines()[0] if str(cause) else ""
    told = first if getattr(cause, "sqlite_errorname", None) else ""
    mend = next((mend for word, mend in _MENDS.items() if word in f"{name} {first}"), "look at the database")
    return (
        f"the database could not be written ({name}{f': {told}' if told else ''}): {mend}, then run the same command again; "
        "what was reported as loaded is kept"
    )


_MENDS = {
    "FULL": "free space on its disk",
    "DiskFull": "free space on its disk",
    "BUSY": "another program holds it; end that one",
    "LOCKED": "another program holds it; end that one",
    "READONLY": "make it writable",
    "ReadOnly": "make it writable",
    "IOERR": "check its disk",
    "CANTOPEN": "check its folder and permissions",
    "Connection": "check that the server runs",
}
