"""A member of staff, as pages and the audit know one."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.staff.role import Role
from bot.staff.scope import Scope
from bot.store.tables.staff import StaffRow


@dataclass(frozen=True)
class Member:
    """Who works at the console: account, role and scope."""

    id: int
    name: str
    scope: Scope
    must_change: bool = False
    disabled: bool = False
    password: str = field(default="", repr=False, compare=False)
    """The hash."""

    @property
    def actor(self) -> str:
        """How the audit journal names the member."""
        return f"staff:{self.name}"

    @property
    def role(self) -> Role:
        """The member's role."""
        return self.scope.role


def member_of(row: StaffRow) -> Member:
    """The member whose row this is."""
    assert row.id is not None
    scope = Scope(Role(row.role), row.region, row.town, row.village)
    return Member(row.id, row.name, scope, row.must_change, row.disabled, row.password)
