"""Several matters asked in one breath: each is answered, and nothing that was not asked."""

from __future__ import annotations

import pytest
from talk import DAZHU, HUAIYUAN, IN_SEASON, MANCHENG, SUIXI, at, first_line, heard

from dialogues.asked_apart import each_asked


def facets(text: str, *ranked: str | tuple[str, ...], confidence: float = 0.9) -> list[str]:
    found = each_asked(heard(text, *ranked, confidence=confidence).questions)
    return [one.best.facet for one in found]


@pytest.mark.parametrize(
    "text", ["这个文件文号是多少，哪天印发的", "方案的文号和印发日期是啥", "文号、成文日期各是什么"]
)
def test_number_and_date_of_the_notice_are_two_questions(text: str) -> None:
    assert facets(text, "notice_date") == ["notice_number", "notice_date"]


@pytest.mark.parametrize("text", ["文号是多少", "哪天印发的", "发票哪天发"])
def test_one_of_them_stays_one_question(text: str) -> None:
    assert facets(text, "notice_date") == ["notice_date"]


def test_what_it_costs_is_not_whether_one_may() -> None:
    assert facets("户口在大竹，人在广东，回来买要好多钱", "eligibility") == ["premium"]
    assert facets("户口在大竹，能不能回来买，要好多钱", "eligibility") == ["eligibility", "premium"]
    assert facets("户口在大竹，能不能回来买", "eligibility") == ["eligibility"]


def test_a_second_question_heard_as_the_first_takes_its_next_facet() -> None:
    text = "现在4月还能补吗，补了几时能报"
    assert facets(text, "window_late", ("window_late", "coverage"), confidence=0.6) == ["window_late", "coverage"]
    assert facets(text, "window_late", ("window_late", "coverage"), confidence=0.9) == ["window_late", "window_late"]


@pytest.mark.parametrize(
    "text",
    [
        "太平洋的少儿险住院给报多少",
        "交强险过期几天了还能补吗",
        "泰康那个保险理赔要带啥",
        "重疾险要不要接着交",
        "入了农合，商业大病险值不值得买",
        "居民医保跟商业险冲突不",
    ],
)
def test_an_insurer_or_its_product_is_commercial_whatever_was_heard(text: str) -> None:
    assert facets(text, "benefits") == ["commercial"]


@pytest.mark.parametrize(
    "text",
    ["买了重疾险还要交合作医疗吗", "有商业险要不要交医保", "平安镇住院报多少", "医保单交多少", "大病保险公司要做什么"],
)
def test_beside_the_public_insurance_it_is_not(text: str) -> None:
    assert facets(text, "benefits") == ["benefits"]


@pytest.mark.parametrize(
    "text", ["医保停了一年，现在交上住院能报吗", "断了三年续上什么时候激活", "中断半年的还能享受不"]
)
def test_after_a_lapse_from_when_it_works_is_the_wait(text: str) -> None:
    assert facets(text, "benefits") == ["waiting_period"]


def test_a_lapse_that_is_to_be_paid_back_is_not() -> None:
    assert facets("断了三年要补多少钱", "window_late") == ["window_late"]


def test_a_question_without_ranking_is_left_alone() -> None:
    (only,) = heard("文号和印发日期", "notice_date").questions
    assert each_asked((only.__class__(only.text, (), ()),))[0].text == only.text


def test_what_the_notice_does_not_bear_is_said_of_each() -> None:
    reply = at(SUIXI).say("这个文件文号是多少，哪天印发的", "notice_date")
    assert "没有写文号" in reply.text
    assert "没有写发文日期" in reply.text


def test_another_offices_matter_hardly_heard_is_not_told_beside_an_answer() -> None:
    talk = at(DAZHU)
    both = talk.say("一个人交多少钱？人社局的窗口在哪里办？", "premium", "pension", confidence=0.4)
    assert "320元" in both.text
    assert "①" not in both.text
    sure = at(DAZHU).say("一个人交多少钱？人社局的窗口在哪里办？", "premium", "pension", confidence=0.9)
    assert "②" in sure.text


