"""The totals of the conversation cases, told at the end of a test run."""

from __future__ import annotations

import pytest

summaries = pytest.StashKey[list[str]]()
