"""What is said of a household, message by message, on a day on which each place collects."""

from __future__ import annotations

from datetime import date

from talk import DAZHU, HUAIYUAN, MANCHENG, SUIXI, XINGYI, at, first_line

DAYS = {
    SUIXI: date(2021, 11, 5),
    DAZHU: date(2021, 11, 5),
    MANCHENG: date(2022, 11, 10),
    HUAIYUAN: date(2024, 11, 5),
    XINGYI: date(2022, 1, 20),
}


def said(place: str, *messages: str) -> str:
    """The first line of the reply to the last message; those after the first are heard with little confidence."""
    talk = at(place, DAYS[place])
    reply = talk.say(messages[0], "premium")
    for one in messages[1:]:
        reply = talk.say(one, "premium", confidence=0.2)
    return first_line(reply)