def test_the_start_of_cover_is_told_once() -> None:
    talk = at(SUIXI)
    reply = talk.say("今天还能交吗？几时生效？", "window", "coverage")
    assert reply.text.count("待遇从2022年1月1日起") <= 2
    first = reply.text.split("②")[0]
    assert "待遇从2022年1月1日起" not in first


def test_two_columns_of_the_target_table_are_both_told() -> None:
    talk = at(MANCHENG, IN_SEASON["mancheng-2023"])
    text = talk.say("石井乡户籍人口多少，任务多少", "target").text
    assert "25301" in text
    assert "22771" in text
    assert "407392" not in text


@pytest.mark.parametrize("text", ["石井乡任务数多少", "石井乡任务多少人"])
def test_one_column_asked_is_one_column_told(text: str) -> None:
    told = at(MANCHENG, IN_SEASON["mancheng-2023"]).say(text, "target").text
    assert "22771" in told
    assert "25301" not in told


def test_a_comparison_names_the_one_with_more_and_by_how_much() -> None:
    text = at(SUIXI).say("刘桥镇跟四铺镇哪个镇任务重", "target")
    assert first_line(text) == "四铺镇多，多31130人"
    assert "60785" in text.text
    assert "铁佛镇" not in text.text


def test_two_towns_without_a_comparison_have_no_winner() -> None:
    assert "多，多" not in at(SUIXI).say("刘桥镇和四铺镇的任务数", "target").text


def test_a_town_s_figure_comes_without_the_list_of_all_towns() -> None:
    text = at(DAZHU).say("石桥铺镇今年任务好多人", "target").text
    assert "40842" in text
    assert "竹阳街道" not in text


def test_what_is_not_written_is_told_beside_an_answer_only_where_it_was_asked() -> None:
    text = at(DAZHU).say("督查室在征收期最少要督查几回", "staff_schedule").text
    assert "全覆盖督查" in text
    assert "没有写" not in text


def test_a_story_of_working_elsewhere_does_not_hide_how_to_pay() -> None:
    text = at(DAZHU).say("我是大竹的，人在外地打工，啷个交医保", "how_to_pay", confidence=0.33).text
    assert "微信" in text or "四川税务" in text


def test_both_halves_on_the_coordination_group_are_answered() -> None:
    talk = at(HUAIYUAN, IN_SEASON["huaiyuan-2025"])
    text = talk.say("协调小组组长是谁，办公室设哪里", "staff_duty", "staff_duty").text
    assert "祖家国" in text
    assert "县税务局" in text


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("她就在屋头带娃种地，她交好多", "premium"),
        ("俺爹七十了身体不好，一年要掏多少钱啊", "premium"),
        ("说回开刀那个事，我找哪个问得到嘛", "contact"),
        ("这种情况去哪里打听", "contact"),
        ("帮我瞄一眼隔壁老张交了没", "my_record"),
        ("老婆替我交过了，这四百要得回来吧", "refund"),
    ],
)
def test_where_the_classifier_is_in_doubt_the_very_words_are_the_better_witness(text: str, facet: str) -> None:
    assert facets(text, "student", confidence=0.2) == [facet]
    assert facets(text, "student", confidence=0.8) == ["student"]


@pytest.mark.parametrize("text", ["吃了没", "嘿，在不在，吃了没", "在吗"])
def test_a_neighbourly_word_is_a_greeting(text: str) -> None:
    assert facets(text, "off_topic", confidence=0.9) == ["greet"]


def test_commercial_insurance_is_not_heard_without_a_word_of_it() -> None:
    assert facets("苏州上着那边的保险，村里还要交吗", ("commercial", "duplicate"), confidence=0.5) == ["duplicate"]
    assert facets("买个重疾险要多少钱一年", ("commercial", "premium"), confidence=0.5)[0] == "commercial"


def test_whether_strangers_pay_the_same_asks_for_the_sum_too() -> None:
    assert facets("外地户口能参加吗，收费跟当地人一样吗", "eligibility") == ["eligibility", "premium"]
