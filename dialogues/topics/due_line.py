"""One figure of what is due: for whom, the standard, the assistance, and what remains to be paid."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class DueLine:
    """One figure: for whom (category, tier), standard, assistance and what remains, in 元; None where not stated."""

    category: str | None
    tier: str | None
    standard: Decimal | None
    assistance: Decimal | None
    pays: Decimal | None
    outcome: str
    how: str | None = None
    by: str | None = None
    needs: str | None = None
    too_old_from: int | None = None
    """The age beyond which the household's child is not helped, where the child asked about is older."""
    document: str | None = None
    bears_subsidy: bool = False
    whom: str | None = None
    """For whom the figure is where it is not everybody's (在校学生、未满18周岁的)."""

    @property
    def label(self) -> str:
        """`低保对象一档（在校学生）`; empty for an ordinary person where there are no tiers."""
        bare = f"{self.category or ''}{self.tier or ''}"
        return f"{bare}（{self.whom}）" if bare and self.whom else bare or self.whom or ""

    @property
    def least(self) -> Decimal | None:
        """What is paid in any case known: the standard where the notice gives no assistance; None where another paper sets it."""
        return self.pays if self.pays is not None or self.document else self.standard


def general(lines: tuple[DueLine, ...]) -> tuple[DueLine, ...]:
    """The lines that are for everybody else than those with a figure of their own; all where there are none such."""
    return tuple(line for line in lines if not line.whom) or lines
