"""The fixtures of the desk's tests."""

from __future__ import annotations

from desk_office import office, operators, secrets

__all__ = ["office", "operators", "secrets"]
