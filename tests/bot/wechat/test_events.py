"""What following, scanning, clicking, speaking and showing lead to; nothing is said that is not known."""

from __future__ import annotations

import re

import pytest
from office import LIUQIAO, SUIXI, Desk, Office, opened
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import composition
from bot.channel import Caller, Channel
from bot.channels.wechat import wording
from bot.store.sessions import DatabaseSessions
from bot.store.tables.wechat import FOLLOWERS, MESSAGES, QUOTA
from dialogues.state import State
from nlu.client import NluClient

FIGURE = re.compile(r"\d|[一二三四五六七八九十百]+[元月日]")


def caller_of(openid: str) -> Caller:
    return Caller(Channel.WECHAT, "suixi", openid)


def sessions_of(office: Office) -> DatabaseSessions:
    found = next(iter(office.wechat.works.values())).answering.assistant.sessions
    assert isinstance(found, DatabaseSessions)
    return found


async def test_who_follows_is_greeted_with_three_things_to_try(sqlite: AsyncEngine) -> None:
    async with opened(sqlite) as office:
        seen = (await office.platform.follower(following=False).follows()).text or ""
        assert "濉溪县" in seen
        assert seen.count("· ") == 3
        assert "身份证" in seen
        assert not FIGURE.search(seen)


async def test_who_follows_by_a_towns_code_asks_from_that_town(engine: AsyncEngine) -> None:
    async with opened(engine) as office:
        wang = office.platform.follower(following=False)
        assert "刘桥镇" in ((await wang.follows(scene=LIUQIAO)).text or "")
        await sessions_of(office).forget(caller_of(wang.openid).session)
        await wang.says("哪天截止")
        assert office.desk.places == [LIUQIAO], "and still does when the conversation is long forgotten"


async def test_a_scan_moves_a_conversation_and_what_is_said_later_holds(sqlite: AsyncEngine) -> None:
    async with opened(sqlite) as office:
        wang = office.platform.follower()
        await wang.says("哪天截止")
        assert "刘桥镇" in ((await wang.scans(LIUQIAO)).text or "")
        await wang.says("怎么交")
        session = caller_of(wang.openid).session
        await sessions_of(office).save(session, State(place="340621106", place_source="said"))
        await wang.says("交多少")
        assert office.desk.places == [SUIXI, LIUQIAO, "340621106"]


@pytest.mark.parametrize("scene", ["340321", "340321102", "hello", "", "123", "开发区", "340621102 OR 1=1"])
async def test_a_code_of_elsewhere_sets_no_place(sqlite: AsyncEngine, scene: str) -> None:
    async with opened(sqlite) as office:
        wang = office.platform.follower()
        assert (await wang.scans(scene)).text == wording.NO_SUCH_CODE
        assert "濉溪县居民医保" in ((await office.platform.follower(following=False).follows(scene)).text or "")
        await wang.says("哪天截止")
        assert office.desk.places == [SUIXI]


async def test_who_leaves_is_forgotten_wholly(engine: AsyncEngine) -> None:
    left: list[Caller] = []

    async def farewell(caller: Caller) -> None:
        left.append(caller)

    async with opened(engine, farewells=[farewell]) as office:
        wang, li = office.platform.follower(following=False), office.platform.follower()
        await wang.follows(scene=LIUQIAO)
        await wang.says("哪天截止")
        await li.says("哪天截止")
        assert (await wang.unfollows()).last.body == b"success"
        assert left == [caller_of(wang.openid)]
        assert await sessions_of(office).load(left[0].session) is None
        async with engine.connect() as connection:
            counts = [await connection.scalar(select(func.count()).select_from(one)) for one in (FOLLOWERS, QUOTA)]
            kept = await connection.scalar(select(func.count()).select_from(MESSAGES))
        assert counts == [0, 1]
        assert kept == 2, "the other's message, and the leaving itself, so that a retry does not delete anew"
        await wang.follows()
        await wang.says("怎么交")
        assert office.desk.places[-1] == SUIXI


async def test_a_menu_button_asks_its_question(sqlite: AsyncEngine) -> None:
    async with opened(sqlite) as office:
        wang = office.platform.follower()
        assert (await wang.clicks("ask:今年医保交多少钱")).text == "听到：今年医保交多少钱"
        assert "居民医保问答" in ((await wang.clicks("V1001_OLD_MENU")).text or "")


async def test_voice_is_read_where_it_was_recognised_and_else_asked_for(sqlite: AsyncEngine) -> None:
    async with opened(sqlite) as office:
        wang = office.platform.follower()
        assert (await wang.speaks("哪天截止。")).text == "听到：哪天截止。"
        for nothing in (None, "", "  "):
            assert (await wang.speaks(nothing)).text == wording.UNHEARD


async def test_what_cannot_be_read_is_said_so(sqlite: AsyncEngine) -> None:
    async with opened(sqlite) as office:
        wang = office.platform.follower()
        assert (await wang.sends_image()).text == wording.PICTURE
        assert "身份证" in wording.PICTURE
        assert (await wang.sends("video", MediaId="m", ThumbMediaId="t")).text == wording.VIDEO
        assert (await wang.sends("shortvideo", MediaId="m", ThumbMediaId="t")).text == wording.VIDEO
        assert (await wang.sends_link("重大通知", "http://example.invalid/")).text == wording.LINK
        assert (await wang.sends("hologram", Content="x")).text == wording.UNKNOWN_KIND
        assert (await wang.says(" \n ")).text == wording.EMPTY
        assert office.desk.heard == []


async def test_reports_are_answered_by_silence(sqlite: AsyncEngine) -> None:
    async with opened(sqlite) as office:
        wang = office.platform.follower()
        for name in ("LOCATION", "VIEW", "TEMPLATESENDJOBFINISH", "subscribe_msg_popup_event", "tomorrow_event"):
            seen = await office.platform.deliver(wang.event(name, EventKey="", Latitude="33.9", Longitude="116.8"))
            assert seen.last.body == b"success", name


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("安徽省淮北市濉溪县刘桥镇王堰村", LIUQIAO),
        ("安徽省淮北市濉溪县百善镇", "340621108"),
        ("安徽省淮北市濉溪县", None),
        ("安徽省蚌埠市怀远县龙亢镇", None),
        ("刘桥镇到百善镇的公路", None),
        ("", None),
    ],
)
async def test_a_place_on_the_map_is_read_by_its_address_alone(
    sqlite: AsyncEngine, label: str, place: str | None
) -> None:
    async with opened(sqlite) as office:
        wang = office.platform.follower()
        seen = (await wang.sends_location(33.9, 116.7, label)).text or ""
        await wang.says("哪天截止")
        assert office.desk.places == [place or SUIXI]
        assert ("看不出" in seen) == (place is None)


async def test_nothing_of_ours_names_a_figure() -> None:
    for name, words in vars(wording).items():
        if name.isupper() and isinstance(words, str):
            assert not FIGURE.search(words.replace("回复1", "").replace("一分钟", "").replace("一等", "")), name


async def test_an_account_answers_by_its_countys_notice(sqlite: AsyncEngine, nlu_client: NluClient) -> None:
    async with opened(sqlite, desk=Desk(), client=nlu_client) as office:
        wang = office.platform.follower()
        assert "40元" in ((await wang.says("低保户要交多少")).text or "")
        assert "特困" in ((await wang.says("那特困呢")).text or "")
    hotline = composition.knowledge().hotline
    assert hotline
