"""What every reply must be, whatever was asked: short head, sourced figures, whole sentences, nothing left of a template."""

from __future__ import annotations

import re

from dialogues.rendering import LONGEST_FIRST_LINE
from dialogues.reply import Reply

LONGEST = 600
"""Characters a resident is asked to read at most."""
_REMNANTS = re.compile(r"\{\{|\}\}|\{%|%\}|None|Undefined|Decimal|datetime|\(\)|<[a-z]|\\n|True|False|nan|__\w+__")
_ILL_JOINED = re.compile(
    r"[，；：、。？！][，；：、。？！]|^[，。；：、）」”]|（）|“”|《》|[（“《]$| {2}|\t", re.MULTILINE
)
_ENDS_WELL = re.compile(r"(?:[。？！”）.：]|^\d\. .+)$")
_FIGURE = re.compile(r"\d+(?:\.\d+)?元|\d{4}年\d{1,2}月\d{1,2}日")


def faults_of(reply: Reply, own_words: bool = False) -> list[str]:
    """What is wrong with a reply; `own_words` where it quotes a clause at length, as the notice prints it."""
    lines = reply.text.split("\n")
    found = []
    if len(lines[0].lstrip("①②③④⑤⑥ ")) > LONGEST_FIRST_LINE:
        found.append(f"first line of {len(lines[0])} characters")
    if any(not line.strip() for line in lines):
        found.append("a blank line")
    if len(set(lines)) != len(lines):
        found.append("the same line twice")
    if not own_words and len(reply.text) > LONGEST:
        found.append(f"{len(reply.text)} characters")
    found += [f"left over: {one}" for one in _REMNANTS.findall(reply.text)]
    if not own_words:
        found += [f"ill joined: {one!r}" for one in _ILL_JOINED.findall(reply.text)]
    if len(lines) > 1 and not _ENDS_WELL.search(lines[-1]) and not lines[-1].startswith("依据："):
        found.append(f"breaks off: {lines[-1][-12:]!r}")
    if "没法保证答得准" in reply.text:
        found.append("stopped by the guard")
    if reply.outcome == "answered" and _FIGURE.search(reply.text) and "依据：《" not in reply.text:
        found.append("a figure without 依据")
    return found
