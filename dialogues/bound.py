"""Whether the bound record (参保档案), or one of the family, may speak for the person a question is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dialogues.record import Record, Relative, bare_name, everybody
from dialogues.state import State
from policy_kb.conditions import years_between

CHILD_UNTIL = 18
"""Years of age under which a record may be that of the child asked about."""
BABY_UNTIL = 2
"""Years of age under which a record may be that of a newborn asked about (新生儿, 一周岁以内 and a late question)."""
_UNTIL = {"baby": BABY_UNTIL, "child": CHILD_UNTIL, "grandchild": CHILD_UNTIL}


def record_for(state: State, facet: str, today: date) -> Record | None:
    """The record where the question is about its person, or about somebody of the family this person acts for.

    Never for another relative; a newborn only if it is one; None where several of the family could be meant.
    """
    meant = relatives_meant(state, facet, today)
    if _itself(state, facet, today):
        return state.record
    picked = [one for one in meant if one.label == state.person]
    chosen = picked or meant
    return chosen[0].record if len(chosen) == 1 else None


def named_person(state: State, names: Sequence[str]) -> State:
    """The state in which the person named is meant, where it is one of the family that may be told."""
    family = state.record.family if state.record else ()
    named = next((one for one in family if bare_name(one.record.name) in names), None)
    return replace(state, subject=named.kin, person=named.label) if named else state


def strangers(record: Record, names: Sequence[str]) -> bool:
    """Whether somebody is named of whom this record tells nothing: neither its person nor one of the family."""
    known = {bare_name(one.name) for one in everybody(record)}
    return any(name not in known for name in names)


def relatives_meant(state: State, facet: str, today: date) -> tuple[Relative, ...]:
    """Those of the family the question may be about: by their age where it is a child's, else by their kinship."""
    record = state.record
    if record is None:
        return ()
    until = _until(state, facet)
    if until is not None:
        return tuple(one for one in record.family if _young(one.record, today, until))
    return tuple(one for one in record.family if state.subject and one.kin == state.subject)


def _until(state: State, facet: str) -> int | None:
    return BABY_UNTIL if facet.startswith("newborn") else _UNTIL.get(state.subject or "")


def _itself(state: State, facet: str, today: date) -> bool:
    """Whether the question is about the person of the record."""
    if state.record is None:
        return False
    until = _until(state, facet)
    return state.subject is None if until is None else _young(state.record, today, until)


def _young(record: Record, today: date, until: int) -> bool:
    return record.birth_date is not None and years_between(record.birth_date, today) < until
