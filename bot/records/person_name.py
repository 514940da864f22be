"""Names of persons: one spelling to keep and to find by, and how one is shown."""

from __future__ import annotations

import re
import unicodedata

_DOTS = re.compile(r"[·•‧∙・．.・﹒]")
_NOT_IN_NAMES = re.compile(r"[0-9<>=@#&*%$^~|\\/{}\[\];:!?，。；：！？、…]")
_MARK = re.compile(r"[（(][^（）()]*[）)]$")
"""A remark behind a name, such as that the person is made up, is no part of it."""
LONGEST = 60


def tidy_name(text: str) -> str:
    """One spelling of a name: no spaces (王 兰), one kind of dot (古丽·阿依), full-width forms folded."""
    name = _DOTS.sub("·", unicodedata.normalize("NFKC", text))
    latin = name.isascii()
    return " ".join(name.split()) if latin else "".join(name.split())


def fault_of_name(name: str) -> str | None:
    """Why a tidied text is no name; None where it can be one."""
    if not name:
        return "没有姓名"
    if len(name) > LONGEST:
        return f"姓名有{len(name)}个字，太长，请核对"
    if _NOT_IN_NAMES.search(name) or not any(letter.isalpha() for letter in name) or not name.isprintable():
        return "姓名里有不该有的符号或数字，请核对"
    return None


def masked_name(name: str) -> str:
    """A name as it may be shown to who has no right to it: 王*兰, 王*; of a long one the first and last character."""
    name = _MARK.sub("", name)
    if len(name) <= 1:
        return "*"
    if len(name) == 2:
        return f"{name[0]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"
