"""Whether a question turns to somebody else than the one before was about."""

from __future__ import annotations

from dialogues.follow_up import Reading
from dialogues.said import Said
from dialogues.state import State

_SAME = {"baby": "child", "grandchild": "child"}
"""Words for one and the same child."""


def other_person(state: State, said: Said, reading: Reading) -> bool:
    """Whether a question turns to somebody else, so that what was said before is not said of this one."""
    if said.myself and state.subject is not None:
        return True
    if said.subject is not None and _SAME.get(said.subject, said.subject) != _SAME.get(
        state.subject or "", state.subject
    ):
        return True
    return not reading.follow_up and bool(said.facts) and (said.names_person or said.subject != state.subject)
