"""What kinds of staff there are (岗位)."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Village staff see their own village, operators their county, administrators all."""

    VILLAGE = "village"
    OPERATOR = "operator"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The role in Chinese, as staff and residents read it."""
        return _LABELS[self]


_LABELS = {Role.VILLAGE: "村（社区）经办人", Role.OPERATOR: "热线话务员", Role.ADMIN: "管理员"}
