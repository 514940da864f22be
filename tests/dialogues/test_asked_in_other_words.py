"""Questions worded as people speak find the statement (or the silence) of the notice that bears on them."""

from __future__ import annotations

import pytest
from sound_reply import faults_of
from talk import DAZHU, IN_SEASON, SUIXI, XINGYI, at, first_line, knowledge

SAID = [
    (SUIXI, "staff_duty", "个人的钱是税务局收吗", "税务部门负责收居民医保费"),
    (SUIXI, "target", "外头参了职工医保的能不能从任务数里扣", "有异地参保凭证的，才能核减任务"),
    (DAZHU, "how_to_pay", "支付宝里头是不是点城市服务", "支付宝点“市民中心”“社保”“社保缴费”"),
    (DAZHU, "how_to_pay", "微信从哪里点起", "微信“我”“支付”“城市服务”里交"),
    (DAZHU, "pay_problem", "手机咋个都交不起 有没得别的地方", "网上交不成的，到便民中心或办税厅交"),
    (DAZHU, "how_to_register", "以前没参加过 第一步去哪", "带身份证去医保经办机构或便民中心登记"),
    (DAZHU, "target", "特殊人员参保率要好多", "特殊人员参保率必须达到100%"),
    (DAZHU, "staff_duty", "花名册哪家报", "名单分别由五家提供"),
    (DAZHU, "eligibility", "我妈在广东带娃 户口在大竹 没买医保 买得到不", "大竹户口、没在别处参保的，都能参"),
    (XINGYI, "how_to_pay", "去村里交要揣些啥", "带社保卡和银行卡到村居刷卡"),
    (XINGYI, "how_to_pay", "一步步教我用支付宝交", "能，支付宝关注“重庆税务”缴费"),
]
UNSAID = [
    (SUIXI, "pay_proxy", "书记让把钱转他手机上", "通知没有写能把钱转给村干部个人"),
    (SUIXI, "staff_conduct", "参保率99%达不到 镇长会不会被撤职", "通知没有写完不成扣几分、怎么罚"),
    (DAZHU, "pay_problem", "微信交的时候喊输啥子信息", "通知没有写要输哪些信息"),
    (DAZHU, "staff_duty", "名单交给哪个", "通知没有写名单报给哪个部门"),
    (XINGYI, "premium_tiers", "两口子能不能一个一档一个二档", "通知没有写全家要不要选一样的档"),
    (XINGYI, "premium_tiers", "买了一档想改二档", "通知没有写能不能换档"),
    (XINGYI, "card", "社保卡丢了去哪里挂失", "通知没有写卡丢了怎么补"),
    (XINGYI, "how_to_pay", "点进公众号以后点哪个", "手机上每一步怎么点，正文没有写"),
    (XINGYI, "target", "折桂村任务好多", "通知没有写各村的任务数"),
]
BESIDE = [
    (SUIXI, "premium_total", "补交是不是连公家那580也得自己掏", "只需缴纳个人应缴部分"),
    (DAZHU, "premium", "队长每个人多收10块 说是跑路费 合规矩不", "乱收费的，要严肃问责追责"),
    (DAZHU, "notice_number", "管理办法是好多号", "达市府办〔2019〕42号"),
    (DAZHU, "assistance", "四级残疾算不算重度", "名单由县残联提供"),
]
DAYS = {knowledge().notices[one].rules.region: day for one, day in IN_SEASON.items()}


@pytest.mark.parametrize(("place", "facet", "text", "first"), SAID)
def test_what_the_notice_says_is_found_in_other_words(place: str, facet: str, text: str, first: str) -> None:
    reply = at(place, DAYS[place]).say(text, facet)
    assert (first_line(reply), reply.outcome) == (first, "answered"), reply.text
    assert not faults_of(reply)


@pytest.mark.parametrize(("place", "facet", "text", "first"), UNSAID)
def test_what_the_notice_does_not_say_is_said_so(place: str, facet: str, text: str, first: str) -> None:
    reply = at(place, DAYS[place]).say(text, facet)
    assert (first_line(reply), reply.outcome) == (first, "not_covered"), reply.text
    assert not faults_of(reply)


@pytest.mark.parametrize(("place", "facet", "text", "holds"), BESIDE)
def test_a_statement_that_fits_stands_beside_what_is_computed(place: str, facet: str, text: str, holds: str) -> None:
    reply = at(place, DAYS[place]).say(text, facet)
    assert holds in reply.text
    assert not faults_of(reply)


@pytest.mark.parametrize(
    ("whoever", "office"),
    [
        ("我是低保户", "县民政局"),
        ("我屋头是脱贫户", "县乡村振兴局"),
        ("我是一级残疾", "县残联"),
        ("我是失地农民", "各乡镇（街道）"),
    ],
)
def test_whoever_fears_to_be_left_out_is_told_who_hands_in_that_list(whoever: str, office: str) -> None:
    talk = at(DAZHU)
    talk.say(whoever, "assistance")
    reply = talk.say("怕名单把我漏了", "assistance_how")
    assert office in reply.text.split("另外：")[0]
    assert not faults_of(reply)


def test_where_no_category_is_known_all_the_lists_are_named() -> None:
    reply = at(DAZHU).say("名单上没得我咋办", "assistance_how")
    assert all(one in reply.text for one in ("县民政局", "县乡村振兴局", "县退役军人事务局", "县残联", "乡镇（街道）"))
