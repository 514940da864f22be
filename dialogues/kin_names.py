"""Relatives by one name each (我妈, 老娘 and 俺娘 are 妈), how many a word names, and whether they are grown up."""

from __future__ import annotations

from typing import Literal, TypeAlias

from nlu.understanding import KinMention

Stage: TypeAlias = Literal["adult", "child", "grown", "open"]
"""Whether somebody is grown up: `grown` where one may be old (爷爷), `open` where the word does not tell (儿子)."""
ME, SPOUSE, CHILD = "我", "配偶", "孩子"
TWO = 2
_SAME = {
    "爹": "爸", "父亲": "爸", "老爸": "爸", "老爹": "爸", "老汉": "爸", "老汉儿": "爸", "老父亲": "爸", "家父": "爸",
    "大": "爸", "达": "爸",
    "娘": "妈", "母亲": "妈", "老妈": "妈", "老娘": "妈", "老母亲": "妈", "家母": "妈", "老妈子": "妈",
    "婆子妈": "婆", "老人公": "公", "丈母娘": "岳母", "老丈母": "岳母", "老丈人": "岳父",
    "祖父": "爷", "祖母": "奶", "姥姥": "外婆", "家婆": "外婆", "嘎婆": "外婆", "姥爷": "外公", "外爷": "外公", "家公": "外公",
    "嘎公": "外公", "娃": CHILD, "娃儿": CHILD, "小孩": CHILD, "小孩子": CHILD, "小娃": CHILD, "娃娃": CHILD, "崽": CHILD,
    "崽崽": CHILD, "小朋友": CHILD, "细伢": CHILD, "闺女": "女儿", "丫头": "女儿", "幺女": "女儿", "姑娘": "女儿", "女": "女儿",
    "幺儿": "儿子", "小子": "儿子", "儿": "儿子", "孙": "孙子", "孙娃": "孙子", "孙娃子": "孙子", "孙儿": "孙子",
    "男孩": "儿子", "男孩子": "儿子", "男孩儿": "儿子", "女孩": "女儿", "女孩子": "女儿", "女孩儿": "女儿",
    "小孙子": "孙子", "大孙子": "孙子", "小孙女": "孙女", "大孙女": "孙女",
}  # fmt: skip
"""Words for one and the same relative."""
_PAIRS = {
    "爸妈": ("爸", "妈"), "爹妈": ("爸", "妈"), "爹娘": ("爸", "妈"), "父母": ("爸", "妈"), "妈老汉": ("妈", "爸"),
    "妈老汉儿": ("妈", "爸"), "老汉妈": ("爸", "妈"), "公婆": ("公", "婆"), "爷奶": ("爷", "奶"), "兄妹": ("哥", "妹"),
}  # fmt: skip
"""Words that name two."""
_OWNERS = "我俺咱你他她您家的"
OFFSPRING = frozenset(
    {
        CHILD,
        "儿子",
        "女儿",
        "宝宝",
        "老大",
        "老二",
        "老三",
        "独生女",
        "女娃",
        "男娃",
        "大娃",
        "二娃",
        "大儿子",
        "小儿子",
        "大女儿",
        "小女儿",
        "大姑娘",
        "二姑娘",
    }
)
"""The children of the house, grown up or not."""
SIBLINGS = frozenset(
    {"哥", "弟", "姐", "妹", "大哥", "二哥", "大姐", "二姐", "大弟", "二弟", "大妹", "二妹", "小弟", "小妹"}
)
"""Brothers and sisters."""
MANY = OFFSPRING | {"孙子", "孙女", "老人"}
"""Those of whom a family has several, so that a number behind the word counts them (女儿两个)."""
_YOUNG = frozenset({CHILD, "宝宝"})
_OPEN = frozenset({"child", "grandchild", "sibling"})
NAMELESS = ((), ("老人",), ("老两口",), ("母子",), ("兄妹",), ("我家",), ("大人",))
"""Names of persons who were only counted."""
COUPLE = "老两口"
"""The name of a couple of whom nothing else is known."""
OLD = frozenset({"爸", "妈", "公", "婆", "爷", "奶", "外公", "外婆", "岳父", "岳母", "老人", "老两口"})
"""Those that 两个老的 means."""


def name_of(kin: KinMention) -> str:
    """The relative as named, without whose: 我婆婆 and 婆婆 are one."""
    return names_of(kin)[0]


def names_of(kin: KinMention) -> tuple[str, ...]:
    """The names of those a word means: 我爸妈 two."""
    bare = kin.span.text.lstrip(_OWNERS) or kin.span.text
    if bare in _PAIRS:
        return _PAIRS[bare]
    if kin.who == "spouse" and bare not in ("两口子",):
        return (SPOUSE,)
    bare = bare[0] if len(bare) == TWO and bare[0] == bare[1] and bare != "娃娃" else bare
    return (_SAME.get(bare, bare),)


def stage_of(kin: KinMention) -> Stage:
    """Whether the relative is grown up, as far as the word tells."""
    if kin.who == "baby" or names_of(kin)[0] in _YOUNG:
        return "child"
    if kin.who in _OPEN:
        return "open"
    return "grown" if set(names_of(kin)) & OLD or kin.who == "grandparent" else "adult"


def alike(one: str, other: str) -> bool:
    """Whether two names may be those of one and the same: 娃 and 儿子, 孩子 and 老大."""
    return one == other or (CHILD in (one, other) and {one, other} <= OFFSPRING)
