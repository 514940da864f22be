"""Each person of a household is priced by what is said of just this one, however it is said; what is missing is no sum."""

from __future__ import annotations

from datetime import date

import pytest
from talk import DAZHU, HUAIYUAN, MANCHENG, SUIXI, XINGYI, at, first_line, knowledge, question

from dialogues.household.reading import household_of

DAYS = {
    SUIXI: date(2021, 11, 5),
    DAZHU: date(2021, 11, 5),
    MANCHENG: date(2022, 11, 10),
    HUAIYUAN: date(2024, 11, 5),
    XINGYI: date(2022, 1, 20),
}


def head(place: str, text: str) -> str:
    return first_line(at(place, DAYS[place]).say(text, "premium"))


@pytest.mark.parametrize(
    ("text", "persons", "yuan"),
    [
        ("我跟俺媳妇还有俩孩子，一共多少钱", 4, 1280),
        ("我们一家三口都是低保，交多少", 3, 120),
        ("老婆低保，我普通，两个孩子也普通，全家多少", 4, 1000),
        ("爷爷五保奶奶低保，爹妈跟我都是普通人，总共要交多少", 5, 1000),
        ("四口人，就俺娘一个吃低保，总共多少", 4, 1000),
        ("我弟是监测户，我是低保，我俩加一起多少", 2, 200),
        ("俺家4口，1个低保，1个监测户，2个普通，合计多少", 4, 840),
        ("俺家三个人，俩低保，一个监测，一共多少", 3, 240),
        ("家里七口人，三个低保两个特困，剩的都普通，总计多少钱", 7, 760),
        ("五口人里面有三个低保，全交多少", 5, 760),
        ("父母加上我和弟弟四个人，父母都是返贫致贫，一共交多少", 4, 780),
        ("全家除了奶奶是五保，其他五个都普通，总共多少", 6, 1600),
        ("我大伯一家四口是低保，我们家三口普通，加起来多少", 7, 1120),
        ("俺家老头子低保，俺不是低保，儿子一家三口普通，一共五口人交多少", 5, 1320),
        ("我家两个低保，还有三个不是，总共多少", 5, 1040),
        ("家有五口人，三口低保，两口普通，医保一共交多少钱", 5, 760),
        ("一家五口，其中两人低保，一人特困，一共缴多少", 5, 720),
        ("低保2人，特困1人，普通3人，共交多少", 6, 1040),
        ("老俩口都是低保户，加上一个孙子，孙子普通，一共多少", 3, 400),
        ("外公外婆低保，舅舅普通，三人合计", 3, 400),
        ("我们兄弟三个都普通，一共交多少", 3, 960),
        ("爷爷奶奶低保，爸妈和我们三兄妹普通，一共多少", 7, 1680),
        ("我妈和我弟都是监测户，我爸是低保，剩下我自己普通，四个人总共多少", 4, 680),
        ("俺家大人两个都是普通，俩老的一个低保一个五保，俩娃，总共六个人多少钱", 6, 1320),
        ("婆婆低保 公公特困 老公和我还有儿子普通 总共要交好多钱", 5, 1000),
        ("妈妈今年评上低保了，我和爸爸没有，我们仨一共多少", 3, 680),
        ("我奶奶90岁了是低保，我爷爷也是，他们交多少", 2, 80),
        ("我爱人是监测户，我不是，我们一起交要多少钱", 2, 480),
        ("丈夫普通，俺也普通，婆婆吃低保，俩娃，总共？", 5, 1320),
        ("我爸是脱贫户也是监测户，我妈是低保，他俩一共", 2, 200),
        ("我家里有个低保的奶奶，还有爸妈和我，一共交多少钱", 4, 1000),
        ("俺跟俺闺女，娘俩都吃低保，一共几块", 2, 80),
        ("老公有职工医保，我和俩娃，一共交多少", 3, 960),
        ("我爸，我妈都是低保，一家五口一共多少", 5, 1040),
        ("我妈都吃低保了，我普通，一共交多少", 2, 360),
    ],
)
def test_the_sum_is_that_of_everybody_by_what_was_said_of_him(text: str, persons: int, yuan: int) -> None:
    assert head(SUIXI, text) == f"{persons}个人一共交{yuan}元（2022年度）"


