"""Whether the bound record (参保档案) may speak for the person a question is about."""

from __future__ import annotations

from datetime import date

from dialogues.record import Record
from dialogues.state import State
from policy_kb.conditions import years_between

CHILD_UNTIL = 18
"""Years of age under which a record may be that of the child asked about."""
BABY_UNTIL = 2
"""Years of age under which a record may be that of a newborn asked about (新生儿, 一周岁以内 and a late question)."""
_UNTIL = {"baby": BABY_UNTIL, "child": CHILD_UNTIL, "grandchild": CHILD_UNTIL}


def record_for(state: State, facet: str, today: date) -> Record | None:
    """The record where the question is about its person: never for another relative, a newborn only if it is one."""
    record = state.record
    if record is None:
        return None
    until = BABY_UNTIL if facet.startswith("newborn") else _UNTIL.get(state.subject or "")
    if until is None:
        return record if state.subject is None else None
    young = record.birth_date is not None and years_between(record.birth_date, today) < until
    return record if young else None
