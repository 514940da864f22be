"""Numerals as people write and say them."""

from __future__ import annotations

import pytest

from nlu.numerals import number, whole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("320", 320), ("三百二", 320), ("三百二十", 320), ("一千二", 1200), ("一百零八", 108), ("一千零二十", 1020)],
        *[("二〇二二", 2022), ("二零二二", 2022), ("十五", 15), ("二十", 20), ("七十五", 75), ("两百五", 250)],
        *[
            ("一万二", 12_000),
            ("一万零五", 10_005),
            ("三万", 30_000),
            ("半", 0.5),
            ("12.5", 12.5),
            ("俩", 2),
            ("仨", 3),
        ],
    ],
)
def test_numerals_are_read(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "百", "十十", "三四百二百", "廿", "1.2.3", "几", "一二十百"])
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert number(text) is None


def test_a_fraction_is_no_whole_number() -> None:
    assert whole("12.5") is None
    assert whole("半") is None
