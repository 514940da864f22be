"""A household told before is kept member by member: who is now in another category, joins, leaves, or is asked about alone."""

from __future__ import annotations

from datetime import date

import pytest
from household_talk import DAYS, said
from talk import DAZHU, HUAIYUAN, MANCHENG, SUIXI, XINGYI, at, first_line, resident

FIVE = "家里五个人，我和老公，两个娃，还有我婆婆是低保，一共要交多少"


@pytest.mark.parametrize(
    ("changes", "yuan"),
    [
        (("要是婆婆是特困呢",), 1280),
        (("要是我婆婆是特困呢", "那要是婆婆没低保呢"), 1600),
        (("我婆婆换成监测户呢",), 1440),
        (("如果我老公也是低保呢",), 1040),
    ],
)
def test_what_is_tried_on_one_reprices_the_whole(changes: tuple[str, ...], yuan: int) -> None:
    assert said(SUIXI, FIVE, *changes) == f"5个人一共交{yuan}元（2022年度）"


@pytest.mark.parametrize(
    ("place", "messages", "line"),
    [
        (SUIXI, ("一家五口人两个低保一共多少", "要是三个低保呢"), "5个人一共交760元（2022年度）"),
        (SUIXI, ("一家五口人两个低保一共多少", "要是三个低保呢", "那要是都是低保呢"), "5个人一共交200元（2022年度）"),
        (SUIXI, ("我和老公两个人一共多少", "再加一个娃呢", "再加公公婆婆呢"), "5个人一共交1600元（2022年度）"),
        (SUIXI, ("我和老公两个人一共多少", "再加公公婆婆呢", "婆婆是低保呢"), "4个人一共交1000元（2022年度）"),
        (SUIXI, ("四口人，爷爷奶奶低保，爸妈普通，一共多少", "爷爷去世了，少一个"), "3个人一共交680元（2022年度）"),
        (SUIXI, ("两个低保三个普通，一共多少", "少一个低保呢"), "4个人一共交1000元（2022年度）"),
        (SUIXI, ("两个低保三个普通，一共多少", "再加一个低保呢"), "6个人一共交1080元（2022年度）"),
        (SUIXI, ("俺家6个人都普通，多少钱", "俺婆婆走了，少一个呢"), "5个人一共交1600元（2022年度）"),
        (SUIXI, ("3口人都是低保，交多少", "再添一个刚出生的呢"), "4个人一共交160元到440元（2022年度）"),
        (DAZHU, ("我屋头三个人，我婆娘，一个娃儿，总共好多钱", "再加我妈老汉两个呢"), "5个人一共交1600元（2022年度）"),
        (XINGYI, ("屋头4个人，都选一档，一共好多", "我妈选二档呢"), "4个人一共交1655元（2022年度）"),
        (XINGYI, ("屋头4个人，都选一档，一共好多", "那都选二档呢"), "4个人一共交2780元（2022年度）"),
        (XINGYI, ("屋头4个人，都选一档，一共好多", "两个老的选二档，两个选一档"), "4个人一共交2030元（2022年度）"),
        (XINGYI, ("我爸低保，我和我妈普通，都交一档，一共好多", "要是我爸交二档呢"), "3个人一共交1015元（2022年度）"),
        (HUAIYUAN, ("俺家是独女户，闺女16，三口人医保交多少", "闺女要是19了呢"), "3个人先交1200元，再退补800元"),
        (HUAIYUAN, ("农村独男户一家三口，儿子10岁，最后出多少", "先要交多少"), "3个人先交1200元，再退补600元"),
        (MANCHENG, ("俺家七口人得多少", "爹妈是低保呢"), "7个人一共交1820元（2023年度）"),
    ],
)
def test_a_household_goes_on_with_what_is_now_said(place: str, messages: tuple[str, ...], line: str) -> None:
    assert said(place, *messages) == line


@pytest.mark.parametrize(
    ("place", "messages", "line"),
    [
        (SUIXI, ("我妈吃低保，她得掏几块", "那我呢，我没低保"), "2022年度每人交320元"),
        (SUIXI, ("我妈吃低保，她得掏几块", "那我呢，我没低保", "俺娘俩一共多少"), "2个人一共交360元（2022年度）"),
        (SUIXI, ("我低保要交多少", "我老婆普通，我们俩一共多少"), "2个人一共交360元（2022年度）"),
        (SUIXI, ("我妈特困交多少", "我爸呢", "他俩一共呢"), "2个人一共交320元（2022年度）"),
        (SUIXI, ("我妈特困，我普通，我俩交多少", "那我爸呢，我爸低保", "俺仨一共呢"), "3个人一共交360元（2022年度）"),
        (SUIXI, ("我是监测户交多少", "那我老婆是低保呢", "加一块呢"), "2个人一共交200元（2022年度）"),
        (SUIXI, ("公公婆婆低保，我和老公普通，四个人多少", "那公公婆婆俩交多少"), "2个人一共交80元（2022年度）"),
        (SUIXI, ("公公婆婆低保，我和老公普通，四个人多少", "我和老公俩呢", "全家呢"), "4个人一共交720元（2022年度）"),
        (MANCHENG, ("我是脱贫户，交多少", "我妈也是脱贫户，还吃着低保"), "脱贫人口、低保对象自己交35元"),
        (
            MANCHENG,
            ("我是脱贫户，交多少", "我妈也是脱贫户，还吃着低保", "那俺俩一共"),
            "2个人一共交70元到105元（2023年度）",
        ),
        (SUIXI, ("俺爹低保俺娘普通，一共多少", "俺爹走了呢"), "2022年度每人交320元"),
    ],
)
def test_persons_priced_one_by_one_are_known_by_name(place: str, messages: tuple[str, ...], line: str) -> None:
    assert said(place, *messages) == line


def test_where_it_is_not_known_whose_place_somebody_takes_there_is_no_sum() -> None:
    assert "一共" not in said(SUIXI, "一家五口人两个低保一共多少", "俺娘是特困呢")


def test_the_person_of_the_record_is_one_of_the_two() -> None:
    talk = at(MANCHENG, date(2022, 12, 1), resident("农村低保对象"))
    talk.say("我今年得交多少", "premium")
    assert first_line(talk.say("俺老头普通的，俩人一共", "premium", confidence=0.3)) == "2个人一共交385元（2023年度）"


def test_a_tier_tried_on_somebody_keeps_who_he_is() -> None:
    talk = at(XINGYI, DAYS[XINGYI])
    talk.say("我爷爷是在乡老复员军人，交多少", "assistance")
    reply = talk.say("他要是只想交一档呢", "premium", confidence=0.6)
    assert "320元" not in first_line(reply)
    assert "在乡老复员军人" in reply.text


def test_two_categories_of_one_person_stay_two_when_only_the_sum_is_asked() -> None:
    talk = at(SUIXI)
    talk.say("又是低保又是返贫致贫，按哪个", "assistance_double")
    assert "没有写" in first_line(talk.say("那最后到底交几块", "premium", confidence=0.6))
