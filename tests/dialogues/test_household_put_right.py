"""Who is counted when a list is read, when what was told is put right, and when a missing number is told after all."""

from __future__ import annotations

from datetime import date

import pytest
from household_talk import DAYS, said
from talk import DAZHU, HUAIYUAN, MANCHENG, SUIXI, XINGYI, at, first_line, resident


@pytest.mark.parametrize(
    ("place", "message", "line"),
    [
        (SUIXI, "我，我男人，两个小孩，还有婆婆，就婆婆一个人拿低保，嗯，拢共要准备多少钱", "5个人一共交1320元"),
        (SUIXI, "我家里就是我，我老婆，两个孩子，我妈，我妈是低保，一共多少钱", "5个人一共交1320元"),
        (SUIXI, "告诉我，我妈和我爸一共交多少", "2个人一共交640元"),
        (HUAIYUAN, "家里五张嘴，我跟我家属没职工保，两个上小学的，再加个吃低保的老娘，打总多少钱", "5个人一共交1660元"),
        (HUAIYUAN, "俺家是农村独男户，男孩十二，加我们两口子，三个人交完补完多少", "3个人先交1200元，再退补600元"),
        (MANCHENG, "我带俩孩子，我们娘儿仨全是其他脱贫人口，这口子是一般户，四个人一块儿交多少", "4个人一共交560元"),
        (MANCHENG, "老两口都是农村低保，我跟媳妇啥身份没有，还有个上小学的闺女，五口拢共多少", "5个人一共交1120元"),
        (XINGYI, "我们屋写的是稳定脱贫，四个人全部一档，总共拿好多钱", "4个人一共交880元"),
        (XINGYI, "我们屋手册上登记的是稳定脱贫，四个人都选一档，总共好多钱", "4个人一共交880元"),
        (XINGYI, "我幺舅啥子身份都没得，我和他两个都交一档，一起好多钱", "2个人一共交640元"),
        (DAZHU, "屋头五口人，都是普通农民，没得哪个是低保那些，全家拢共好多钱", "5个人一共交1600元"),
        (DAZHU, "我们一家三口，哪个都不是低保，合计多少", "3个人一共交960元"),
        (DAZHU, "我劝他，六个一路交，合计好多", "6个人一共交1920元"),
    ],
)
def test_everybody_told_of_is_counted_and_nobody_else(place: str, message: str, line: str) -> None:
    assert said(place, message).startswith(line)


FIVE = "我，我老公，俩娃，还有我婆婆，只有婆婆吃低保，总共要多少"
ALL_THREE = "我们一家三口都认定成返贫致贫人口，一共交多少"
SIX = "我们六口人，两口子加两个读小学的，我妈是一般的，老汉是二级残疾，都按一档，合计好多"


