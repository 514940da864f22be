"""Ask and handoff in a real browser with the real understanding: from the question to the answer, from resident to operator."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from desk_console import SUIXI, faults
from playwright.sync_api import Page, expect
from served_console import ADMIN, OPERATOR, VILLAGER, Console, served

from bot.switches.switchboard import Kind

PHONE = {"width": 360, "height": 800}


@pytest.fixture(scope="module")
def whole(nlu_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A console that understands."""
    with served(tmp_path_factory.mktemp("whole"), nlu_url) as started:
        yield started


def ask(page: Page, words: str) -> None:
    """With the keyboard only."""
    answers = page.locator("article.answered").count()
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator("article.answered")).to_have_count(answers + 1)


def test_staff_ask_go_on_change_a_condition_and_copy_a_message(page: Page, whole: Console) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    whole.sign_in(page, VILLAGER, "/console/ask")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("低保户要交多少")
    page.keyboard.press("Enter")
    first = page.locator("article.answered .first").first
    expect(first).to_contain_text("低保对象自己交40元")
    expect(page.locator(".pane .lit").first).to_be_visible()
    expect(page.locator("article.answered").first).to_be_focused()
    ask(page, "那特困呢")
    expect(first).to_contain_text("特困人员自己不用交")
    page.locator("#if-category").select_option("低保对象")
    expect(first).to_contain_text("低保对象自己交40元")
    page.get_by_label("哪天缴", exact=True).fill("2022-01-05")
    expect(page.locator("article.answered .asked").first).to_contain_text("2022年1月5日缴")
    expect(page.locator(".days")).to_contain_text("只有在外务工返乡能缴：交40元")
    assert faults(page) == []
    page.get_by_role("button", name="复制成群消息").first.click()
    expect(page.locator("#said")).to_contain_text("已复制")
    message = page.evaluate("navigator.clipboard.readText()")
    assert re.match(r"【居民医保·濉溪县】\n问：.*低保对象，2022年1月5日缴", message)
    assert "依据：《濉溪县2022年度参保缴费实施方案》" in message
    assert "答复编号" not in message
    page.get_by_role("button", name="这条答得不对").first.click()
    expect(page.get_by_text("已标为答得不对")).to_be_visible()
    page.locator(".tools a", has_text="答复编号").first.click()
    expect(page.get_by_text("当时的问答")).to_be_visible()


def test_a_wrong_day_is_told_and_nothing_is_lost(page: Page, whole: Console) -> None:
    whole.sign_in(page, OPERATOR, "/console/ask")
    page.locator(".example", has_text="低保户要交多少").click()
    expect(page.locator("article.answered .first").first).to_contain_text("40元")
    page.get_by_label("哪天缴", exact=True).fill("0202-01-05")
    expect(page.locator("#said")).to_contain_text("请核对年份")
    expect(page.locator("article.answered .first").first).to_contain_text("40元")


def test_without_script_the_answer_is_a_page_with_all_its_parts(whole: Console, browsing: Callable[..., Page]) -> None:
    page = browsing(PHONE, java_script_enabled=False)
    whole.sign_in(page, OPERATOR, "/console/ask")
    page.locator("#text").fill("哪天截止")
    page.get_by_role("button", name="问", exact=True).click()
    expect(page.locator("article.answered .first").first).to_contain_text("12月31日截止")
    page.get_by_label("哪天缴", exact=True).fill("2022-03-05")
    page.get_by_role("button", name="重算").click()
    expect(page.locator("article.answered .asked")).to_contain_text("2022年3月5日缴")
    page.locator("#text").fill("要交多少")
    page.get_by_role("button", name="问", exact=True).click()
    expect(page.locator("article.answered .first").first).to_contain_text("320元")


def test_refusals_of_ask(whole: Console) -> None:
    with whole.client() as nobody:
        assert nobody.get("/console/ask").headers["location"].startswith("/console/login")
    with whole.client(OPERATOR) as client:
        fields = {"conversation": "a-conversation", "text": "要交多少"}
        assert client.post("/console/ask", data=fields).status_code == 403
        for wrong in ({"text": " "}, {"region": "没有这个县"}, {"conversation": "x"}):
            assert whole.send(client, "/console/ask", {**fields, **wrong}).status_code == 422
        assert whole.send(client, "/console/ask/what-if", fields).status_code == 422
        assert whole.send(client, "/console/ask", {**fields, "region": SUIXI}).status_code == 200
        other = {"conversation": "a-conversation", "category": "火星人"}
        assert whole.send(client, "/console/ask/what-if", other, "/console/ask").status_code == 422
    with whole.client(ADMIN) as another:
        assert whole.send(another, "/console/ask/what-if", fields, "/console/ask").status_code == 422


