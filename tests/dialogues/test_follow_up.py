"""What goes on with the last question, and what is a question of its own."""

from __future__ import annotations

from datetime import date

import pytest
from talk import HUAIYUAN, MANCHENG, SUIXI, XINGYI, Talk, at, first_line, question, ranking

from dialogues.follow_up import read
from dialogues.state import Member, State

ASKED = State(place=SUIXI, facet="premium", question="低保交多少")
UNSURE = 0.3


@pytest.mark.parametrize(
    "text",
    [
        "那特困呢",
        "特困呢",
        "监测户",
        "二档呢",
        "二档",
        "怀远县的",
        "2023年的呢",
        "我妈呢",
        "要是残疾人呢",
        "不对，是特困",
        "换成五保户呢",
    ],
)
def test_a_few_words_that_change_one_thing_go_on_with_the_question(text: str) -> None:
    reading = read(question(text, "assistance", confidence=UNSURE), ASKED)
    assert (reading.facet, reading.follow_up) == ("premium", True)


@pytest.mark.parametrize("text", ["那特困呢", "监测户", "二档呢"])
def test_bare_mentions_go_on_however_sure_the_classifier_is(text: str) -> None:
    assert read(question(text, "how_to_pay", confidence=0.95), ASKED).follow_up


def test_very_short_words_without_a_sure_facet_go_on() -> None:
    assert read(question("奖好多", "off_topic", confidence=UNSURE), ASKED).follow_up


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("医保什么时候截止", "window"),
        ("新生儿多少天内要办参保登记", "newborn_deadline"),
        ("低保户怎么缴费", "how_to_pay"),
        ("退费找谁办", "refund_how"),
    ],
)
def test_a_full_new_question_is_no_follow_up(text: str, facet: str) -> None:
    reading = read(question(text, facet), ASKED)
    assert (reading.facet, reading.follow_up) == (facet, False)


def test_with_nothing_asked_before_there_is_nothing_to_go_on_with() -> None:
    assert read(question("那特困呢", "assistance"), State(place=SUIXI)).follow_up is False


def test_what_answers_the_open_question_goes_on_with_it() -> None:
    state = State(place=None, pending="place", pending_facet="window", facet=None)
    reading = read(question("我是濉溪县的", "eligibility", confidence=0.9), state)
    assert (reading.facet, reading.follow_up) == ("window", True)


def test_who_joins_a_household_goes_on_with_its_total() -> None:
    state = State(place=SUIXI, facet="premium", question="x", household=(Member(2),))
    assert read(question("把他也算上", "off_topic", confidence=0.8), state).follow_up
    assert not read(question("把他也算上", "off_topic", confidence=0.8), State(place=SUIXI)).follow_up


@pytest.fixture
def low_income() -> Talk:
    talk = at(SUIXI)
    assert first_line(talk.say("我是低保户要交多少", "premium")) == "低保对象自己交40元"
    return talk


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("那特困呢", "特困人员自己不用交（0元）"),
        ("监测户", "监测人口自己交160元"),
        ("不对，是返贫户", "返贫致贫人口自己交70元"),
        ("要是啥也不是呢", "2022年度每人交320元"),
    ],
)
def test_a_follow_up_changes_one_thing_of_the_question(low_income: Talk, text: str, head: str) -> None:
    assert first_line(low_income.say(text, "assistance", confidence=UNSURE)) == head


def test_one_thing_after_the_other_is_changed() -> None:
    talk = at(XINGYI, date(2022, 1, 20))
    talk.say("低保户要交多少", "premium")
    assert first_line(talk.say("二档呢", "premium_tiers", confidence=UNSURE)) == "低保对象二档自己交375元"
    assert first_line(talk.say("那重残呢", "assistance", confidence=UNSURE)) == "重度残疾人二档自己交375元"
    assert first_line(talk.say("一档", "greet", confidence=UNSURE)) == "重度残疾人一档自己交96元"


def test_a_later_payment_day_moves_the_window() -> None:
    talk = at(SUIXI)
    assert first_line(talk.say("现在能交吗", "window")) == "今天可以缴，2021年12月31日截止"
    reply = talk.say("要是明年3月交呢", "window", confidence=UNSURE)
    assert "今天可以缴" not in reply.text
    assert "2022年3月1日" in reply.text or "截止" in first_line(reply)


def test_a_payment_after_the_windows_is_said_beside_the_premium(low_income: Talk) -> None:
    reply = low_income.say("要是明年8月交呢", "window", confidence=UNSURE)
    assert "2021年12月31日截止" not in reply.text
    assert "2022年8月1日已经过了缴费的日子" in reply.text


