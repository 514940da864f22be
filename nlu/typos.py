"""Correction of misspelt domain terms and place names by sound and by known slips; everything else is left alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import rjieba
from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein

from nlu.lexicon import Lexicon, Phrases
from nlu.personal import PLACEHOLDER
from nlu.understanding import Correction

_HERE = Path(__file__).parent
_LONGEST = 16
_DISTINCT = 4
"""Characters from which a term is distinct enough that even a word of grammar may be a slip for one of them."""
_WHOLE = 5
"""Characters from which a stretch that sounds like a term throughout is that term, whatever words it is written in."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_FOLDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
# Words of grammar are hardly ever slips for a syllable of a short term; those slips are listed in slips.txt.
_GRAMMAR = frozenset(
    "的了吗呢吧啊是不我你他她它们俺咱在有没要就都也还又再才能会可以和跟与把被给让到去来从对为这那哪谁啥咋么个几多少好"
    "得上下里外前后年月日号天时过着已没别未一二三四五六七八九十百千万元块钱人家户村镇乡县区市省本办交买报补退停断转看做说问想用打拿收"
    "大小老爸妈爷奶娃孩儿子女男想怎何如果因但而且或并至于地点起完只最太很更比向往按照请谢"
)
_NUMBERS = frozenset("一二三四五六七八九十")


@dataclass(frozen=True)
class _Candidate:
    """A term that a stretch of text could be with the character at `position` mended, and how that one sounds there."""

    term: str
    position: int
    sound: str
    is_place: bool


@lru_cache(maxsize=8192)
def sounds(word: str) -> tuple[str, ...]:
    """The toneless syllables of a word, with those folded that many speakers do not tell apart."""
    return tuple(_folded(sound) for sound in lazy_pinyin(word))


def _folded(sound: str) -> str:
    for wide, narrow in _FOLDS:
        sound = sound.replace(wide, narrow)
    return "l" + sound[1:] if sound.startswith("n") and len(sound) > 1 else sound


