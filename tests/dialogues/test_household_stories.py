"""Stories of households: relatives named twice, couples, those who pay nothing here, and numbers that do not agree."""

from __future__ import annotations

import pytest
from household_talk import DAYS, said
from talk import DAZHU, HUAIYUAN, MANCHENG, SUIXI, XINGYI, at, first_line, resident


def total(persons: int, yuan: int, year: int) -> str:
    return f"{persons}个人一共交{yuan}元（{year}年度）"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "家里四口人，俺大俺娘岁数大了，前年村里给他老两口都办了低保。俺跟俺媳妇在家种地，俺俩不是低保，也不在监测里头，就是普通老百姓。"
            "俺家这四个人加一块一共得交多少钱",
            total(4, 720, 2022),
        ),
        ("俺家爷爷奶奶俩老人都是特困，爸妈带俺兄妹俩四口普通，合计多少钱", total(6, 1280, 2022)),
        (
            "俺婆婆跟公公都八十多了，两口子吃低保，俺跟当家的带俩娃，都是普通户，六口人合计要交多少钱",
            total(6, 1360, 2022),
        ),
        ("俺跟俺娘两个人，俺娘吃低保，一共交多少", total(2, 360, 2022)),
        ("俺娘俩一共交多少，俺是低保，闺女不是", total(2, 360, 2022)),
        ("俺家娘仨，俺跟俩闺女，俺低保，闺女普通，总共交多少", total(3, 680, 2022)),
        ("我家爷四个，我跟三个儿子，都是普通居民，总共交多少", total(4, 1280, 2022)),
        ("我跟我妈，还有我姐，娘仨都是普通户，一共交多少", total(3, 960, 2022)),
        ("我家老两口、小两口、一个孙子，老两口都是低保户，其余普通，总共要多少钱", total(5, 1040, 2022)),
        ("俺爹俺娘低保户，俺兄弟仨都成家了不跟他们一块，他们老两口一共交多少", total(2, 80, 2022)),
        ("我爹我娘我哥我嫂我侄子一家五口都普通，总共交多少", total(5, 1600, 2022)),
        ("户主低保，配偶低保，俩孩子也低保，四口人一共交多少", total(4, 160, 2022)),
    ],
)
def test_relatives_named_twice_or_by_one_word_are_counted_once(text: str, line: str) -> None:
    assert said(SUIXI, text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("我们小家三口普通，加上我爸妈低保，一共要交多少钱", total(5, 1320, 2025)),
        ("妈老汉两个特困，我们三口普通，总共多少", total(5, 1200, 2025)),
        ("我们家有四个大人两个孩子，其中一个老人吃低保，其余都普通，一共交多少钱", total(6, 2060, 2025)),
        ("两个大人一个娃，老公是低保，一共多少钱", total(3, 860, 2025)),
        ("俩老的俩小的加上我们两口子，六个人，老的都是监测户，一共多少", total(6, 2000, 2025)),
        ("6口人2低保4普通总共多少", total(6, 1720, 2025)),
        ("家里有我和我对象，俩孩子，还有俺婆婆，婆婆是五保户，其他人都普通，一年总共交多少钱", total(5, 1600, 2025)),
        (
            "家里七个人，公婆、我们两口子、三个娃，老公在成都上班买了职工医保，其余六个总共缴好多钱",
            total(6, 2400, 2025),
        ),
    ],
)
def test_parts_the_rest_and_those_added_to_a_number_make_up_the_whole(text: str, line: str) -> None:
    assert said(HUAIYUAN, text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("屋头5个人，老汉走了，现在剩4个，一共交好多钱", total(4, 1280, 2022)),
        ("原来六口人，爷爷去年没了，现在五口，一共交多少", total(5, 1600, 2022)),
        ("我们原先是五口，大姐出嫁了，一共多少钱", total(4, 1280, 2022)),
        ("家里五口人，大儿子当兵去了不交，其余都普通，一共多少钱", total(4, 1280, 2022)),
        ("五口人，俺儿在上海读大学，在学校交了，剩下四个在家交，一共多少钱", total(4, 1280, 2022)),
        ("我家六口人，大哥在日本不参保，剩下五口都普通，一共交多少", total(5, 1600, 2022)),
        ("我和老公带俩孩子，大的读大学在外地学校交了，小的上小学，一共交多少", total(3, 960, 2022)),
        ("户口本上六口人，一个在北京有职工医保，实际要交五个人的，都普通，多少钱", total(5, 1600, 2022)),
    ],
)
def test_whoever_pays_nothing_here_is_not_counted(text: str, line: str) -> None:
    assert said(DAZHU, text) == line


