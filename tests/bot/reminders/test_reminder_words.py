"""What is said about reminders: consent first, one word to stop, no figure without a source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from reminded import TODAY, County

from bot import composition
from bot.audit.journal import Journal
from bot.channel import Caller, Channel
from bot.channels.telegram.public_only import PublicOnly
from bot.errors import AnswerFailed
from bot.messages import MessageIn
from bot.reminders import deadline as deadline_module
from bot.reminders import desk as words
from bot.reminders.deadline import Deadline, deadlines
from bot.reminders.desk import ReminderDesk
from bot.reminders.wording import written
from dialogues.record import Enrolment, Record
from dialogues.reply import Choice, Reply
from dialogues.state import State
from policy_kb.citation import Citation
from policy_kb.decision import Decision, Step, Window

SUIXI = "340621"
ADULT = Record(birth_date=date(1985, 6, 1), hukou="local")


@pytest.fixture
def desk(suixi: County) -> ReminderDesk:
    return ReminderDesk(suixi.consents, frozenset({Channel.WECHAT}))


async def said(desk: ReminderDesk, caller: Caller, text: str) -> Reply | None:
    return await desk.attend(MessageIn(id="1", text=text), caller, State(), TODAY)


async def told(desk: ReminderDesk, caller: Caller, text: str) -> str:
    reply = await said(desk, caller, text)
    assert reply is not None, text
    return reply.text


async def test_who_is_not_bound_is_asked_to_bind_first(suixi: County, desk: ReminderDesk) -> None:
    stranger = Caller(Channel.WECHAT, "suixi", suixi.platform.follower().openid)
    assert await told(desk, stranger, "提醒我") == words.BIND_FIRST
    assert await told(desk, stranger, "退订") == words.NOTHING_TO_STOP


@pytest.mark.parametrize("yes", ["同意提醒", "好", "1", "同意", "好的。"])
async def test_the_consent_is_asked_for_and_given_by_a_word(suixi: County, desk: ReminderDesk, yes: str) -> None:
    await suixi.resident(1)
    _, caller, binding = await suixi.bound(1, consent=False)
    assert await told(desk, caller, "到时候提醒我") == words.ASK
    assert not await suixi.consents.given(binding)
    assert await told(desk, caller, yes) == words.KEPT
    assert await suixi.consents.given(binding)
    assert await told(desk, caller, "提醒我") == words.KEPT_ALREADY


async def test_a_bare_yes_means_nothing_unless_it_was_asked_for_a_moment_ago(suixi: County, desk: ReminderDesk) -> None:
    await suixi.resident(1)
    _, caller, binding = await suixi.bound(1, consent=False)
    assert await said(desk, caller, "好") is None
    assert await said(desk, caller, "1") is None
    await told(desk, caller, "提醒我")
    suixi.clock.passes(timedelta(minutes=16))
    assert await said(desk, caller, "好") is None
    assert not await suixi.consents.given(binding)


async def test_after_another_question_a_bare_1_is_the_answer_to_that(suixi: County, desk: ReminderDesk) -> None:
    await suixi.resident(1)
    _, caller, binding = await suixi.bound(1, consent=False)
    await told(desk, caller, "提醒我")
    went_on = State(question="现在还能交吗", choices=(Choice("在外务工返乡"),))
    assert await desk.attend(MessageIn(id="2", text="1"), caller, went_on, TODAY) is None
    assert not await suixi.consents.given(binding)


async def test_consent_and_its_end_stand_in_the_audit_journal(suixi: County, desk: ReminderDesk) -> None:
    await suixi.resident(1)
    _, caller, _ = await suixi.bound(1, consent=False)
    for text in ("提醒我", "好", "退订", "退订"):
        await told(desk, caller, text)
    acts = [(one.entry.action, one.entry.subject) for one in await Journal(suixi.engine).entries()]
    assert acts == [("bound", 1), ("reminders_on", 1), ("reminders_off", 1)]


async def test_no_is_no(suixi: County, desk: ReminderDesk) -> None:
    await suixi.resident(1)
    _, caller, binding = await suixi.bound(1, consent=False)
    await told(desk, caller, "提醒我")
    assert await told(desk, caller, "算了") == words.NOT_ASKED_FOR
    assert await said(desk, caller, "好") is None
    assert not await suixi.consents.given(binding)


@pytest.mark.parametrize("stop", ["退订", "不用提醒了", "别再提醒我", "不要给我提醒", "TD", "我要退订"])
async def test_one_word_stops_it(suixi: County, desk: ReminderDesk, stop: str) -> None:
    await suixi.resident(1)
    _, caller, binding = await suixi.bound(1)
    assert await told(desk, caller, stop) == words.STOPPED
    assert not await suixi.consents.given(binding)


@pytest.mark.parametrize(
    "question", ["低保户要交多少", "怎么没有提醒我就截止了，还能补吗", "哪天截止", "退费能退吗", "不用交吗", "嗯", ""]
)
async def test_questions_go_on_to_the_dialogue(suixi: County, desk: ReminderDesk, question: str) -> None:
    await suixi.resident(1)
    _, caller, _ = await suixi.bound(1)
    assert await said(desk, caller, question) is None


@pytest.mark.parametrize("channel", [Channel.TERMINAL, Channel.API, Channel.CONSOLE, Channel.PAGE, Channel.TELEGRAM])
async def test_where_nothing_can_be_sent_later_one_is_told_where_to_go(desk: ReminderDesk, channel: Channel) -> None:
    assert await told(desk, Caller(channel, "a", "b"), "提醒我") == words.NOT_HERE
    assert await said(desk, Caller(channel, "a", "b"), "好") is None


async def test_on_telegram_the_reason_is_given(desk: ReminderDesk) -> None:
    reply = await PublicOnly("12393").attend(
        MessageIn(id="1", text="提醒我"), Caller(Channel.TELEGRAM, "1", "2"), State(), TODAY
    )
    assert reply is not None
    assert "服务器在国外" in reply.text


def every_deadline() -> list[tuple[str, Deadline, date]]:
    """Deadlines of every notice that is held, of a grown-up and of a newborn, on days all through its year."""
    kb = composition.knowledge()
    found: dict[tuple[str, Deadline], date] = {}
    for region in kb.held_regions():
        for policy in kb.policies_of(region.code):
            for ahead in range(-150, 240, 10):
                today = date(policy.notice.year, 1, 1) + timedelta(days=ahead)
                for record in (ADULT, Record(birth_date=today - timedelta(days=40), hukou="local")):
                    for one in deadlines(kb, region.code, record, today):
                        found.setdefault((region.code, one), today)
    return [(region, one, today) for (region, one), today in found.items()]


def test_every_reminder_of_every_notice_cites_its_clause_and_holds_no_stray_figure() -> None:
    kb = composition.knowledge()
    seen = every_deadline()
    assert {one.topic for _, one, _ in seen} == {"window", "newborn"}
    assert len({region for region, _, _ in seen}) >= 4
    for _, deadline, today in seen:
        text = written(deadline, "您", today, kb)
        assert "\n依据：《" in text
        assert len(text.split("\n")[0]) <= 30, text
        assert "退订" in text


def test_on_the_last_day_it_says_so() -> None:
    (deadline,) = deadlines(composition.knowledge(), SUIXI, ADULT, date(2021, 12, 31))
    assert "今天是最后一天" in written(deadline, "您", date(2021, 12, 31), composition.knowledge())
    assert deadlines(composition.knowledge(), SUIXI, ADULT, date(2022, 1, 1)) == ()


def test_a_window_that_ends_on_closed_days_is_told_by_the_last_day_one_can_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    window = Window("open", "main", None, date(2021, 12, 31), pays_until=date(2021, 12, 25))
    cited = (Step("main", (), (Citation("suixi-2022", "五", ""),)),)
    monkeypatch.setattr(deadline_module, "window_on", lambda *_: Decision("decided", window, cited))
    (deadline,) = deadlines(composition.knowledge(), SUIXI, ADULT, TODAY)
    assert "2021年12月25日截止" in written(deadline, "您", TODAY, composition.knowledge())
    assert deadlines(composition.knowledge(), SUIXI, ADULT, date(2021, 12, 28)) == ()


def test_a_figure_that_stands_nowhere_is_not_sent() -> None:
    (deadline,) = deadlines(composition.knowledge(), SUIXI, ADULT, TODAY)
    with pytest.raises(AnswerFailed, match="999"):
        written(deadline, "您家999", TODAY, composition.knowledge())
    wrong = replace(deadline, citations=(Citation("suixi-2022", "一", ""),))
    assert "依据：《濉溪县2022年度参保缴费实施方案》一" in written(wrong, "您", TODAY, composition.knowledge())


def test_nobody_is_reminded_of_a_year_that_is_paid_or_of_a_county_without_a_notice() -> None:
    kb = composition.knowledge()
    paid = replace(ADULT, enrolments=(Enrolment(2022, "paid", TODAY),))
    assert deadlines(kb, SUIXI, paid, TODAY) == ()
    unpaid = replace(ADULT, enrolments=(Enrolment(2022, "unpaid"), Enrolment(2021, "paid", TODAY)))
    assert [one.year for one in deadlines(kb, SUIXI, unpaid, TODAY)] == [2022]
    assert deadlines(kb, "110101", ADULT, TODAY) == ()
