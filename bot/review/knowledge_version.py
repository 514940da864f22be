"""Which version of the knowledge base answered: a short hash over every file a decision can come from."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from bot.project import PROJECT

_KINDS = {".md", ".yml", ".csv"}


@cache
def knowledge_version(folder: Path = PROJECT / "policy_kb") -> str:
    """Twelve hexadecimal digits; the same for the same notices, rules, categories and facts."""
    digest = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.suffix in _KINDS):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
