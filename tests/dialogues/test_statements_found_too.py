"""Which statement, or which silence, of the five notices plain questions on paying, duplicates and benefits find."""

from __future__ import annotations

from datetime import date

import pytest
from talk import DAZHU, HUAIYUAN, MANCHENG, SUIXI, XINGYI, at, first_line

ANSWERED, SILENT = "answered", "not_covered"
DAYS = {
    SUIXI: date(2021, 11, 5),
    DAZHU: date(2021, 10, 27),
    HUAIYUAN: date(2024, 10, 30),
    XINGYI: date(2022, 1, 19),
    MANCHENG: date(2022, 12, 2),
}


@pytest.mark.parametrize(
    ("region", "facet", "asked", "outcome", "first"),
    [
        (SUIXI, "pay_receipt", "到村部交现钱 给不给打票", ANSWERED, "村里代办的，给打印专用票据"),
        (SUIXI, "benefits", "一年里两样医保都用过 最高限额能摞一块不", ANSWERED, "中途换医保，报销封顶线不叠加"),
        (SUIXI, "duplicate", "不小心给俺娘缴了两份咋弄", ANSWERED, "居民医保不能交两份，严禁重复"),
        (SUIXI, "how_to_pay", "俺自己在家用手机咋缴", ANSWERED, "用“濉溪医保”微信公众号交"),
        (DAZHU, "how_to_pay", "我不用微信 支付宝从哪进", ANSWERED, "支付宝点“市民中心”“社保”“社保缴费”"),
        (DAZHU, "how_to_pay", "手机里只有农商行的APP 得行不", ANSWERED, "信用社、邮政用手机APP能交"),
        (DAZHU, "compulsory", "老头子死活不缴 会不会来强迫", ANSWERED, "引导居民自愿参保，通知没写强制"),
        (DAZHU, "pay_proxy", "外婆走不动了 哪个来收", ANSWERED, "老人残疾人不会手机的，入户代缴"),
        (HUAIYUAN, "refund", "老板下月给我上职工的 居民交的钱退不退", ANSWERED, "待遇期没开始能退，开始后不再退"),
        (HUAIYUAN, "staff_schedule", "县税务局按啥频次通报缴费进度", ANSWERED, "县税务局每两周，乡镇（街道）每周"),
        (HUAIYUAN, "benefits", "住个院能报多少钱", SILENT, "通知没有写看病报销多少"),
        (XINGYI, "duplicate", "在公司上班买起五险 该不该再交一份", ANSWERED, "已参加职工医保的，不在参保对象里"),
        (XINGYI, "pay_proxy", "老妈没得手机 在哪里缴", ANSWERED, "不会用手机的，到村居现场刷卡"),
        (XINGYI, "benefits", "一档住院报好多", ANSWERED, "住院政策范围内报70%左右"),
        (MANCHENG, "pay_problem", "身份证号输进去 查不着参保信息", ANSWERED, "查不到参保信息，到医保业务窗口办理"),
        (MANCHENG, "pay_proxy", "没手机没银行卡 手里就几百现钱 咋交", ANSWERED, "能交现金，交给代办员代缴"),
        (MANCHENG, "pay_proxy", "拿我手机给俺爹缴中不", ANSWERED, "亲属可以帮忙用手机或终端交"),
        (MANCHENG, "duplicate", "外地和老家都交了 重了咋办", SILENT, "通知没有写重复参保了停哪一个"),
    ],
)
def test_what_is_found(region: str, facet: str, asked: str, outcome: str, first: str) -> None:
    reply = at(region, DAYS[region]).say(asked, facet)
    assert (reply.outcome, first_line(reply)) == (outcome, first)


@pytest.mark.parametrize("asked", ["低保户自己交多少", "返贫致贫户要交几块", "监测户掏多少钱", "五保户要交吗"])
def test_who_bears_the_assistance_is_told_with_the_figure(asked: str) -> None:
    assert "由同级财政出" in at(SUIXI, DAYS[SUIXI]).say(asked, "assistance").text


def test_a_share_of_hospital_costs_is_not_answered_by_what_holds_for_freshmen() -> None:
    for before in ("孩子在满城上的大学 今年六月毕业", "孩子在满城上小学", "我在满城上大学"):
        talk = at(MANCHENG, DAYS[MANCHENG])
        talk.say(before, "student")
        reply = talk.say("住区医院能给报百分之多少", "benefits")
        assert (reply.outcome, first_line(reply)) == (SILENT, "通知没有写看病报销多少")


def test_a_freshmans_stay_in_hospital_is_told_whatever_the_facet() -> None:
    for facet in ("benefits", "coverage", "student"):
        reply = at(MANCHENG, DAYS[MANCHENG]).say("刚考上大学 十月份住院的钱报不报", facet)
        assert first_line(reply) == "能，入学到12月31日的住院费算下一年度"


@pytest.mark.parametrize(
    ("region", "facet", "asked", "words"),
    [
        (DAZHU, "staff_duty", "各种人的花名册哪家往上报", "自然资源局"),
        (HUAIYUAN, "pay_proxy", "老太太不识字 用的老人机 咋缴", "微信、支付宝、皖事通"),
        (HUAIYUAN, "assistance_double", "一个人占两种身份 该谁去剔 名单谁下发", "医保局汇总"),
        (XINGYI, "staff_duty", "领导小组办公室在哪个单位 跑腿的是哪位", "劳动就业和社会保障服务中心"),
        (MANCHENG, "whole_household", "只给俺老两口交 儿子那份省了行不", "避免重复参保"),
    ],
)
def test_the_rest_of_the_matter_stands_in_the_statement(region: str, facet: str, asked: str, words: str) -> None:
    assert words in at(region, DAYS[region]).say(asked, facet).text