@pytest.mark.parametrize(
    ("place", "text", "line"),
    [
        (XINGYI, "一家四口，女儿在重庆大学读书，都交一档，总共多少", "4个人一共交1240元（2022年度）"),
        (XINGYI, "四个人，儿子在成都读大学，都交一档，一共好多", "4个人一共交1280元（2022年度）"),
        (XINGYI, "我和老公选二档，爸妈低保选一档，一共多少", "4个人一共交1454元（2022年度）"),
        (XINGYI, "三个人都是低保，一个选二档，两个选一档，一共多少", "3个人一共交439元（2022年度）"),
        (XINGYI, "屋头4个，2个选一档2个选二档，好多钱", "4个人一共交2030元（2022年度）"),
        (XINGYI, "一家三口人 老汉是在乡老复员军人 都交二档 一共好多", "3个人一共交1390元（2022年度）"),
        (HUAIYUAN, "俺家农村双女户，大的19小的12，一家四口先交多少", "4个人先交1600元，再退补1200元"),
        (DAZHU, "屋头五个人，老汉吃低保，妈是重残，其余的都没得啥子，一共好多", "3个人共交960元，另外2个人没有定"),
        (HUAIYUAN, "奶奶低保边缘，我和我妈普通，三个人多少", "3个人按标准算一共1200元，有的资助没写"),
    ],
)
def test_tier_school_and_age_are_of_the_one_they_stand_beside(place: str, text: str, line: str) -> None:
    assert head(place, text) == line


@pytest.mark.parametrize(
    ("place", "text", "line"),
    [
        (MANCHENG, "五口人，爸妈脱贫户，我和媳妇普通，一个孩子，一共交多少", "5个人一共交1120元到1190元（2023年度）"),
        (SUIXI, "我是低保户，家里四口人，一共交多少", "4个人一共交160元到1000元（2022年度）"),
        (SUIXI, "我们家有低保有普通的，五口人一共交多少", "每一样有几个人没说全，合计还算不出来"),
        (SUIXI, "一家五口有低保也有特困，交多少", "每一样有几个人没说全，合计还算不出来"),
    ],
)
def test_what_is_open_is_a_range_or_no_sum(place: str, text: str, line: str) -> None:
    assert head(place, text) == line


@pytest.mark.parametrize(
    "text",
    [
        "我们村有3户低保，每户4个人，一共多少",
        "全村两个低保五个特困一共资助多少",
        "一家5口，老人选一档，年轻的选二档，一共好多",
        "我妈让我问低保户交多少",
        "我妈是低保，我爸普通，我要交多少",
        "国家补的和自己的加起来一共多少",
        "我交了两次，一共640，退多少",
        "医保和养老两个一共多少钱",
    ],
)
def test_several_houses_tiers_of_nobody_and_sums_of_other_things_are_no_household(text: str) -> None:
    assert "个人一共" not in head(SUIXI, text)


def test_the_children_of_a_notice_that_does_not_know_such_households_are_ordinary() -> None:
    assert head(SUIXI, "我和老公，俩闺女一个8岁一个5岁，一共交多少") == "4个人一共交1280元（2022年度）"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("我是脱贫户也是监测户，交多少", "脱贫人口、监测人口自己交160元"),
        ("俺妈不是低保，是特困，她要交多少", "特困人员自己不用交（0元）"),
        ("俺是五保户，一个老头，交不交钱", "特困人员自己不用交（0元）"),
        ("我是低保，跟老伴过，我交多少", "低保对象自己交40元"),
    ],
)
def test_one_person_is_priced_by_all_that_is_said_of_him(text: str, line: str) -> None:
    assert head(SUIXI, text) == line


def test_a_word_of_two_meanings_leaves_both_open() -> None:
    (us, mother) = household_of(question("我跟老婆两个普通，老妈是边缘户，总共多少"), knowledge())
    assert (us.count, us.categories) == (2, ())
    assert mother.either
    assert mother.categories == ("低保边缘家庭成员", "边缘易致贫人口")
