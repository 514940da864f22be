"""On which databases the tests of the journal run."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def prepared(request: pytest.FixtureRequest) -> str | Path:
    """SQLite; PostgreSQL too for the tests that ask for both, where it is the database that matters."""
    found: str | Path = request.getfixturevalue(getattr(request, "param", "sqlite_template"))
    return found
