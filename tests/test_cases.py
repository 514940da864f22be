"""The conversation cases, held by the real assistant over the real NLU server; case_floors.yml is the share reached so far.

A floor only rises: whoever reaches more writes the new share there. A turn that falls short is printed with its reply.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from whole_program import CASE_TOTAL

from bot import composition
from bot.cases import Verdict, read_cases, run_cases
from nlu.client import NluClient

FOLDER = Path(__file__).parent / "cases"
FLOORS = FOLDER.with_name("case_floors.yml")
FILES = sorted(FOLDER.glob("*.yml"))


def floors() -> dict[str, float]:
    return dict(yaml.safe_load(FLOORS.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_no_fewer_turns_are_right_than_were_before(
    path: Path, nlu_client: NluClient, record_property: Callable[[str, object], None]
) -> None:
    assistant = composition.assemble(nlu_client)
    verdicts = [one async for one in run_cases(assistant, read_cases(path))]
    right = sum(one.right for one in verdicts)
    share, floor = right / len(verdicts), floors()[path.stem]
    record_property(
        CASE_TOTAL, f"{path.stem:<16} {right:>4} of {len(verdicts):>4} turns right ({share:.1%}; floor {floor:.1%})"
    )
    print("\n".join(_shown(one) for one in verdicts if not one.right))
    assert [one.case for one in verdicts if one.reply is None] == [], "a message was not answered"
    assert share >= floor


def test_every_file_has_a_floor_and_every_floor_a_file() -> None:
    assert set(floors()) == {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_two_cases_of_a_file_share_an_id(path: Path) -> None:
    ids = [case.id for case in read_cases(path)]
    assert sorted(set(ids)) == sorted(ids)


def _shown(verdict: Verdict) -> str:
    reply = verdict.reply.reply if verdict.reply else "(no reply)"
    return f"{verdict.case} turn {verdict.turn}: {verdict.ask}\n  {'; '.join(verdict.shortfalls)}\n{reply}\n"
