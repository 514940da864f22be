"""How much of a person a reply tells: computed from what went into it, and never above the channel's ceiling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sound_reply import faults_of
from talk import IN_SEASON, SUIXI, TODAY, TOPICS, conversation, enquiry, first_line, heard, knowledge, paid, resident

from dialogues.disclosure import KNOWN, AboveCeiling, Audience, Disclosure
from dialogues.enquiry import enquire
from dialogues.record import CategorySpell, EmployeeSpell, Record, Relative
from dialogues.reply import Reply
from dialogues.routing import HANDLERS
from dialogues.state import State
from dialogues.telling import told, within
from dialogues.writing import write

PUBLIC, POLICY, OWN, IDENTITY = Disclosure
NAMES = {name: entry["topic"] for name, entry in TOPICS.items()}
CHILD = Record("王小明", date(2016, 5, 1), resident=18)
FULL = Record(
    "王桂兰",
    date(1950, 3, 7),
    "刘桥镇",
    "local",
    None,
    ("特困人员", "边缘户"),
    (paid(2021, 71, date(2020, 11, 11)), paid(2022, 73, date(2021, 10, 17)), paid(2023, 79, date(2022, 11, 9))),
    EmployeeSpell(31, date(2021, 2, 13)),
    (CategorySpell("特困人员", date(2019, 6, 5)), CategorySpell("低保对象", date(2018, 1, 9), date(2021, 3, 31))),
    (Relative(CHILD, "child"),),
    2,
    17,
)
OWN_FIGURES = ("71元", "73元", "79元", "10月17日", "桂兰", "小明", "3月31日", "档案里")


def level(text: str, facet: str, record: Record | None, audience: Audience = KNOWN) -> Reply:
    state = State(place=SUIXI, place_source="account", record=record)
    return conversation().answer(state, heard(text, facet), TODAY, audience)[1]


@pytest.mark.parametrize("told_level", Disclosure)
@pytest.mark.parametrize("ceiling", Disclosure)
def test_a_reply_above_the_ceiling_cannot_be_made(told_level: Disclosure, ceiling: Disclosure) -> None:
    if told_level <= ceiling:
        Reply("", "answered", "premium", disclosure=told_level, ceiling=ceiling)
        return
    with pytest.raises(AboveCeiling, match=told_level.name):
        Reply("words", "answered", "premium", disclosure=told_level, ceiling=ceiling)


def test_identity_is_above_every_channel() -> None:
    with pytest.raises(AboveCeiling):
        Reply("王桂兰", "answered", "premium", disclosure=IDENTITY)


def test_the_error_does_not_hold_the_words() -> None:
    with pytest.raises(AboveCeiling) as caught:
        Reply("王桂兰交了", "answered", "my_record", disclosure=OWN, ceiling=PUBLIC)
    assert "王桂兰" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "facet", "record", "expected"),
    [
        ("我要交多少", "premium", None, PUBLIC),
        ("我要交多少", "premium", resident("特困人员"), OWN),
        ("我家娃最晚哪天办", "newborn_deadline", resident(born=date(2021, 9, 1)), POLICY),
        ("通知文号是多少", "notice_number", FULL, PUBLIC),
        ("财政补助多少", "premium_total", FULL, PUBLIC),
        ("哪天截止", "window", resident(), PUBLIC),
        ("哪天截止", "window", resident("特困人员"), OWN),
        ("我交了吗", "my_record", FULL, OWN),
        ("我交了吗", "my_record", None, PUBLIC),
        ("我是普通居民，要交多少", "premium", resident("特困人员"), OWN),
        ("我要交多少", "premium", resident("特困人员", enrolled=[paid(2022, 0, TODAY)]), OWN),
        ("我妈要交多少", "premium", resident("特困人员"), PUBLIC),
        ("你好", "greet", FULL, PUBLIC),
    ],
)
def test_the_level_is_that_of_what_was_used(text: str, facet: str, record: Record | None, expected: Disclosure) -> None:
    assert level(text, facet, record).disclosure == expected


def test_a_reply_says_whose_record_it_tells() -> None:
    assert level("我交了吗", "my_record", FULL).of == (17,)
    assert level("我娃交了吗", "my_record", FULL).of == (18,)
    assert level("哪天截止", "notice_date", FULL).of == ()


@pytest.mark.parametrize("facet", HANDLERS)
@pytest.mark.parametrize("notice", IN_SEASON)
def test_over_a_public_channel_no_handler_tells_what_only_the_record_knows(notice: str, facet: str) -> None:
    day = IN_SEASON[notice]
    for text in ("我要交多少", "我家一共要交多少", "我娃最晚哪天办"):
        asked = enquiry(notice, facet, text, record=FULL)
        for ceiling in (PUBLIC, POLICY):
            audience = Audience(ceiling)
            state = replace(asked.state, record=FULL if audience.hears(POLICY) else None)
            here = enquire(
                asked.question,
                facet,
                asked.policy,
                state,
                day,
                asked.kb,
                asked.finder,
                follow_up=False,
                audience=audience,
            )
            part = within(told(here), audience, knowledge().hotline)
            reply, _ = write([part], text, knowledge(), NAMES, ceiling=ceiling)
            assert reply.disclosure <= ceiling
            assert not [one for one in OWN_FIGURES if one in reply.text], reply.text
            assert not faults_of(reply, own_words=True)


@pytest.mark.parametrize("facet", HANDLERS)
@pytest.mark.parametrize("notice", IN_SEASON)
def test_what_a_record_changes_is_never_called_public(notice: str, facet: str) -> None:
    """Whoever reads a PUBLIC reply learns nothing of the record: it is word for word what anybody gets."""
    for text in ("我要交多少", "我交了没有", "我家一共要交多少", "我妈交了吗"):
        asked = enquiry(notice, facet, text, record=FULL)
        part, plain = told(asked), told(asked.uninformed())
        reply, public = (write([one], text, knowledge(), NAMES)[0] for one in (part, plain))
        if part.disclosure == PUBLIC:
            assert reply.text == public.text
        if any(one in reply.text for one in OWN_FIGURES):
            assert part.disclosure == OWN
        assert plain.disclosure == PUBLIC


def test_a_record_is_kept_for_later_where_it_may_not_be_told() -> None:
    state = State(place=SUIXI, record=FULL)
    after, reply = conversation().answer(state, heard("我交了吗", "my_record"), TODAY, Audience(PUBLIC))
    assert after.record == FULL
    assert reply.outcome == "refused"


@pytest.mark.parametrize(
    ("audience", "record", "text", "line", "says", "choices"),
    [
        (Audience(PUBLIC), FULL, "我交了吗", "这里查不了个人的缴费记录", "微信公众号里发“绑定”", ()),
        (Audience(PUBLIC), None, "我交了吗", "这里查不了个人的缴费记录", "微信公众号里发“绑定”", ()),
        (Audience(OWN, may_bind=True), None, "我交了吗", "先绑定，才能查个人的缴费记录", "回复“绑定”就开始", ("绑定",)),
        (Audience(OWN), None, "我交了吗", "这里查不了个人的缴费记录", "没有核实身份", ()),
        (Audience(OWN), FULL, "我邻居交了吗", "这里查不了别人的缴费记录", "只告诉本人", ()),
        (Audience(OWN), FULL, "我老公交了吗", "这里查不了别人的缴费记录", "只告诉本人", ()),
    ],
)
def test_a_refusal_says_why_not_here_and_where(
    audience: Audience, record: Record | None, text: str, line: str, says: str, choices: tuple[str, ...]
) -> None:
    reply = level(text, "my_record", record, audience)
    assert (reply.outcome, first_line(reply), reply.choices) == ("refused", line, choices)
    assert says in reply.text
    assert not faults_of(reply)
