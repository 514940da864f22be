"""The residents' page in a real browser, on a phone and at a desk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from whole_program import Service, unless_ci

PHONE = {"width": 360, "height": 800}
DESK = {"width": 1280, "height": 900}
PATIENCE = 20_000
SUIXI = "340621"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        unless_ci("no Chromium on this machine: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        # Chromium's own sandbox refuses to run as root, as it does in most CI machines
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser, service: Service) -> Iterator[Page]:
    """The page just opened; whatever a script complains of fails the test."""
    context = browser.new_context(viewport=request.param, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    opened.goto(service.url)
    yield opened
    context.close()
    assert [one for one in complaints if "Failed to load resource" not in one] == []


def say(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.keyboard.press("Enter")


def answers(page: Page) -> int:
    return page.locator("article.bot:not(.waiting)").count()


def last(page: Page) -> object:
    expect(page.locator("article.waiting")).to_have_count(0, timeout=PATIENCE)
    return page.locator("article").last


def test_a_resident_picks_the_county_asks_and_reads_the_clause_lit_up(page: Page) -> None:
    page.select_option("#region", SUIXI)
    say(page, "低保户要交多少")
    expect(page.locator("article.bot .first").last).to_contain_text("40元", timeout=PATIENCE)
    page.get_by_role("link", name="看原文 四（二）").click()
    lit = page.locator("section:target")
    expect(lit).to_contain_text("个人缴纳40元")
    expect(lit).to_be_in_viewport()
    assert lit.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 246, 214)"


def test_coming_back_from_the_notice_finds_the_talk_and_the_county_again(page: Page) -> None:
    page.select_option("#region", SUIXI)
    say(page, "低保户要交多少")
    page.get_by_role("link", name="看原文 四（二）").click()
    page.get_by_role("link", name="回去提问").click()
    expect(page.locator("article.me")).to_have_text("低保户要交多少")
    expect(page.locator("#region")).to_have_value(SUIXI)
    say(page, "那特困呢")
    expect(page.locator("article.bot .first").last).to_contain_text("特困", timeout=PATIENCE)


def test_choices_are_tapped_and_the_county_tapped_is_the_one_shown_above(page: Page) -> None:
    page.get_by_role("button", name="哪天截止").click()
    expect(page.locator("article.bot").last).to_contain_text("哪个县", timeout=PATIENCE)
    page.get_by_role("button", name="濉溪县").click()
    expect(page.locator("article.bot .first").last).to_contain_text("2021年12月31日", timeout=PATIENCE)
    expect(page.locator("#region")).to_have_value(SUIXI)
    expect(page.get_by_role("button", name="怀远县")).to_be_disabled()


def test_a_choice_is_not_shown_twice(page: Page) -> None:
    page.get_by_role("button", name="哪天截止").click()
    expect(page.get_by_role("button", name="濉溪县")).to_be_visible(timeout=PATIENCE)
    assert "1. " not in page.locator("article.bot").last.inner_text()


def test_the_first_line_of_a_long_answer_is_in_view_and_nothing_is_wider_than_the_screen(page: Page) -> None:
    page.select_option("#region", "511724")
    say(page, "今年交多少钱，哪天截止，怎么缴费，能不能退，新生儿怎么办")
    expect(page.locator("article.waiting")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("article.bot").last.locator(".first").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("talk.scrollWidth <= talk.clientWidth")


def test_a_very_long_word_does_not_break_the_page(page: Page) -> None:
    say(page, "啊" * 500 + "a" * 500)
    expect(page.locator("article.waiting")).to_have_count(0, timeout=PATIENCE)
    assert page.evaluate("talk.scrollWidth <= talk.clientWidth")


def test_what_is_typed_is_shown_as_text_and_never_as_markup(page: Page) -> None:
    say(page, "<img src=x onerror=alert(1)>低保户要交多少")
    expect(page.locator("article.me")).to_have_text("<img src=x onerror=alert(1)>低保户要交多少")
    expect(page.locator("article.waiting")).to_have_count(0, timeout=PATIENCE)
    assert page.locator("article img").count() == 0


def test_without_a_network_what_was_typed_is_kept_and_can_be_sent_again(page: Page) -> None:
    page.select_option("#region", SUIXI)
    page.context.set_offline(True)
    say(page, "低保户要交多少")
    expect(page.get_by_role("alert")).to_contain_text("网络不通")
    expect(page.locator("#text")).to_have_value("低保户要交多少")
    page.context.set_offline(False)
    page.get_by_role("button", name="发送").click()
    expect(page.locator("article.bot .first").last).to_contain_text("40元", timeout=PATIENCE)


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (500, '{"error": "程序出了点问题，请打医保热线。"}', "程序出了点问题"),
        (502, "<html>Bad Gateway</html>", "这次没答上来"),
        (200, "{}", "这次没答上来"),
    ],
)
def test_a_fault_of_the_server_is_told_in_chinese(page: Page, status: int, body: str, said: str) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=status, body=body, content_type="application/json")

    page.route("**/page/messages", fail)
    say(page, "哪天截止")
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.locator("#text")).to_have_value("哪天截止")


def test_everything_can_be_done_from_the_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator("#region")).to_be_focused()
    for _ in range(5):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("哪天截止")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("低保户")
    expect(page.locator("#text")).to_have_value("哪天截止\n低保户")
    page.keyboard.press("Enter")
    expect(page.locator("article.me")).to_have_count(1)
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("#text")).to_be_focused()


def test_an_empty_line_is_not_sent(page: Page) -> None:
    say(page, "  ")
    expect(page.locator("article.me")).to_have_count(0)


def test_another_county_and_starting_again_begin_a_new_talk(page: Page) -> None:
    say(page, "你好")
    expect(page.locator("article.me")).to_have_count(1)
    expect(page.locator("article.waiting")).to_have_count(0, timeout=PATIENCE)
    page.select_option("#region", "340321")
    expect(page.locator("article.me")).to_have_count(0)
    say(page, "你好")
    expect(page.locator("article.waiting")).to_have_count(0, timeout=PATIENCE)
    page.get_by_role("button", name="重新开始").click()
    expect(page.locator("article.me")).to_have_count(0)
    page.reload()
    expect(page.locator("article.me")).to_have_count(0)


def test_what_can_be_tapped_is_large_enough_for_a_thumb(page: Page) -> None:
    page.select_option("#region", SUIXI)
    say(page, "低保户要交多少")
    expect(page.locator(".clauses a").first).to_be_visible(timeout=PATIENCE)
    for selector in (".choices button", ".clauses a", "#ask button", "#region", "#text"):
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        assert box["height"] >= 40, selector


def test_a_notice_reads_well_with_its_wide_annex(page: Page, service: Service) -> None:
    for notice in ("suixi-2022", "dazhu-2022", "xingyi-2022", "huaiyuan-2025", "mancheng-2023"):
        page.goto(f"{service.url}/notices/{notice}")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), notice
        assert page.locator("section[id]").count() > 5
