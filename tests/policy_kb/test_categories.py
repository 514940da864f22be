"""Categories of persons: which contains which, what an everyday word may mean, and what several make up."""

from __future__ import annotations

from pathlib import Path

import pytest
from held_notices import CATEGORIES

from policy_kb.categories import load_categories
from policy_kb.errors import VocabularyFault


def test_an_everyday_word_finds_its_category() -> None:
    assert CATEGORIES.named("五保户") == ("特困人员",)
    assert CATEGORIES.named("低保对象") == ("低保对象",)
    assert CATEGORIES.named("没有这个词") == ()


def test_a_word_of_two_categories_names_both() -> None:
    assert set(CATEGORIES.named("边缘户")) == {"低保边缘家庭成员", "边缘易致贫人口"}
    assert set(CATEGORIES.named("独双女户")) == {"独女户", "双女户"}


def test_the_wider_categories_include_the_one_itself_and_those_around_the_wider_ones() -> None:
    wider = CATEGORIES.wider("脱贫突发严重困难人口")
    assert wider == {"脱贫突发严重困难人口", "脱贫人口", "突发严重困难人口", "监测人口"}


@pytest.mark.parametrize(
    ("name", "of", "answer"),
    [
        ("农村低保对象", "低保对象", True),
        ("低保对象", "农村低保对象", None),
        ("城市低保对象", "农村低保对象", False),
        ("特困人员", "农村低收入人口", None),
        ("低收入家庭重度残疾人", "残疾人", True),
        ("轻度残疾人", "重度残疾人", False),
        ("独女户", "特困人员", False),
    ],
)
def test_one_category_is_may_be_or_is_not_within_another(name: str, of: str, answer: bool | None) -> None:
    assert CATEGORIES.within(name, of) is answer


def test_the_ordinary_resident_is_in_no_category() -> None:
    assert CATEGORIES.closed(["普通居民"]) == ()


def test_a_category_named_twice_counts_once() -> None:
    assert CATEGORIES.closed(["特困人员", "特困人员"]) == ("特困人员",)


def test_categories_that_make_up_another_add_it() -> None:
    assert CATEGORIES.closed(["脱贫人口", "低保对象"]) == ("脱贫人口", "低保对象", "脱贫人口低保对象")
    assert "脱贫人口低保对象" in CATEGORIES.closed(["稳定脱贫人口", "农村低保对象"])
    assert "低收入家庭重度残疾人" in CATEGORIES.closed(["重度残疾人", "低保边缘家庭成员"])


def test_one_category_alone_makes_up_no_other() -> None:
    assert CATEGORIES.closed(["脱贫突发严重困难人口"]) == ("脱贫突发严重困难人口",)
    assert CATEGORIES.closed(["监测人口", "脱贫突发严重困难人口"]) == ("监测人口", "脱贫突发严重困难人口")


def test_a_wider_category_says_nothing_beside_its_kind() -> None:
    assert CATEGORIES.telling(["残疾人", "轻度残疾人"]) == ("轻度残疾人",)
    assert CATEGORIES.telling(["残疾人", "特困人员"]) == ("残疾人", "特困人员")


def test_a_made_up_category_leaves_open_of_which_kind_its_parts_are() -> None:
    held = CATEGORIES.closed(["脱贫人口", "低保对象"])
    assert CATEGORIES.telling(held) == held


def test_the_kinds_of_a_category_lie_within_it() -> None:
    for category in CATEGORIES.by_name.values():
        for kind in category.kinds:
            assert CATEGORIES.within(kind, category.name) is True, (kind, category.name)


def test_no_category_lies_within_itself_by_way_of_another() -> None:
    for name in CATEGORIES.by_name:
        for wider in CATEGORIES.wider(name) - {name}:
            assert name not in CATEGORIES.wider(wider), (name, wider)


def test_no_alias_is_the_canonical_name_of_another_category() -> None:
    for category in CATEGORIES.by_name.values():
        assert not set(category.aliases) & (set(CATEGORIES.by_name) - {category.name}), category.name


def test_only_categories_proper_say_who_certifies_them() -> None:
    for category in CATEGORIES.by_name.values():
        assert bool(category.certified_by) != category.ordinary, category.name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("甲: {is_a: [乙]}", "no category 乙"),
        ("甲: {kinds: [乙]}", "no category 乙"),
        ("甲: {nickname: [乙]}", "unknown keys"),
        ("甲: {spoken: ['乙(']}", "is no regular expression"),
    ],
)
def test_a_vocabulary_at_odds_with_itself_is_refused(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "categories.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyFault, match=words):
        load_categories(file)
