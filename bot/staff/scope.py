"""Whose matters a member of staff may see (辖区): the one place that decides it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.staff.role import Role


@dataclass(frozen=True)
class Scope:
    """A role with its place: a county for operators, one village of a town for village staff, nothing for administrators."""

    role: Role
    county: str | None = None
    """Region code."""
    town: str | None = None
    """The town's code, as `resident.town` has it."""
    village: str | None = None

    def sees(self, county: str | None, town: str | None, village: str | None) -> bool:
        """Whether somebody who belongs to that village, town and county is in this scope; a place unknown is in no village."""
        if self.role is Role.ADMIN:
            return True
        if self.county is None or county != self.county:
            return False
        if self.role is Role.OPERATOR:
            return True
        return self.village is not None and (town, village) == (self.town, self.village)

    def sees_county(self, county: str) -> bool:
        """Whether figures of all of this county may be seen: every role sees its own county's, which are no one's person."""
        return self.role is Role.ADMIN or county == self.county

    @property
    def whole_county(self) -> bool:
        """Whether people of every village may be seen."""
        return self.role is not Role.VILLAGE
