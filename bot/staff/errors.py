"""What can go wrong with staff accounts.

CanbaoError
└── StaffFault        an account that cannot be made or changed so; the message says why and what would do
    ├── UnknownStaff  nobody has this name
    └── WeakPassword  a new password that is too easy to guess (in Chinese, as staff read it)
"""

from __future__ import annotations

from bot.errors import CanbaoError


class StaffFault(CanbaoError):
    """An account cannot be made or changed as asked."""

    exit_code = 2


class UnknownStaff(StaffFault):
    """No account has this name."""


class WeakPassword(StaffFault):
    """A new password is refused; the message is Chinese and says what to choose instead."""
