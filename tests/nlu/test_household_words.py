"""Numbers of persons and relatives in the words people use for them: 五张嘴, 娘儿仨, 六个一路交, 我家属, 这口子."""

from __future__ import annotations

import pytest

from nlu.kinship import read_kin
from nlu.people import read_people


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("家里五张嘴", 5),
        ("我们娘儿仨", 3),
        ("爷儿四个", 4),
        ("三个人交完补完", 3),
        ("六个一路交", 6),
        ("五口拢共多少", 5),
        ("我两个一起交", 2),
    ],
)
def test_so_many_persons_are_counted(text: str, number: int) -> None:
    assert [one.count for one in read_people(text, [], read_kin(text))] == [number]


@pytest.mark.parametrize(
    "text", ["2022个人缴费标准", "两个人缴费标准一样不", "一张嘴巴", "剩下两个问题", "我两个月没交"]
)
def test_what_is_no_number_of_persons_is_none(text: str) -> None:
    assert read_people(text, [], []) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("我家属没工作", "spouse"),
        ("后来找的这口子", "spouse"),
        ("孩他爸病了", "spouse"),
        ("男孩十二", "child"),
        ("我大姑娘嫁了", "child"),
        ("我幺舅是普通的", "other"),
    ],
)
def test_a_relative_is_known_by_these_words(text: str, who: str) -> None:
    assert [one.who for one in read_kin(text)] == [who]


def test_a_house_that_belongs_to_a_category_names_nobody() -> None:
    assert read_kin("我家属于低保户") == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("俺跟俺娘两个人", [2]),
        ("爸妈带俺兄妹俩", [2]),
        ("爷孙俩", [2]),
        ("俺家6口人，2人在外地，3普通", [6, 2, 3]),
        ("一共八口多少钱", [8]),
    ],
)
def test_every_number_of_them_is_read(text: str, numbers: list[int]) -> None:
    assert [one.count for one in read_people(text, [], read_kin(text))] == numbers


@pytest.mark.parametrize(
    ("text", "words"), [("俺大俺娘", ["大", "俺娘"]), ("老的老小的小", []), ("太奶奶", ["太奶奶"])]
)
def test_relatives_are_read_in_the_words_of_a_place(text: str, words: list[str]) -> None:
    assert [one.span.text for one in read_kin(text)] == words
