"""What a question on the target table (任务分解表) asks of it: which columns, the most or least, a sum, how many units."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LAST_YEAR = re.compile("去年|上年|往年|已参保|参保人数|年居民医保|实际参|实际缴")
_RATE = re.compile("参保率|比例|百分")
_POPULATION = re.compile("户籍|人口")
_COLUMNS = (
    ("last_year", _LAST_YEAR),
    ("population", re.compile("户籍|人口|(?<!参保)(?<!完成)(?:多少人|好多人)")),
    ("rate", _RATE),
)
_NAMED = {"last_year": _LAST_YEAR, "population": _POPULATION, "rate": _RATE}
"""The columns by their very names; 任务多少人 asks for no population."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TASK = re.compile("任务|指标|目标(?!文件)")
RULE = re.compile(
    "谁提供|谁给|归谁|减|扣|剔|凭|包不?包?括|包含|算不算|算在(?!哪)|怎么算|咋算|怎么来|按什么|按啥|按哪|哪一?年|为准|依据|口径|含不含|算进|从哪|"
    "咋个算|怎么定|咋定|哪天|几号|什么时候|啥时候|哪些|为啥|为什么|困难|特困|低保"
)
"""Words that ask how the figures come about, or for whom, and not for a figure of the table."""
COMPARES = re.compile("(谁|哪|比).{0,10}(多|少|重|轻|大|小|高|低)|差多少|差好多|相差|一样多")
WHOLE = re.compile("全县|全区|全镇|全市|合计|总共|一共|总数|总的")
_SUM = re.compile(
    "加上|加起来|加一起|加一块|加在一|加拢|合起来|合在一|合计|一共|总共|总和|拢共|一起(?:多少|好多|是)|共(?:多少|好多|几)"
)
_MOST = re.compile("最(?:多|重|大|高|难|吃力)|第一名?|前[两二三四五2-5](?:名|位|个)|大头")
_LEAST = re.compile("最(?:少|轻|小|低|松)|倒数|末尾|垫底")
_SOME = re.compile(
    "(?:前|后|倒数|最[多少重轻大小]的?)(?P<n>[两二三四五2-5])(?:名|位|个|家)|(?:哪|是)(?P<m>[两二三四五2-5])个.{0,6}最"
)
_NTH = re.compile("第[二三四五2-5](?:多|少|大|名|位|重|高)")
_HOW_MANY = re.compile(
    "(?:几|多少|好多|几多|哪几)个?(?:个?乡镇|镇|乡|街道|园区|单位)(?!.{0,8}(?:最|前|后|任务数?(?:多少|好多)))"
)
_KIND = re.compile("(?:哪|几|多少|好多)个?一?个?(?P<kind>街道|乡(?!镇)|镇)")
_FEW = {"俩": 2, "两": 2, "二": 2, "仨": 3, "三": 3, "四": 4, "五": 5}
_THESE = re.compile("(?:这|那|上面|前面|刚才)?(?P<n>俩|仨|两|二|三|四|2|3|4)(?:个|家|镇|乡|边|处)?")


@dataclass(frozen=True)
class Extreme:
    """The rows asked for by their place in the order: the first `count` from the top, or from the bottom."""

    least: bool
    count: int = 1


def names_column(text: str) -> bool:
    """Whether a column is named by its very name."""
    return bool(_TASK.search(text)) or any(words.search(text) for words in _NAMED.values())


def speaks_of_column(text: str, columns: dict[str, str]) -> bool:
    """Whether a column is named, or hinted at (多少人)."""
    return "任务" in text or any(words.search(text) for _, words in _COLUMNS) or _of_last_year(text, columns)


def fields_of(text: str, earlier: str, columns: dict[str, str]) -> tuple[str, ...]:
    """The columns asked for, the target first; those of the words before where these name none."""
    text = text if speaks_of_column(text, columns) else earlier
    asked = [field for field, words in _COLUMNS if field in columns and words.search(text)]
    if _of_last_year(text, columns):
        asked = list(dict.fromkeys(("last_year", *(one for one in asked if _NAMED[one].search(text)))))
    alone = "任务" not in text
    return tuple(asked[:1]) if asked and alone else ("target", *(one for one in asked if _NAMED[one].search(text)))


def lacking(text: str, columns: dict[str, str]) -> bool:
    """Whether nothing but columns are named that the table does not have: 户籍人口 of a table of targets alone."""
    named = [field for field, words in _NAMED.items() if words.search(text)]
    return bool(named) and not _TASK.search(text) and not any(one in columns for one in named)


def asks_rate(text: str) -> bool:
    """Whether the share to be enrolled is asked for, and no target beside it."""
    return bool(re.search("参保率|百分之几|百分之多少", text)) and not re.search("任务|多少人|好多人|人数", text)


def extreme_of(text: str) -> Extreme | None:
    """哪个镇最多, 最少的呢, 前三名; None where no place in the order is asked for."""
    if _NTH.search(text):
        return None
    least = _LEAST.search(text)
    if not least and not _MOST.search(text):
        return None
    some = _SOME.search(text)
    return Extreme(bool(least), _count(some["n"] or some["m"]) if some else 1)


def kind_of(text: str) -> str | None:
    """镇, 乡 or 街道 where only such units are asked about (哪个街道)."""
    found = _KIND.search(text)
    return found["kind"] if found else None


def counts_units(text: str) -> bool:
    """有几个镇, 一共好多个乡镇有任务."""
    return bool(_HOW_MANY.search(text)) and extreme_of(text) is None


def asks_sum(text: str) -> bool:
    """加起来呢, 一共多少."""
    return bool(_SUM.search(text))


def these(text: str) -> int | None:
    """How many of the units told before are meant (这两个, 这俩, 三个); None where no number is said."""
    found = _THESE.search(text)
    return _count(found["n"]) if found else None


def goes_on(text: str) -> bool:
    """Whether a short message asks the table something more: another column, the whole, the most, a sum."""
    bare = text.strip("？?。！! ")
    if len(bare) > 14 or RULE.search(bare):
        return False
    column = names_column(bare) and len(bare) <= 10 and not re.search("怎|咋|啥|哪", bare)
    whole_table = bool(WHOLE.search(bare)) and not re.search("钱|元|块|补|交|缴", bare)
    return column or whole_table or bool(COMPARES.search(bare)) or extreme_of(bare) is not None or asks_sum(bare)


def _of_last_year(text: str, columns: dict[str, str]) -> bool:
    """2022年参保多少人 where a column is headed 2022年居民医保."""
    headed = set(_YEAR.findall(columns.get("last_year", "")))
    return bool(headed & set(_YEAR.findall(text))) and not _TASK.search(text)


def _count(word: str) -> int:
    return _FEW.get(word) or (int(word) if word.isdecimal() else 1)