@pytest.mark.parametrize(
    ("place", "messages", "line"),
    [
        (SUIXI, (FIVE, "忘了说，我老公单位给他交了职工医保，重新算一下"), "4个人一共交1000元"),
        (SUIXI, (FIVE, "要是婆婆不算低保呢"), "5个人一共交1600元"),
        (SUIXI, (ALL_THREE, "不对，我说错了，孩子没认定上，认定的就我们两口子"), "3个人一共交460元"),
        (SUIXI, (ALL_THREE, "讲错了，就我一个人是返贫致贫"), "3个人一共交710元"),
        (SUIXI, ("全家五口都是低保，一共多少", "错了，只有两个是低保"), "5个人一共交1040元"),
        (SUIXI, ("一家五口两个低保，一共多少", "说错了，低保的只有一个，还有一个是特困"), "5个人一共交1000元"),
        (SUIXI, ("五口人，我妈低保，一共多少", "弄错了，不是五口，是三口"), "3个人一共交680元"),
        (SUIXI, ("五口人，我妈低保，一共多少", "漏说了，我爸有职工医保，把他去掉再算"), "4个人一共交1000元"),
        (SUIXI, ("我和我老公加个娃，一共多少", "说错了，没有娃，我老公是低保"), "2个人一共交360元"),
        (HUAIYUAN, ("俺家五张嘴，俺妈吃低保，总共多少", "讲错了，老娘的低保去年就取消了，现在是防返贫监测对象"), "5个人一共交1800元"),
        (XINGYI, (SIX, "不对，我记混了，老汉没得残疾证，是他一个人在吃低保"), "6个人一共交1632元"),
        (DAZHU, ("屋头五口人都是普通农民，总共好多钱", "搞忘了，我婆娘在酒厂上班，厂头给她买了职工医保的，重新算哈"), "4个人一共交1280元"),
    ],
)  # fmt: skip
def test_what_is_put_right_reprices_the_whole(place: str, messages: tuple[str, ...], line: str) -> None:
    assert said(place, *messages).startswith(line)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("老大跟他姑在上海念书，2022年的在那边参过保了，把他刨掉", "4个人一共交1000元"),
        ("对了大的在合肥参保了，把他去掉", "4个人一共交1000元"),
        ("两个娃不算", "3个人一共交680元"),
        ("婆婆去世了", "4个人一共交1280元"),
    ],
)
def test_who_is_taken_out_is_one_of_them_and_the_others_stay(change: str, line: str) -> None:
    assert said(SUIXI, FIVE, change).startswith(line)


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        ("里头两个老的换成二档，剩下两个不动", "4个人一共交1630元"),
        ("两个老的换二档，剩下的也换二档", "4个人一共交2380元"),
    ],
)
def test_the_rest_of_them_stay_or_change_as_it_is_said(rest: str, line: str) -> None:
    assert said(XINGYI, "我们家写的是稳定脱贫，四个人全部一档，总共好多钱", rest).startswith(line)


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("两个人是", "5个人一共交1040元"),
        ("就一个", "5个人一共交1320元"),
        ("我公公和我婆婆是", "5个人一共交1040元"),
        ("我婆婆是低保", "5个人一共交1320元"),
        ("都是低保", "5个人一共交200元"),
        ("七个人是", "每一样有几个人没说全"),
        ("全家一共交多少", "每一样有几个人没说全"),
    ],
)
def test_a_number_left_open_is_filled_in(answer: str, line: str) -> None:
    assert said(SUIXI, "一家五口有人是低保，一共交多少", answer).startswith(line)


def test_some_of_a_household_are_counted_once_their_number_is_told() -> None:
    line = said(SUIXI, "家里五口人，一共交多少", "其中有人是低保", "两个人是")
    assert line.startswith("5个人一共交1040元")


def test_twins_of_whom_one_is_spoken_of_are_two() -> None:
    talk = at(HUAIYUAN, date(2024, 11, 15))
    talk.say("儿媳妇10月3号生的龙凤胎，大厅讲一个娃得交两年的，一年是多少", "newborn_fee")
    assert "1560元" in first_line(talk.say("两个小的合起来总共拿多少", "newborn_fee"))


def test_a_share_asked_of_the_grown_child_is_that_childs() -> None:
    talk = at(HUAIYUAN, DAYS[HUAIYUAN])
    talk.say("俺家是农村独男户，男孩12岁，加我们两口子，三个人最后出多少", "premium")
    reply = talk.say("要是娃都十九周岁了呢，他那份还贴不贴", "window", confidence=0.4)
    assert first_line(reply) == "孩子超过18周岁不补，自己交400元"


@pytest.mark.parametrize(
    ("message", "line"),
    [("我，我老公，俩娃，一共交多少", "4个人一共交1000元"), ("我和我老公一共交多少", "2个人一共交360元")],
)
def test_the_person_of_the_record_keeps_the_category_of_the_record(message: str, line: str) -> None:
    talk = at(SUIXI, DAYS[SUIXI], resident("低保对象"))
    assert first_line(talk.say(message, "premium")).startswith(line)