def test_staff_are_told_that_residents_do_not_get_an_answer(whole: Console) -> None:
    switches = whole.running.desk.switches
    whole.run(switches.turn_off(Kind.TOPIC, "window", "日期要核对", ADMIN))
    with whole.client(OPERATOR) as client:
        fields = {"conversation": "turned-off", "region": SUIXI, "text": "哪天截止"}
        shown = whole.send(client, "/console/ask", fields).text
    whole.run(switches.turn_on(Kind.TOPIC, "window", ADMIN))
    assert "12月31日截止" in shown
    assert "日期要核对" in shown
    assert "复制成群消息" not in shown


def resident(whole: Console, page: Page, words: str) -> None:
    if not page.url.startswith(whole.url):
        page.goto(whole.url)
        page.select_option("#region", SUIXI)
    page.locator("#text").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator(".waiting")).to_have_count(0)


def test_a_resident_asks_for_a_person_and_two_operators_meet(whole: Console, browsing: Callable[..., Page]) -> None:
    visitor, one, other = browsing(PHONE), browsing(), browsing(PHONE)
    whole.sign_in(one, OPERATOR, "/console/handoff")
    whole.sign_in(other, ADMIN, "/console/handoff")
    expect(one.get_by_text("现在没有人在等")).to_be_visible()
    resident(whole, visitor, "低保户要交多少")
    expect(visitor.get_by_role("button", name="答得不对？")).to_be_visible()
    resident(whole, visitor, "转人工")
    for page in (one, other):
        expect(page.locator(".call")).to_contain_text("低保户要交多少")
        assert faults(page) == []
    # the other one's list stands still from now on, so that both click on the same line
    other.route("**/console/handoff/list", lambda route: route.abort())
    one.get_by_role("button", name="我来接").click()
    expect(one.locator("#text")).to_be_focused()
    other.get_by_role("button", name="我来接").click()
    expect(other.locator("main")).to_contain_text(f"{OPERATOR}已经接了")
    expect(visitor.get_by_text("工作人员已经接手")).to_be_visible()
    resident(whole, visitor, "在吗")
    expect(one.locator("#talk")).to_contain_text("在吗")
    expect(one.locator("#talk")).to_contain_text("低保对象自己交40元")
    answer_with_a_kept_one(whole, one)
    expect(visitor.locator(".person")).to_contain_text("请带户口本")
    expect(one.locator(".delivery.good")).to_have_text("已送达")
    one.get_by_label("只有工作人员看得到").fill("已问清楚")
    one.get_by_role("button", name="记下").click()
    expect(one.locator(".said.note")).to_contain_text("已问清楚")
    assert faults(one) == []
    one.get_by_role("button", name="结束对话").click()
    expect(one.get_by_text("现在没有人在等")).to_be_visible()
    expect(visitor.get_by_text("人工答复结束了")).to_be_visible()
    assert "已问清楚" not in visitor.content()
    resident(whole, visitor, "哪天截止")
    expect(visitor.locator(".bot .first").last).to_contain_text("截止")


def answer_with_a_kept_one(whole: Console, page: Page) -> None:
    """Keeps an answer, then finds it by `/` and sends it."""
    with whole.client(OPERATOR) as client:
        whole.send(client, "/console/handoff/canned", {"shortcut": "户口", "text": "请带户口本来窗口。"})
    page.reload()
    page.locator("#text").press_sequentially("/户")
    expect(page.locator("#canned li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_have_value("请带户口本来窗口。")
    page.keyboard.press("Enter")
    expect(page.locator(".said.operator")).to_contain_text("请带户口本来窗口。")
    expect(page.locator("#text")).to_have_value("")


def test_a_resident_marks_an_answer_wrong_and_a_complaint_is_answered_by_a_person(
    whole: Console, browsing: Callable[..., Page]
) -> None:
    page = browsing(PHONE)
    resident(whole, page, "今年交多少钱")
    page.get_by_role("button", name="答得不对？").click()
    expect(page.get_by_text("记下了，会有人核对")).to_be_visible()
    resident(whole, page, "我要投诉，交多少钱没人说清楚")
    operator = browsing()
    whole.sign_in(operator, OPERATOR, "/console/handoff")
    expect(operator.locator(".call .tag.bad")).to_have_text("投诉")
    operator.get_by_role("button", name="我来接").click()
    operator.locator("#text").fill("我们马上核实")
    operator.get_by_role("button", name="发给对方").click()
    expect(page.locator(".person")).to_contain_text("我们马上核实")
    page.reload()
    expect(page.locator(".person")).to_contain_text("我们马上核实")
    operator.locator(".picks label", has_text="要等核实后回电").click()
    operator.get_by_role("button", name="结束对话").click()
    operator.get_by_role("link", name="已结束的").click()
    expect(operator.locator("table")).to_contain_text("要等核实后回电")
    assert faults(operator) == []