def test_a_birth_date_is_corrected() -> None:
    talk = at(HUAIYUAN, date(2024, 11, 5))
    assert talk.say("娃最晚哪天办医保", "newborn_deadline").outcome == "asked"
    assert first_line(talk.say("8月20号生的", "greet", confidence=UNSURE)) == "最晚2024年11月17日办好缴好"
    assert first_line(talk.say("不对，是9月3号生的", "deny")) == "最晚2024年12月1日办好缴好"


def test_another_month_is_another_birth_only_with_its_day() -> None:
    talk = at(HUAIYUAN, date(2024, 11, 5))
    talk.say("9月3号生的娃最晚哪天办", "newborn_deadline")
    reply = talk.say("8月20号的呢", "newborn_deadline", confidence=UNSURE)
    assert first_line(reply) == "最晚2024年11月17日办好缴好"


def test_another_county_is_asked_about_with_the_same_words() -> None:
    talk = at(SUIXI)
    talk.say("2022年度交多少", "premium")
    reply = talk.say("大竹县的呢", "greet", confidence=UNSURE)
    assert first_line(reply) == "2022年度每人交320元"
    assert {one.notice for one in reply.citations} == {"dazhu-2022"}


def test_a_follow_up_is_looked_up_with_the_words_it_follows() -> None:
    talk = at(SUIXI)
    talk.say("医保怎么缴费", "how_to_pay")
    talk.say("微信呢", "how_to_pay", confidence=UNSURE)
    assert talk.state.question == "医保怎么缴费"


def test_ranking_is_what_the_test_says() -> None:
    assert ranking("a", "b", confidence=0.6)[1].confidence == pytest.approx(0.4)


@pytest.mark.parametrize("text", ["然后呢", "再后头呢", "好，下一步点哪里？", "接下来怎么弄"])
def test_what_comes_next_is_told_from_the_same_procedure(text: str) -> None:
    talk = at(MANCHENG, date(2022, 11, 15))
    first = talk.say("微信公众号关注哪个号能缴费", "how_to_pay")
    after = talk.say(text, "bye", confidence=0.9)
    assert after.outcome == "answered"
    assert {one.clause for one in after.citations} <= {one.clause for one in first.citations}
    assert "城乡居民医疗保险" in after.text


def test_a_farewell_with_more_words_is_no_next_step() -> None:
    talk = at(MANCHENG, date(2022, 11, 15))
    talk.say("微信公众号关注哪个号能缴费", "how_to_pay")
    assert "再见" in talk.say("好的那就先这样再见", "bye", confidence=0.9).text


def test_last_year_after_a_premium_is_what_this_notice_says_of_it() -> None:
    talk = at(HUAIYUAN, date(2024, 11, 10))
    talk.say("今年的医保一个人多少", "premium")
    assert "380元" in talk.say("去年呢", "premium_change", confidence=0.65).text


def test_what_it_rose_to_is_this_years_premium_beside_the_silence() -> None:
    reply = at(SUIXI, date(2021, 11, 10)).say("听说今年又涨了，到底涨到多少", "premium_change")
    assert reply.outcome == "answered"
    assert "320元" in first_line(reply)
    assert "另外：通知没有写" in reply.text
    by_how_much = at(SUIXI, date(2021, 11, 10)).say("今年比去年涨了多少", "premium_change")
    assert by_how_much.outcome == "not_covered"


@pytest.mark.parametrize("text", ["文件里哪条写着呢", "红头文件是第几条规定的", "写在哪一条"])
def test_which_clause_says_so_asks_for_the_last_answers_clause(text: str) -> None:
    assert read(question(text, "notice_about", confidence=0.8), ASKED).facet == "show_clause"


def test_a_question_that_begins_with_besides_is_one_of_its_own() -> None:
    asked = read(question("还有普通户交多少", "premium", confidence=0.4), State(place=SUIXI, facet="benefits"))
    assert (asked.facet, asked.follow_up) == ("premium", False)


def test_a_household_told_alone_is_asked_its_premium() -> None:
    assert read(question("我家五口", "card", confidence=0.3), State(place=SUIXI)).facet == "premium"


def test_another_category_of_the_same_person_goes_on() -> None:
    assert read(question("他自己名下还有低保", "assistance_double", confidence=0.5), ASKED).follow_up
    asked = read(question("低保和残疾能叠加不", "assistance_double", confidence=0.9), ASKED)
    assert (asked.facet, asked.follow_up) == ("assistance_double", False)