@pytest.mark.parametrize(
    "text",
    [
        "俺家五口人，俺大今年走了，一共交多少钱",
        "我家六口人，我大哥在日本打工，一共交多少",
        "家里五口人，妹妹去年嫁到蚌埠了，一共交多少",
        "俺家三口人都是低保，就俺一个人没评上，俺家四口一共多少",
    ],
)
def test_numbers_that_do_not_agree_are_asked_for(text: str) -> None:
    assert said(SUIXI, text) == "每一样有几个人没说全，合计还算不出来"


@pytest.mark.parametrize(
    ("messages", "line"),
    [
        (("一家六口普通一共多少", "要是老人有一个是低保", "两个呢"), total(6, 1470, 2023)),
        (("家里四个人，两个低保，两个普通，合计多少", "低保的有一个转成普通了呢"), total(4, 1085, 2023)),
        (("全家就仨人，都低保，一共多少", "现在有一个取消低保了"), total(3, 420, 2023)),
        (("我和老公普通，婆婆低保，总共多少", "公公也是低保，忘了算"), total(4, 770, 2023)),
        (("我爸低保我妈普通我普通，一共交多少", "我弟也在家，普通的"), total(4, 1085, 2023)),
        (("两口子带俩孩子，都普通，一共多少钱", "要是我妈也跟我们一起呢", "我妈是低保"), total(5, 1435, 2023)),
        (("俺家三个人，俺爸俺妈俺，总共多少", "俺爸是低保", "俺也是呢"), total(3, 420, 2023)),
        (("老婆孩子和我，一共多少", "孩子不算，学校交了"), total(2, 700, 2023)),
        (("我家四口人一共多少钱", "老公不交，他有职工医保"), total(3, 1050, 2023)),
        (("四口人都普通多少钱", "俩孩子在学校交了"), total(2, 700, 2023)),
        (("一家五口总共多少钱", "两个老人低保"), total(5, 1120, 2023)),
        (("爷爷奶奶爸爸妈妈哥哥我，六口，都普通", "哥哥当兵去了"), total(5, 1750, 2023)),
    ],
)
def test_a_later_message_changes_one_of_them(messages: tuple[str, ...], line: str) -> None:
    assert said(MANCHENG, *messages) == line


def test_the_person_of_the_record_is_one_of_a_household_told_by_its_number() -> None:
    talk = at(HUAIYUAN, DAYS[HUAIYUAN], resident())
    talk.say("我们全家四口都是普通居民 明年医保一共要交多少", "premium")
    assert first_line(talk.say("要是其中一个是低保呢", "premium", confidence=0.2)) == total(4, 1260, 2025)


def test_one_persons_share_that_puzzled_the_writer_does_not_hide_the_sum_of_all() -> None:
    text = (
        "我家五口人，我爹娘岁数大了，村里给他们老两口评上了农村低保，现在还吃着低保呢。我跟媳妇打零工，闺女上小学，"
        "俺们仨都是普通居民，啥补助也没有。俺闹不清老人那份咋算，就想问问俺们全家加一块儿一共得交多少钱？"
    )
    assert said(MANCHENG, text) == total(5, 1120, 2023)


@pytest.mark.parametrize(
    "text",
    [
        "一家都生活在这里好多年了，一家人都参加了居民医疗保险。宝宝早产住进了保温箱，费用太高，花费了很多钱。医保局告诉我们不是这里的户口，"
        "无法办理。为这里奉献了二十多年的公婆，新出生的宝宝就什么保障也没有，有点寒心。",
        "家里公婆、老公、我、孩子都在外地打工，去年一家人都交了居民医保，今年回来发现系统里查不到，花了好多钱，交的钱也不晓得哪去了",
    ],
)
def test_no_sum_is_told_where_none_is_asked_for(text: str) -> None:
    assert "一共交" not in at(XINGYI, DAYS[XINGYI]).say(text, "premium").text


def test_a_sum_of_all_is_no_question_on_employee_insurance() -> None:
    text = "俺家五口，老公在单位上班有职工医保，我和公婆还有娃，公婆都是低保，一共交多少"
    reply = at(MANCHENG, DAYS[MANCHENG]).say(text, "employee_insurance", confidence=0.4)
    assert first_line(reply) == total(4, 770, 2023)
