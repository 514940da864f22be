"""Follow-ups that put another name in the place of the last one, ask of one of a household, or of all together."""

from __future__ import annotations

from datetime import date

import pytest
from talk import DAZHU, HUAIYUAN, IN_SEASON, MANCHENG, SUIXI, Talk, at, first_line, knowledge, question

from dialogues.kin_names import name_of
from dialogues.renaming import renamed
from nlu.understanding import KinMention

FAMILY = "婆婆是低保，公公不是。我们家六口人都没交。别的先不问，就问婆婆那份要掏多少"


@pytest.mark.parametrize(
    ("earlier", "text", "words"),
    [
        ("常坟镇归哪个组督查", "龙亢镇呢", "龙亢镇归哪个组督查"),
        ("县融媒体中心要做啥子", "财政局呢", "财政局要做啥子"),
        ("县融媒体中心要做啥子", "那民政局呢？", "民政局要做啥子"),
        ("濉溪县低保交多少", "怀远县呢", "怀远县低保交多少"),
        ("濉溪县低保交多少", "那特困呢", "濉溪县特困交多少"),
        ("低保和五保差多少", "那特困呢", "低保和五保差多少"),
        ("濉溪县低保交多少", "龙亢镇呢", "濉溪县低保交多少"),
        ("低保交多少", "怀远县和濉溪县呢", "低保交多少"),
        ("", "财政局呢", ""),
    ],
)
def test_a_new_name_replaces_the_old_one_of_its_kind(earlier: str, text: str, words: str) -> None:
    assert renamed(earlier, question(text), knowledge()) == words


def test_the_town_named_last_is_the_one_answered_and_no_other() -> None:
    talk = at(HUAIYUAN, IN_SEASON["huaiyuan-2025"])
    talk.say("常坟镇归哪个组督查，负责人谁", "staff_duty")
    text = talk.say("龙亢镇呢", "target", confidence=0.33).text
    assert "李双喜" in text
    assert "常坟镇归" not in text
    assert "刘维新" in talk.say("龙亢农场也是他吗", "staff_duty", confidence=0.38).text


def test_a_follow_up_on_another_day_is_not_answered_with_what_was_just_told() -> None:
    talk = at(MANCHENG, date(2022, 11, 8))
    assert "11月5日" in talk.say("特困花名册民政几号前报给医保中心？", "staff_schedule").text
    assert "每月5日" in first_line(talk.say("以后每月呢", "coverage", confidence=0.16))


def test_the_two_towns_told_last_are_compared() -> None:
    talk = at(MANCHENG, date(2022, 11, 8))
    talk.say("南韩村镇目标任务多少", "target")
    talk.say("大册营镇呢", "target", confidence=0.15)
    reply = talk.say("这俩谁多", "premium", confidence=0.74)
    assert first_line(reply) == "南韩村镇多，多6813人"
    assert "35582" in reply.text


def test_one_of_a_household_is_told_alone_and_then_another() -> None:
    talk = at(SUIXI)
    mother = talk.say(FAMILY, "premium").text
    assert "40元" in mother
    assert "一共" not in mother
    father = talk.say("那公公呢", "greet", confidence=0.13)
    assert "320元" in first_line(father)


def test_the_household_told_first_gives_way_to_one_of_it() -> None:
    talk = at(SUIXI)
    assert "一共" in talk.say("一家三口，婆婆是低保，公公一般，一共交多少", "premium").text
    assert "自己交40元" in first_line(talk.say("那婆婆呢", "greet", confidence=0.13))


def test_persons_priced_one_by_one_are_added_up_when_asked() -> None:
    talk = at(SUIXI)
    talk.say("俺娘是低保，俺爹普通，各交多少", "assistance")
    assert "360元" in first_line(talk.say("加一块呢", "premium", confidence=0.3))


def test_a_total_without_persons_is_no_household() -> None:
    talk = at(SUIXI)
    talk.say("低保交多少", "assistance")
    assert "一共" not in first_line(talk.say("一共呢", "premium", confidence=0.3))


@pytest.mark.parametrize(("text", "name"), [("我婆婆交多少", "婆"), ("妈妈交多少", "妈"), ("俺公公交多少", "公")])
def test_a_relative_is_the_same_with_and_without_whose(text: str, name: str) -> None:
    (kin,) = question(text).of(KinMention)
    assert isinstance(kin, KinMention)
    assert name_of(kin) == name


def test_a_relative_s_county_and_year_are_for_this_question_only() -> None:
    talk = Talk(today=date(2024, 10, 10))
    talk.say("满城2023年低保交多少", "assistance")
    assert "60元" in talk.say("那我舅在怀远县，他们2025年低保呢", "assistance", confidence=0.2).text
    assert talk.state.place == MANCHENG
    assert talk.state.year == 2023


def test_an_origin_elsewhere_is_the_hukou_where_the_known_county_is_asked_about() -> None:
    reply = at(DAZHU).say("我是广安邻水的，在大竹城头开了个面馆，老家没买医保，能不能买大竹的", "eligibility")
    assert "邻水" not in reply.text
    assert reply.outcome == "answered"


def test_an_origin_alone_without_a_notice_is_still_said_to_be_missing() -> None:
    assert "邻水" in at(DAZHU).say("我是广安邻水的，交多少", "premium").text


def test_the_other_parent_is_an_ordinary_person_unless_said_otherwise() -> None:
    talk = at(SUIXI)
    talk.say("我们一家五口，我爹低保，其他人都一般，全家交多少", "premium")
    assert "自己交40元" in first_line(talk.say("那我爸单独要交多少", "premium"))
    assert "320元" in first_line(talk.say("我妈呢", "greet", confidence=0.13))
    assert "5个人一共" in first_line(talk.say("一共多少", "premium"))


def test_a_follow_up_keeps_the_column_and_a_comparison_takes_the_town_told_last() -> None:
    talk = at(MANCHENG, date(2022, 11, 10))
    talk.say("满城镇和石井乡哪个户籍人口多", "target")
    assert "18943" in first_line(talk.say("白龙乡呢", "target", confidence=0.2))
    assert first_line(talk.say("跟石井乡比哪个多", "target", confidence=0.4)) == "石井乡多，多6358人"


def test_an_office_asked_about_is_not_told_with_another_one() -> None:
    assert "联合税务局" not in at(DAZHU).say("县民政局负责啥子", "staff_duty").text


def test_where_somebody_wants_to_join_counts_before_an_origin_without_a_notice() -> None:
    talk = Talk()
    assert "320元" in talk.say("我是邻水的，在大竹打工，在大竹交多少", "premium").text
    assert talk.state.place == DAZHU
