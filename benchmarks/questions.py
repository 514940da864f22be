"""What is asked while measuring: questions of every kind a resident or a member of staff puts."""

from __future__ import annotations

from datetime import date

from bot.messages import MessageIn

DAY = date(2021, 11, 20)
PLACES = ("340621", "511724", "500230110")
QUESTIONS = (
    "今年医保交多少钱",
    "低保户要交多少",
    "哪天截止",
    "过了时间还能不能补",
    "刚生的娃要几天内办",
    "我妈70了是低保，要交多少，能用微信吗",
    "一家四口，有一个是特困，一共交多少",
    "交了从哪天开始能报",
    "职工医保断了两个月，转居民医保有没有等待期",
    "交重了能退吗",
    "手机上怎么交",
    "没户口能在这里参保吗",
    "刘桥镇的任务是多少",
    "困难群众的名单哪个部门提供",
    "门诊能报多少",
    "这个通知是哪个单位发的",
    "你好",
    "养老金哪天发",
)


def messages(rounds: int) -> list[MessageIn]:
    """Every question in every place, `rounds` times, each in a conversation of its own."""
    return [
        MessageIn(id=f"{turn}", text=text, session=f"{turn}-{place}-{at}", region=place, now=DAY)
        for turn in range(rounds)
        for place in PLACES
        for at, text in enumerate(QUESTIONS)
    ]
