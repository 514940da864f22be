"""Small numbers of persons, as they are spoken."""

from __future__ import annotations

import pytest

from dialogues.household.numbers import how_many


@pytest.mark.parametrize(
    ("word", "number"),
    [("2", 2), ("12", 12), ("一", 1), ("两", 2), ("二", 2), ("俩", 2), ("仨", 3), ("六", 6), ("十", 10)],
)
def test_a_number_of_persons(word: str, number: int) -> None:
    assert how_many(word) == number


@pytest.mark.parametrize("word", ["", "几", "人"])
def test_another_word_is_none(word: str) -> None:
    with pytest.raises(ValueError, match="no number of persons"):
        how_many(word)
