"""Each topic's answer for the notices that hold it, against what stands in the notices; and silence where they are silent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sound_reply import faults_of
from talk import DAZHU, HUAIYUAN, IN_SEASON, MANCHENG, SUIXI, TOPICS, XINGYI, at, enquiry, first_line, knowledge

from dialogues.reply import Part, Reply
from dialogues.routing import HANDLERS, answer, meant_facet
from dialogues.topics.asking_clauses import LONG, wordings
from dialogues.topics.due_lines import due_table
from dialogues.topics.premium import aided_categories
from dialogues.topics.statement import StatementContext
from dialogues.wording import clause_list, day, yuan
from dialogues.writing import write
from policy_kb.facts import FactValue

NAMES = {name: entry["topic"] for name, entry in TOPICS.items()}


def part(notice: str, facet: str, today: date | None = None, text: str = "", **said: FactValue) -> Part:
    return HANDLERS[facet](enquiry(notice, facet, text, today, None, **said))


def reply(notice: str, facet: str, today: date | None = None, text: str = "", **said: FactValue) -> Reply:
    return write([part(notice, facet, today, text, **said)], text, knowledge(), NAMES)[0]


@pytest.mark.parametrize(
    ("notice", "category", "head"),
    [
        ("suixi-2022", (), "2022年度每人交320元"),
        ("suixi-2022", ("特困人员",), "特困人员自己不用交（0元）"),
        ("suixi-2022", ("返贫致贫人口",), "返贫致贫人口自己交70元"),
        ("suixi-2022", ("脱贫人口",), "自己交40元到320元，看是哪一种"),
        ("suixi-2022", ("稳定脱贫人口",), "稳定脱贫人口自己交320元"),
        ("dazhu-2022", (), "2022年度每人交320元"),
        ("mancheng-2023", ("低保对象",), "低保对象自己交35元"),
        ("mancheng-2023", ("稳定脱贫人口",), "稳定脱贫人口自己交70元"),
        ("huaiyuan-2025", ("低保对象",), "低保对象自己交60元"),
        ("huaiyuan-2025", ("重点优抚对象",), "重点优抚对象先交400元，再退补400元"),
        ("huaiyuan-2025", ("独男户",), "独男户先交400元，再退补200元"),
        ("xingyi-2022", (), "一档交320元，二档交695元"),
    ],
)
def test_the_premium_of_a_category(notice: str, category: tuple[str, ...], head: str) -> None:
    told = reply(notice, "premium", category=category)
    assert first_line(told) == head
    assert told.outcome == "answered"
    assert told.citations


@pytest.mark.parametrize("category", ["低保对象", "特困人员", "脱贫人口", "重度残疾人"])
def test_assistance_that_another_paper_sets_is_no_figure(category: str) -> None:
    told = reply("dazhu-2022", "premium", category=(category,))
    assert "另行通知" in told.text
    assert "自己不用交" not in told.text
    assert "自己交" not in first_line(told)


def test_a_category_the_notice_does_not_know_has_the_standard_and_no_assistance() -> None:
    told = reply("mancheng-2023", "premium", category=("重度残疾人",))
    assert first_line(told) == "没写重度残疾人的资助，标准是350元"
    assert told.outcome == "not_covered"


def test_of_two_categories_the_head_names_the_one_that_has_a_figure() -> None:
    told = reply("mancheng-2023", "premium", category=("低保对象", "重度残疾人"))
    assert first_line(told) == "低保对象自己交35元，另一类没写"


def test_a_payment_that_bears_the_subsidy_is_not_told_as_a_total() -> None:
    one = reply("xingyi-2022", "premium", category=(), tier="二档", paid_on=date(2022, 7, 1))
    assert first_line(one) == "二档不止695元，补助那份也自己出"
    both = reply("xingyi-2022", "premium", category=(), paid_on=date(2022, 7, 1))
    assert first_line(both) == "财政补助那份也自己出，总数没有写"
    before = reply("xingyi-2022", "premium", category=(), tier="二档", paid_on=date(2022, 6, 30))
    assert first_line(before) == "二档自己交695元"


def test_a_tier_the_notice_does_not_have_is_answered_with_those_it_has() -> None:
    told = reply("xingyi-2022", "premium", tier="三档")
    assert first_line(told) == "一档交320元，二档交695元"
    assert told.choices == ("一档", "二档")


def test_two_categories_of_one_person_are_once_only_where_the_notice_says_so() -> None:
    talk = at(MANCHENG, IN_SEASON["mancheng-2023"])
    told = talk.say("我又是低保又是脱贫户，交多少", "assistance_double")
    assert "315元" in told.text
    assert "630" not in told.text


def test_without_two_categories_the_rule_on_them_is_told_and_no_premium() -> None:
    told = at(SUIXI).say("两种困难身份能叠加吗", "assistance_double")
    assert "320元" not in first_line(told)


@pytest.mark.parametrize(
    ("notice", "today", "said", "head"),
    [
        ("suixi-2022", date(2021, 9, 15), {}, "今天还没开始，2021年10月起缴"),
        ("suixi-2022", date(2021, 12, 31), {}, "今天还能缴，是最后一天（12月31日）"),
        ("suixi-2022", date(2022, 1, 1), {"migrant_worker": True}, "今天可以缴，2022年2月28日截止"),
        ("suixi-2022", date(2022, 3, 1), {"migrant_worker": True}, "2022年2月28日已经截止"),
        ("dazhu-2022", date(2021, 12, 25), {}, "今天还能缴，是最后一天（12月25日）"),
        ("dazhu-2022", date(2021, 12, 26), {}, "2021年12月25日已经截止"),
        ("mancheng-2023", date(2022, 10, 31), {}, "今天还没开始，2022年11月1日起缴"),
        ("mancheng-2023", date(2022, 11, 25), {}, "今天可以缴，2022年12月25日截止"),
        ("mancheng-2023", date(2022, 11, 26), {}, "今天不能缴，是费款结算期，12月1日起再缴"),
        ("mancheng-2023", date(2022, 12, 26), {}, "2022年12月25日已经截止"),
        ("huaiyuan-2025", date(2025, 1, 1), {"migrant_worker": True}, "今天可以缴，2025年2月28日截止"),
        ("xingyi-2022", date(2022, 2, 28), {}, "今天还能缴，是最后一天（2月28日）"),
        ("xingyi-2022", date(2022, 10, 1), {}, "2022年9月30日已经截止"),
    ],
)
def test_where_a_day_stands_in_the_window(notice: str, today: date, said: dict[str, FactValue], head: str) -> None:
    told = reply(notice, "window", today, **said)
    assert first_line(told) == head
    assert told.citations


@pytest.mark.parametrize("notice", ["suixi-2022", "huaiyuan-2025"])
def test_after_the_main_window_the_one_thing_that_decides_is_asked(notice: str) -> None:
    year = knowledge().notices[notice].rules.year
    asked = part(notice, "window", date(year, 1, 15))
    assert asked.asks == "migrant_worker"
    assert [one.value for one in asked.choices] == [True, False]


def test_the_answer_to_what_was_asked_decides_the_window() -> None:
    talk = at(HUAIYUAN, date(2025, 1, 15))
    talk.say("现在还能交吗", "window")
    assert first_line(talk.say("1", "off_topic")) == "今天可以缴，2025年2月28日截止"
    talk = at(HUAIYUAN, date(2025, 1, 15))
    talk.say("现在还能交吗", "window")
    assert first_line(talk.say("没有外出务工", "off_topic")) == "2024年12月31日已经截止"


@pytest.mark.parametrize(
    ("notice", "birth", "today", "head"),
    [
        ("suixi-2022", date(2022, 3, 1), date(2022, 5, 29), "最晚2022年5月29日办好缴好"),
        ("suixi-2022", date(2022, 3, 1), date(2022, 5, 31), "2022年5月30日已过，超了90天"),
        ("mancheng-2023", date(2023, 1, 1), date(2023, 6, 20), "最晚2023年6月25日办好缴好"),
        ("mancheng-2023", date(2023, 1, 5), date(2023, 6, 29), "最晚2023年7月3日办好缴好"),
        ("mancheng-2023", date(2023, 1, 1), date(2023, 6, 29), "期限2023年6月29日前交不上了"),
        ("huaiyuan-2025", date(2025, 1, 1), date(2025, 3, 31), "最晚2025年3月31日办好缴好"),
        ("huaiyuan-2025", date(2025, 1, 1), date(2025, 4, 2), "2025年4月1日已过，超了90天"),
        ("xingyi-2022", date(2022, 2, 1), date(2022, 5, 1), "最晚2022年5月1日办好缴好"),
    ],
)
def test_a_newborns_last_day_is_the_safe_count(notice: str, birth: date, today: date, head: str) -> None:
    assert first_line(reply(notice, "newborn_deadline", today, birth_date=birth)) == head


def test_a_newborn_of_the_year_before_pays_two_years() -> None:
    told = reply("huaiyuan-2025", "newborn_fee", birth_date=date(2024, 10, 1))
    assert first_line(told) == "要交2024和2025两个年度的，一共780元"
    assert "2024年度380元；2025年度400元" in told.text


def test_where_there_are_tiers_a_newborns_fee_is_no_deadline() -> None:
    told = at(XINGYI, IN_SEASON["xingyi-2022"]).say("新生儿要交多少钱", "newborn_fee")
    assert not first_line(told).startswith("出生90天内")


def test_a_wanted_day_asks_for_the_birth_and_a_span_does_not() -> None:
    assert part("suixi-2022", "newborn_deadline", text="最晚哪天办").asks == "birth_date"
    assert part("suixi-2022", "newborn_deadline", text="多少天内办").asks is None


@pytest.mark.parametrize(
    ("notice", "paid_on", "said", "head"),
    [
        ("suixi-2022", date(2021, 12, 1), {}, "待遇从2022年1月1日起"),
        ("suixi-2022", date(2022, 1, 20), {"migrant_worker": True}, "待遇从2022年1月21日起"),
        ("mancheng-2023", date(2022, 12, 1), {}, "待遇从2023年1月1日起"),
        ("huaiyuan-2025", date(2025, 2, 1), {"migrant_worker": True}, "待遇从2025年2月2日起"),
        ("xingyi-2022", date(2022, 2, 28), {}, "待遇从2022年1月1日起"),
        ("xingyi-2022", date(2022, 3, 1), {}, "待遇从2022年5月31日起"),
    ],
)
def test_from_when_a_payment_covers(notice: str, paid_on: date, said: dict[str, FactValue], head: str) -> None:
    assert first_line(reply(notice, "coverage", paid_on=paid_on, **said)) == head


def test_the_wait_is_that_of_the_persons_past() -> None:
    assert first_line(reply("suixi-2022", "waiting_period", gap_months=4, previous_status="employee")) == "要等6个月"
    none = reply("suixi-2022", "waiting_period", gap_months=2, employee_months=30, previous_status="employee")
    assert first_line(none) == "不用等，不设等待期"


@pytest.mark.parametrize("facet", ["coverage", "waiting_period", "newborn_deadline", "newborn_fee", "premium_change"])
def test_what_a_notice_is_silent_on_is_said_with_whom_to_ask(facet: str) -> None:
    told = reply("dazhu-2022", facet)
    assert told.outcome == "not_covered"
    assert knowledge().hotline in told.text
    assert "县医疗保障局" in told.text


@pytest.mark.parametrize(
    ("notice", "facet", "head"),
    [
        ("suixi-2022", "premium_total", "财政每人补助580元"),
        ("mancheng-2023", "premium_total", "财政每人补助不低于610元"),
        ("huaiyuan-2025", "premium_change", "每人比上年多交20元"),
        ("xingyi-2022", "premium_total", "财政补助多少，通知没有写金额"),
        ("dazhu-2022", "notice_number", "文号：竹府办函〔2021〕52号"),
        ("xingyi-2022", "notice_number", "文号：兴义府发〔2022〕3号"),
        ("huaiyuan-2025", "notice_number", "这份文件上没有文号"),
        ("huaiyuan-2025", "notice_date", "2024年9月24日印发"),
        ("huaiyuan-2025", "notice_issuer", "怀远县医疗保障局等部门联合印发"),
        ("dazhu-2022", "target", "合计2022年度目标任务数：948370"),
    ],
)
def test_funding_notice_and_targets(notice: str, facet: str, head: str) -> None:
    assert first_line(reply(notice, facet)) == head


def test_a_number_that_the_copy_lost_is_told_as_restored() -> None:
    assert "此处为复原" in reply("dazhu-2022", "notice_number").text


def test_a_towns_target_is_its_own_row() -> None:
    assert first_line(at(SUIXI).say("刘桥镇任务数多少", "target")) == "刘桥镇参保任务数：60785"
    assert first_line(at(DAZHU).say("川主乡目标任务数是多少", "target")) == "川主乡2022年度目标任务数：18451"


def test_a_cell_left_blank_is_said_to_be_blank() -> None:
    told = at(MANCHENG, IN_SEASON["mancheng-2023"]).say("大学的任务数多少", "target")
    assert "没有填" in told.text or told.outcome == "not_covered"


@pytest.mark.parametrize("notice", IN_SEASON)
def test_what_residents_ask_in_their_own_words_gets_a_sound_reply(notice: str) -> None:
    rules = knowledge().notices[notice].rules
    wrong = {}
    for said in (*rules.answers, *rules.silent_on, *rules.left_to):
        told = at(rules.region, IN_SEASON[notice]).say(said.asks[0], *[said.facets[0]] * 4)
        faults = faults_of(told, own_words="【" in told.text)
        foreign = {one.notice for one in told.citations} - {notice}
        if faults or foreign:
            wrong[said.id] = (faults, foreign, told.text)
    assert not wrong


@pytest.mark.parametrize("notice", IN_SEASON)
def test_every_aided_category_has_lines_of_its_own_or_its_kinds(notice: str) -> None:
    rules = knowledge().notices[notice].rules
    for name in aided_categories(rules):
        lines = due_table(enquiry(notice, "premium", category=(name,))).lines
        assert len(lines) >= max(len(rules.tiers), 1)
        assert name in {one.category for one in lines}
        for line in lines:
            assert line.category == name or name in knowledge().categories.wider(line.category or "")


def test_the_facet_is_mended_by_the_words() -> None:
    def meant(facet: str, text: str, **said: FactValue) -> str:
        return meant_facet(enquiry("suixi-2022", facet, text, **said))

    assert meant("newborn_deadline", "新生儿交多少钱") == "newborn_fee"
    assert meant("newborn_deadline", "新生儿多少天内办") == "newborn_deadline"
    assert meant("premium_change", "今年交多少") == "premium"
    assert meant("premium_change", "比去年涨了多少") == "premium_change"


def test_where_one_can_look_is_told_to_whoever_is_bound_to_no_record() -> None:
    told = answer(enquiry("mancheng-2023", "my_record", "交完在哪能看见记录"))
    assert "缴费记录" in str(told.context)
    assert {cite.clause for cite in told.citations} == {"附件2"}
    assert answer(enquiry("mancheng-2023", "my_record", "我交了没有")).outcome == "refused"


def test_a_facet_without_a_handler_is_looked_up() -> None:
    found = answer(enquiry("suixi-2022", "how_to_pay", "微信上怎么缴费"))
    assert isinstance(found.context, StatementContext)
    assert found.citations


def test_a_long_story_is_looked_up_by_its_question_too() -> None:
    story = "我今年七十三了眼睛不好使，儿女都在外头打工回不来，手机也不会弄，这个医保费我可咋交啊"
    parts = [text for text, _ in wordings(story)]
    assert parts[0] == story
    assert "这个医保费我可咋交啊" in parts
    assert wordings("短" * LONG) == (("短" * LONG, 1.0),)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("40"), "40元"),
        (Decimal("40.00"), "40元"),
        (Decimal("96.50"), "96.5元"),
        (0, "0元"),
        (Decimal("1000"), "1000元"),
    ],
)
def test_money_is_written_without_noughts_behind(amount: Decimal | int, text: str) -> None:
    assert yuan(amount) == text


def test_days_and_clauses_are_written_as_notices_write_them() -> None:
    assert day(date(2021, 12, 1)) == "2021年12月1日"
    assert clause_list(["四（二）", "三", "四（二）"]) == "四（二）、三"
