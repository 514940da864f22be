"""Answers kept ready: one for each shortcut, whoever writes at the same moment."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.canned import CannedAnswers, tidy_shortcut


@pytest.mark.parametrize(
    ("written", "kept"), [("/材料", "材料"), (" ／ 材 料 ", "材料"), ("CK", "ck"), ("/ /", ""), ("a/b", "a/b")]
)
def test_a_shortcut_is_kept_as_it_is_typed_after_the_stroke(written: str, kept: str) -> None:
    assert tidy_shortcut(written) == kept


async def test_two_who_add_the_same_shortcut_keep_one(engine: AsyncEngine) -> None:
    canned = CannedAnswers(engine)
    done = await asyncio.gather(*(canned.add("材料", words, "虚构甲") for words in ("带身份证", "带户口本")))
    assert sorted(done) == [False, True]
    assert len(await canned.all()) == 1


async def test_one_is_not_renamed_onto_another_and_what_is_gone_is_not_changed(engine: AsyncEngine) -> None:
    canned = CannedAnswers(engine)
    await canned.add("甲", "一", "虚构甲")
    await canned.add("乙", "二", "虚构甲")
    first, second = await canned.all()
    assert not await canned.change(first.id, second.shortcut, "三", "虚构乙")
    assert await canned.change(first.id, first.shortcut, "三", "虚构乙")
    assert await canned.remove(first.id)
    assert not await canned.remove(first.id)
    assert not await canned.change(first.id, "丙", "四", "虚构乙")
    assert [one.id for one in await canned.all()] == [second.id]
