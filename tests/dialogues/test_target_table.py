"""The table of the towns' targets: its columns, the order of its rows, sums, and what it does not hold."""

from __future__ import annotations

import pytest
from talk import DAZHU, IN_SEASON, MANCHENG, SUIXI, Talk, at, first_line

IN_MANCHENG = IN_SEASON["mancheng-2023"]


@pytest.fixture
def of_a_town() -> Talk:
    """After a question on one town of 濉溪."""
    talk = at(SUIXI)
    talk.say("四铺镇的任务数", "target")
    return talk


@pytest.mark.parametrize(
    ("text", "facet", "first"),
    [
        ("户籍人口呢", "target", "四铺镇户籍人口数（人）：92843"),
        ("那它有多少户籍人口", "target", "四铺镇户籍人口数（人）：92843"),
        ("参保率呢", "eligibility", "四铺镇参保率：99%"),
        ("全县一共多少", "premium_total", "合计参保任务数：1130260"),
        ("比五沟镇多还是少", "target", "四铺镇少，少17429人"),
    ],
)
def test_a_follow_up_keeps_the_town(of_a_town: Talk, text: str, facet: str, first: str) -> None:
    assert first_line(of_a_town.say(text, facet)) == first


def test_a_column_sticks_until_another_is_named(of_a_town: Talk) -> None:
    of_a_town.say("户籍人口呢", "target")
    assert first_line(of_a_town.say("临涣镇呢", "target", confidence=0.2)) == "临涣镇户籍人口数（人）：98552"
    assert first_line(of_a_town.say("任务呢", "target")) == "临涣镇参保任务数：97566"


def test_after_the_whole_no_town_is_kept(of_a_town: Talk) -> None:
    of_a_town.say("全县呢", "target")
    assert first_line(of_a_town.say("户籍人口呢", "target")).startswith("合计")


@pytest.mark.parametrize(
    ("place", "text", "first"),
    [
        (SUIXI, "任务最大的是哪一个镇", "参保任务数最多：铁佛镇，136471"),
        (SUIXI, "户籍人口最少的镇是哪个", "户籍人口数（人）最少：开发区，23836"),
        (DAZHU, "哪个街道任务最轻", "2022年度目标任务数最少：东柳街道，26431"),
        (DAZHU, "哪个乡任务最重", "2022年度目标任务数最多：川主乡，18451"),
        (MANCHENG, "去年参保人数最多的是哪个镇", "2022年居民医保（人）最多：满城镇，82185"),
    ],
)
def test_the_most_and_the_least_are_read_from_all_rows(place: str, text: str, first: str) -> None:
    talk = at(place, IN_MANCHENG) if place == MANCHENG else at(place)
    assert first_line(talk.say(text, "target")) == first


def test_where_towns_are_asked_for_and_another_unit_is_least_both_are_told() -> None:
    assert "只看镇，最少的是刘桥镇，60785" in at(SUIXI).say("哪个镇任务最少", "target").text


def test_several_of_the_first(of_a_town: Talk) -> None:
    text = of_a_town.say("前三名是谁", "target").text
    assert all(one in text for one in ("铁佛镇136471", "百善镇121043", "双堆集镇110138"))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("总共有几个乡镇", "附件里列了31个单位"),
        ("有几个街道有任务", "附件里列了3个街道"),
        ("多少个乡", "附件里列了5个乡"),
    ],
)
def test_units_are_counted(text: str, first: str) -> None:
    assert first_line(at(DAZHU).say(text, "target")) == first


def test_towns_are_added_up() -> None:
    talk = at(DAZHU)
    assert "98209" in first_line(talk.say("石河镇和妈妈镇一共多少任务", "target"))
    talk.say("童家镇的任务", "target")
    assert first_line(talk.say("再加上高穴镇呢", "target")) == "加起来2022年度目标任务数：49771"


def test_those_told_one_by_one_are_added_up() -> None:
    talk = at(DAZHU)
    talk.say("童家镇任务好多", "target")
    talk.say("高穴镇呢", "target", confidence=0.2)
    assert first_line(talk.say("这两个加拢好多", "assistance_double")) == "加起来2022年度目标任务数：49771"


def test_a_column_the_table_lacks_is_no_total() -> None:
    reply = at(DAZHU).say("童家镇户籍人口是好多", "target")
    assert reply.outcome == "not_covered"
    assert "23083" not in reply.text


@pytest.mark.parametrize(("place", "rate"), [(SUIXI, "99%"), (DAZHU, "98%"), (MANCHENG, "95%")])
def test_a_rate_asked_of_all_is_the_notices_statement(place: str, rate: str) -> None:
    talk = at(place, IN_MANCHENG) if place == MANCHENG else at(place)
    assert rate in first_line(talk.say("参保率得达到多少", "target"))


def test_a_year_that_heads_a_column_asks_for_it() -> None:
    talk = at(MANCHENG, IN_MANCHENG)
    assert first_line(talk.say("坨南乡2022年有多少人参保", "target")).startswith("坨南乡2022年居民医保")


def test_an_empty_cell_is_told_as_empty_beside_others() -> None:
    talk = at(MANCHENG, IN_MANCHENG)
    reply = talk.say("大学和白龙乡的任务数", "target")
    assert first_line(reply).startswith("白龙乡目标任务数")
    assert "大学：目标任务数（人）没有填" in reply.text


def test_a_unit_within_another_is_found() -> None:
    assert first_line(at(SUIXI).say("濉芜产业园分了多少任务", "target")) == "开发区参保任务数：23598"
