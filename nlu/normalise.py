"""Cleaning of a message before anything is read from it: one form for each character, no noise, no fillers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import opencc

LONGEST = 10_000
"""Characters above which a message is refused as too_long."""
READ_WHOLE = 2_000
"""Characters up to which a message is read whole; of longer ones, the first and last `EDGE`."""
EDGE = 300

_HAN = r"[\u3400-\u9fff]"
_SPACE_BETWEEN_HAN = re.compile(rf"(?<={_HAN})[ \t]+(?={_HAN})")
_SPACE_AT_HAN = re.compile(
    rf"(?<={_HAN})[ \t]+(?=\w)|(?<=\w)[ \t]+(?={_HAN})|[ \t]+(?=[，。？！、；：])|(?<=[，。？！、；：])[ \t]+"
)
_SPACE_BEFORE_CLAUSE = re.compile(rf"(?<=[\u3400-\u9fff\d])[ \t]+(?=[\u3400-\u9fff\d]*{_HAN})")
_SPACE_OF_CLAUSES = re.compile(rf"(?<=[\u3400-\u9fff\d]{{4}})[ \t]+(?=[\u3400-\u9fff\d]{{3}}{_HAN})")
_PUNCTUATION = re.compile(r"[，。？！；、：\n]")
_REPEATED = re.compile(r"([，。？！；、：])[，。？！；、：]+")
_ASCII_MARKS = str.maketrans({"?": "？", "!": "！", ";": "；", "(": "（", ")": "）", "~": "", "*": ""})
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_COLON = re.compile(r":(?!\d)")
_DOTS = re.compile(r"\.{2,}|…+|。{2,}|·{2,}|-{3,}|—{2,}")
_FULL_STOP = re.compile(r"(?<=[\u3400-\u9fff])\.(?=[\u3400-\u9fff]|$)")
_AUXILIARY = re.compile(r"著(?![名作者述])(?<!显著)(?<!名著)(?<!卓著)(?<!原著)")

_HOW = re.compile(r"[浪囊郎朗]个(?=[交缴办弄参报退买查搞整去算用领登样回打才能会])")
"""啷个 (怎么) as people in Sichuan and Chongqing spell it by ear."""

_RELAYED = re.compile(
    r"(?:^|(?<=[，。？！\n]))(?:(?:[他她]|对方|人家|来电的?人?)(?:又|还|再|接着|另外){1,2}(?:想|要|让我|叫我)?|[又还])"
    r"问(?:问|下|一下|一声|道)?(?:，|：|(?![了过题]))(?=.{2})"
)
"""他又问, as an operator says of a caller: it tells of no person, and of nothing that is so."""

_FILLERS = re.compile(
    r"(?:^|(?<=[，。？！\n]))(?:喂+|嗨|哎呀?|唉|诶|欸|哦|噢|嗯+|呃+|额+|那个啥?(?![月人])|这个(?=，)|就是说?|"
    r"就是那个|"
    r"我说(?=，)|是这样(?:子)?的?(?=，|我)|(?:喂)*你好[啊呀哈]?(?:同志|师傅|老师)?|您好[啊呀]?|"
    r"(?:同志|师傅|老师)[啊呀]?(?=，|我)|听得见吗|"
    r"(?:我)?(?:想)?(?:请问|问|咨询|打听|了解)(?:你|您)?(?:一下子?|一哈子?|下子?|哈|个事儿?)?[哈啊呀哦]?|请问|"
    r"麻烦(?:问)?(?:一下)?|"
    r"我想请问(?:一下)?|不好意思|打扰(?:一下|了)?|在[吗不]在?)(?=[，。？！\n]|(?!$))[，]?"
)
_LOOSE_FILLERS = re.compile(
    r"就是那个|那个啥|我就想问问|我就想问|我就是想问(?:一下)?|我跟你(?:打听|"
    r"反映)个事(?:儿)?[哈啊]?"
)


@dataclass(frozen=True)
class Normalised:
    """A cleaned message; `fault` is the id of what makes it unreadable (empty, too_long), if anything."""

    text: str
    fault: str | None = None


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def normalise(raw: str) -> Normalised:
    """One message cleaned: NFKC, simplified characters, no emoji or invisible characters, no spaces inside Chinese."""
    if len(raw) > LONGEST:
        return Normalised("", "too_long")
    text = _visible(_simplifier().convert(unicodedata.normalize("NFKC", _visible(raw))))
    text = _HOW.sub("啷个", _AUXILIARY.sub("着", text))
    text = _RELAYED.sub("", _borders(_marks(text)).strip(" \n，、；："))
    return Normalised(text, None if any(c.isalnum() for c in text) else "empty")


def without_fillers(text: str) -> str:
    """The text for classification: calls, greetings and hesitation dropped, unless they are all there is."""
    bare = _LOOSE_FILLERS.sub("", text)
    before = None
    while before != bare:
        before, bare = bare, _FILLERS.sub("", bare, count=1)
    bare = bare.strip("，。、 \n")
    return bare if sum(c.isalnum() for c in bare) >= 2 else text


def clipped(text: str) -> str:
    """A very long text cut to its beginning and end, where letters tell who writes and what they ask."""
    return text if len(text) <= READ_WHOLE else f"{text[:EDGE]}。{text[-EDGE:]}"


def _visible(text: str) -> str:
    """Without control characters, lone surrogates, zero-width marks, emoji and private characters."""
    return "".join(c for c in text if c in "\n\t" or _keeps(c))


@lru_cache(maxsize=4096)
def _keeps(character: str) -> bool:
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "So", "Sk"):
        return character in "①②③④⑤⑥⑦⑧⑨〇"
    return True


def _marks(text: str) -> str:
    """One form for each punctuation mark, none repeated."""
    text = _DOTS.sub("，", text.replace("\r", "\n"))
    text = _FULL_STOP.sub("。", _COLON.sub("：", _COMMA.sub("，", text))).translate(_ASCII_MARKS)
    return _REPEATED.sub(_strongest, re.sub(r"\s*\n\s*", "\n", text))


def _strongest(match: re.Match[str]) -> str:
    """Of several marks in a row the one that says most: a question mark before a stop, a stop before a comma."""
    return next(mark for mark in "？！。；，：、" if mark in match.group())


def _borders(text: str) -> str:
    """Spaces inside Chinese go; in a message without punctuation they stand for commas (voice, older people)."""
    parts = text.split()
    if not _PUNCTUATION.search(text) and max((len(part) for part in parts), default=0) >= 4:
        text = _SPACE_BEFORE_CLAUSE.sub("，", text)
    text = _SPACE_OF_CLAUSES.sub("，", text)
    return _SPACE_AT_HAN.sub("", _SPACE_BETWEEN_HAN.sub("", re.sub(r"[ \t\u3000]+", " ", text)))
