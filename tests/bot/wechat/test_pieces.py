"""A long answer is cut at sentences and clauses, never in a character, a number or a citation."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.pieces import pieces
from bot.channels.wechat.xml import writable

CITED = "依据：《濉溪县二〇二二年度城乡居民医疗保险参保缴费工作通知》四（二）"
WHOLES = re.compile(r"《[^》]*》\S*?（二）|\d+(?:年\d+月\d+日|元|天)")


def test_a_short_text_is_one_piece() -> None:
    assert pieces("好。") == ["好。"]
    assert pieces("") == pieces(" \n") == []


def test_cuts_are_at_the_best_border_that_fits() -> None:
    assert pieces("一句话。第二句话，很长。", 30) == ["一句话。", "第二句话，很长。"]
    assert pieces("没有句号的一段，只有逗号的一段", 30) == ["没有句号的一段，", "只有逗号的一段"]


def test_numbers_dates_and_citations_stay_whole() -> None:
    text = f"个人缴费320元，集中缴费期到2021年12月31日，出生90天内办。{CITED}。" * 12
    for most in range(len(CITED.encode()) + 3, 600, 7):
        parts = pieces(text, most)
        assert "".join(parts) == text
        assert all(len(one.encode()) <= most for one in parts)
        assert sum(len(WHOLES.findall(one)) for one in parts) == len(WHOLES.findall(text))


def test_what_is_seen_as_one_character_stays_one() -> None:
    family = "👨‍👩‍👧‍👦"
    for most in range(len(family.encode()), 90):
        assert all(one.replace(family, "") == "" for one in pieces(family * 8, most))
    assert pieces("e\u0301" * 20, 40) == ["e\u0301" * 13, "e\u0301" * 7]


def test_something_whole_that_is_too_long_is_cut_between_characters() -> None:
    parts = pieces("9" * 5000)
    assert "".join(parts) == "9" * 5000
    assert all(len(one) <= 2048 for one in parts)


@given(st.text(), st.integers(min_value=40, max_value=400))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, most: int) -> None:
    sound = writable(text)
    parts = pieces(sound, most)
    assert "".join("".join(parts).split()) == "".join(sound.split())
    assert all(0 < len(one.encode()) <= most for one in parts)


@given(st.text(st.characters(codec=None), max_size=200))
def test_a_writable_text_stands_in_xml_as_it_is(text: str) -> None:
    from xml.etree.ElementTree import fromstring

    sound = writable(text)
    assert (fromstring(f"<a><![CDATA[{sound}]]></a>").text or "") == sound