class Typos:
    """The corrector for one lexicon: terms.txt, the lexicon's aliases and place names, slips.txt."""

    def __init__(self, lexicon: Lexicon) -> None:
        own = _lines(_HERE / "terms.txt")
        aliases = sorted(t for t in lexicon.terms() if 3 <= len(t) <= _LONGEST and all(map(_HAN.match, t)))
        terms = tuple(dict.fromkeys((*own, *aliases)))
        self._slips = [_slip(line) for line in _lines(_HERE / "slips.txt")]
        self._slip_words = Phrases(wrong for wrong, _, _ in self._slips)
        self._slips_of = _grouped(self._slips)
        places = sorted(p for p in lexicon.place_names if 3 <= len(p) <= _LONGEST)
        self._known = Phrases({*terms, *lexicon.terms(), *lexicon.place_names})
        self._index: dict[str, list[_Candidate]] = defaultdict(list)
        self._beside: set[str] = set()
        self._add(terms, is_place=False)
        self._add(places, is_place=True)
        self._by_sound = {_each_sound(term): term for term in terms if len(term) >= _WHOLE}
        self._find_places = lexicon.find_places

    def _add(self, terms: Iterable[str], *, is_place: bool) -> None:
        for term in terms:
            for i, sound in enumerate(sounds(term)):
                self._index[f"{term[:i]}*{term[i + 1 :]}"].append(_Candidate(term, i, sound, is_place))
                self._beside.add(_beside(term, i))

    def correct(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """The text with misspelt terms mended, and each correction made, in order."""
        text, first = self._mend_slips(text)
        text, whole = self._mend_whole(text)
        text, second = self._mend_sounds(text)
        return text, (*first, *whole, *second)

    def _mend_slips(self, text: str) -> tuple[str, list[Correction]]:
        made: list[Correction] = []
        for start, wrong in reversed(list(self._slip_words.find(text))):
            right = next((r for r, limit in self._slips_of[wrong] if limit.match(text, start + len(wrong))), wrong)
            if right != wrong:
                text = text[:start] + right + text[start + len(wrong) :]
                made.insert(0, Correction(wrong, right))
        return text, made

    def _mend_whole(self, text: str) -> tuple[str, list[Correction]]:
        """低宝边远户: a long term of which several characters are others of the same sound."""
        made: list[Correction] = []
        heard = _each_sound(text)
        for length in range(_LONGEST, _WHOLE - 1, -1):
            for start in range(len(text) - length + 1):
                term = self._by_sound.get(heard[start : start + length])
                window = text[start : start + length]
                if term and term != window and _few_others(window, term):
                    made.append(Correction(window, term))
                    text = text[:start] + term + text[start + length :]
        return text, made

    def _mend_sounds(self, text: str) -> tuple[str, list[Correction]]:
        made: list[Correction] = []
        tokens = _token_borders(text)
        closed = self._closed(text)
        for i in range(len(text)):
            if i in closed or not _suspicious(text, i, tokens) or not self._in_a_term(text, i):
                continue
            found = self._candidate(text, i, tokens, closed)
            if found is not None:
                start, term = found
                made.append(Correction(text[start : start + len(term)], term))
                text = text[:start] + term + text[start + len(term) :]
                closed.update(range(start, start + len(term)))
        return text, made

    def _in_a_term(self, text: str, i: int) -> bool:
        """Whether some term has the neighbours of that character, or the one of them that it would have at an end."""
        around = _beside(text, i)
        return any(
            one in self._beside for one in (around, around[: around.index("*") + 1], around[around.index("*") :])
        )

    def _closed(self, text: str) -> set[int]:
        """Characters that stand in placeholders, known terms or places."""
        spans = [m.span() for m in PLACEHOLDER.finditer(text)]
        spans += [(start, start + len(word)) for start, word in self._known.find(text)]
        spans += [(start, end) for start, end, _, _ in self._find_places(text)]
        return {i for start, end in spans for i in range(start, end)}

    def _candidate(self, text: str, i: int, tokens: list[int], closed: set[int]) -> tuple[int, str] | None:
        """The longest term whose character at `i` is misspelt, with where it starts; its ends are those of words."""
        starts = [at for at in range(max(0, i - _LONGEST + 1), i + 1) if tokens[at] == at]
        ends = [at for at in range(i + 1, min(len(text), i + _LONGEST) + 1) if at == len(text) or tokens[at] == at]
        windows = ((end - start, start) for start in starts for end in ends if 1 < end - start <= _LONGEST)
        for length, start in sorted(windows, key=lambda one: (-one[0], one[1])):
            candidates = self._index.get(f"{text[start:i]}*{text[i + 1 : start + length]}")
            if not candidates:
                continue
            free = _unheard(start, length, closed) if text[i] in _GRAMMAR else _free(start, i, length, closed)
            term = next((c.term for c in candidates if _may_be(text[i], c)), None) if free else None
            if term is not None:
                return start, term
        return None


def _beside(text: str, i: int) -> str:
    """The characters before and after the one at `i`, which is `*`."""
    return f"{text[max(i - 1, 0) : i]}*{text[i + 1 : i + 2]}"


def _each_sound(text: str) -> tuple[str, ...]:
    """The sound of each character by itself."""
    return tuple(sounds(character)[0] for character in text)


def _few_others(window: str, term: str) -> bool:
    """Whether no more than half of the characters are others, and none of them a number (二等乙级)."""
    others = [meant for written, meant in zip(window, term, strict=True) if written != meant]
    return 2 * len(others) <= len(term) and not _NUMBERS.intersection(others)


def _free(start: int, i: int, length: int, closed: set[int]) -> bool:
    """Two-character windows may not borrow their right half from another term: 低保费 is not 低 + 保费."""
    return length > 2 or not closed.intersection(range(start, start + length)) - {i}


def _unheard(start: int, length: int, closed: set[int]) -> bool:
    """Whether no known term stands there already, to which a word of grammar is just added (已返贫户)."""
    return not closed.intersection(range(start, start + length))


def _may_be(character: str, candidate: _Candidate) -> bool:
    """Whether the character can be a slip in that term; a word of grammar (因病至贫) only in a distinct one, by its very sound."""
    if character not in _GRAMMAR:
        return _sounds_like(character, candidate)
    distinct = len(candidate.term) >= _DISTINCT and not candidate.is_place
    meant = candidate.term[candidate.position]
    return distinct and meant not in _GRAMMAR and sounds(character)[0] == candidate.sound


def _sounds_like(character: str, candidate: _Candidate) -> bool:
    if character == candidate.term[candidate.position]:
        return False
    heard, meant = sounds(character)[0], candidate.sound
    if heard == meant or candidate.is_place:
        return heard == meant
    # In a term of four or more, one longer syllable may be half heard, but not its first sound.
    return (
        len(candidate.term) >= 4
        and heard[0] == meant[0]
        and min(len(heard), len(meant)) >= 3
        and Levenshtein.distance(heard, meant) <= 1
    )


def _suspicious(text: str, i: int, tokens: list[int]) -> bool:
    """A Chinese character that is no part of a dictionary word."""
    alone = tokens[i] == i and (i + 1 == len(text) or tokens[i + 1] == i + 1)
    return alone and bool(_HAN.match(text[i]))


def _token_borders(text: str) -> list[int]:
    """For each character where its dictionary word starts."""
    borders: list[int] = []
    for token in rjieba.cut(text, False):
        borders += [len(borders)] * len(token)
    return borders


def _slip(line: str) -> tuple[str, str, re.Pattern[str]]:
    wrong, right, *limit = line.split("\t")
    return wrong, right, re.compile(limit[0].strip("/") if limit else "")


def _grouped(slips: list[tuple[str, str, re.Pattern[str]]]) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    grouped: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
    for wrong, right, limit in slips:
        grouped[wrong].append((right, limit))
    return grouped


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
