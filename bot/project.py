"""Where the project lies on this machine."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
"""The project's folder: where config.yml, models/ and var/ are."""
VAR = PROJECT / "var"
"""What the program writes: the database, the API token, caches."""
