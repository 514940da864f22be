"""Households put together at random: the sum told is the sum of the persons, or no sum is told."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from talk import SUIXI, at, first_line

FEE = {"普通": 320, "低保": 40, "五保": 0, "监测户": 160, "返贫致贫": 70}
"""What a person of each category pays in 濉溪县 for 2022, in 元."""
WORDS = {
    "爷爷": 1, "奶奶": 1, "我爸妈": 2, "公公婆婆": 2, "老公": 1, "我和媳妇": 2, "俩娃": 2, "我弟": 1, "我哥": 1, "外婆": 1,
    "老丈人": 1, "我姐": 1, "嫂子": 1, "三个孙子": 3,
}  # fmt: skip
"""Words for persons, and how many each names."""
SPOUSES = frozenset({"老公", "我和媳妇"})
COUNT = "零一两三四五六七八九十"
_SUM = re.compile(r"(\d+)个人一共交(\d+)元（")


@dataclass(frozen=True)
class Told:
    """A question on a household, how many they are, and what they pay together, in 元."""

    text: str
    heads: int
    yuan: int


@st.composite
def relatives(draw: st.DrawFn) -> Told:
    """爷爷是低保，老公普通，…一共多少钱."""
    found = draw(st.lists(st.sampled_from(sorted(WORDS)), min_size=2, max_size=4, unique=True))
    words = [one for one in found if one not in SPOUSES] + [one for one in found if one in SPOUSES][:1]
    kinds = [draw(st.sampled_from(sorted(FEE))) for _ in words]
    verbs = [draw(st.sampled_from(["是", "", "都是" if WORDS[one] > 1 else "也是"])) for one in words]
    comma = draw(st.sampled_from(["，", " "]))
    ask = draw(st.sampled_from(["一共多少钱", "总共要交多少", "加起来交多少", "全家要交多少"]))
    parts = [f"{word}{verb}{kind}" for word, verb, kind in zip(words, verbs, kinds, strict=True)]
    heads = sum(WORDS[one] for one in words)
    assume(heads > 1)
    told = [f"{heads}口人"] if draw(st.booleans()) and heads > 1 else []
    yuan = sum(WORDS[one] * FEE[kind] for one, kind in zip(words, kinds, strict=True))
    return Told(comma.join((*parts, *told, ask)), heads, yuan)


@st.composite
def numbers(draw: st.DrawFn) -> Told:
    """一家五口，两个低保，一个五保，剩下的普通，一共多少钱."""
    kinds = draw(st.lists(st.sampled_from(sorted(set(FEE) - {"普通"})), min_size=1, max_size=3, unique=True))
    counts = [draw(st.integers(1, 3)) for _ in kinds]
    rest = draw(st.integers(1, 3))
    heads = sum(counts) + rest
    whole = draw(st.sampled_from(["一家{}口", "俺家{}口人", "屋头{}个人", "家里{}口"])).format(
        COUNT[heads] if heads <= 10 else heads
    )
    is_ = draw(st.sampled_from(["", "是"]))
    parts = [f"{COUNT[count]}个{is_}{kind}" for count, kind in zip(counts, kinds, strict=True)]
    other = draw(st.sampled_from(["剩下的普通", "其他人都普通", "其余都是一般户", f"{COUNT[rest]}个普通"]))
    yuan = sum(count * FEE[kind] for count, kind in zip(counts, kinds, strict=True)) + rest * FEE["普通"]
    return Told("，".join((whole, *parts, other, "一共多少钱")), heads, yuan)


@settings(max_examples=120, deadline=None)
@given(relatives() | numbers())
def test_no_sum_leaves_anybody_out_or_takes_him_for_another(told: Told) -> None:
    said = _SUM.match(first_line(at(SUIXI).say(told.text, "premium")))
    assert said is not None, told.text
    assert (int(said[1]), int(said[2])) == (told.heads, told.yuan), told.text
