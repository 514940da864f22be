"""The console in a real browser, on a phone and at a desk: each page's main way, the keyboard, accessibility, no script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from fictional_village import OTHER_VILLAGE, TOWN, VILLAGE, named
from playwright.sync_api import Page, expect
from served_console import ADMIN, OPERATOR, SECRET, VILLAGER, Console

SERIOUS = ("serious", "critical")
PAGES = (
    "/console/",
    "/console/people",
    "/console/progress?year=2022",
    f"/console/progress/town?town={TOWN}&year=2022",
    f"/console/progress/people?town={TOWN}&village={VILLAGE}&year=2022",
    "/console/knowledge",
    "/console/knowledge/suixi-2022",
    "/console/knowledge/compare?left=suixi-2022&right=dazhu-2022",
    "/console/password",
    "/console/nothing",
    f"/console/progress/people?town={TOWN}&village={OTHER_VILLAGE}&year=2022",
)
"""Each page, and what it looks like where it is refused or not there."""


def faults(page: Page) -> list[str]:
    """What axe finds serious, and what is wider than the screen."""
    found = Axe().run(page).response["violations"]
    told = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in SERIOUS]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*told, *(["wider than the screen"] if wide else [])]


def look_up(page: Page, who: str) -> None:
    page.get_by_label("姓名或身份证号").fill(who)
    page.locator(".picks label", has_text="本人来问").click()
    page.get_by_role("button", name="查", exact=True).click()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_fits_a_phone_and_has_no_serious_fault_of_accessibility(
    phone: Page, console: Console, path: str
) -> None:
    console.sign_in(phone, VILLAGER, path)
    expect(phone.locator("h1")).to_be_visible()
    assert faults(phone) == []


@pytest.mark.parametrize("path", PAGES[:7:2])
def test_at_a_desk_there_is_none_either(desk: Page, console: Console, path: str) -> None:
    console.sign_in(desk, OPERATOR, path)
    expect(desk.locator("h1")).to_be_visible()
    assert faults(desk) == []


def test_what_is_not_accessible_or_too_wide_would_be_seen(desk: Page) -> None:
    desk.set_content("<html lang=zh><title>x</title><main><input><p>" + "x" * 500)
    assert {one.split(":")[0] for one in faults(desk)} == {"label", "wider than the screen"}


def test_the_door_and_the_card_have_no_serious_fault_either(page: Page, console: Console) -> None:
    page.goto(f"{console.url}/console/login")
    assert faults(page) == []
    console.sign_in(page, OPERATOR, "/console/people")
    look_up(page, "虚构同名")
    expect(page.get_by_text("查到3位同名")).to_be_visible()
    assert faults(page) == []
    look_up(page, "虚构大民")
    expect(page.get_by_role("heading", name="同户的人")).to_be_visible()
    assert faults(page) == []


def test_staff_come_in_through_the_door_and_leave_by_the_account_menu(page: Page, console: Console) -> None:
    page.goto(f"{console.url}/console/progress")
    expect(page.get_by_label("用户名")).to_be_focused()
    page.keyboard.type(VILLAGER)
    page.keyboard.press("Tab")
    page.keyboard.type("不对的密码呀呀呀")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("用户名或密码不对")
    expect(page.get_by_label("密码")).to_be_focused()
    page.keyboard.type(SECRET)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("濉溪县2022年度参保进度")
    page.locator("details.account summary").click()
    page.get_by_role("button", name="退出").click()
    expect(page).to_have_url(re.compile("/console/login"))
    page.go_back()
    expect(page.get_by_text("参保进度")).to_have_count(0)


def test_a_village_clerk_looks_a_person_up_and_reads_what_is_due_and_the_clause(page: Page, console: Console) -> None:
    console.sign_in(page, VILLAGER)
    page.get_by_role("link", name="参保人").first.click()
    look_up(page, named("虚构低保").id_number)
    expect(page.get_by_role("heading", level=1)).to_contain_text("虚构低保")
    expect(page.get_by_text("多缴了280元")).to_be_visible()
    assert named("虚构低保").id_number not in page.content()
    assert not re.search(r"%E8%99%9A|虚构|\d{17}", page.url)
    page.get_by_role("link", name="四（二）").click()
    lit = page.locator("section:target")
    expect(lit).to_contain_text("个人缴纳40元")
    expect(lit).to_be_in_viewport()
    assert lit.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 246, 214)"


def test_a_person_of_another_village_is_not_found_and_what_was_typed_stays(phone: Page, console: Console) -> None:
    console.sign_in(phone, VILLAGER, "/console/people")
    look_up(phone, "虚构远方")
    expect(phone.get_by_role("alert")).to_contain_text("您的辖区里没有查到这个人")
    expect(phone.get_by_label("姓名或身份证号")).to_have_value("虚构远方")


def test_a_member_of_the_household_is_opened_with_a_reason_of_its_own(phone: Page, console: Console) -> None:
    console.sign_in(phone, OPERATOR, "/console/people")
    look_up(phone, "虚构大民")
    phone.locator("tr", has_text="虚构秀英").get_by_role("link", name="看档案").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("先说一下为什么查看")
    phone.locator(".picks label", has_text="家里人代问").click()
    phone.get_by_role("button", name="查看档案").click()
    expect(phone.get_by_text("低保对象身份2021年3月31日到期")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("低保对象身份2021年3月31日到期")).to_be_visible()


def test_from_the_home_page_to_the_list_and_its_file(phone: Page, console: Console) -> None:
    console.sign_in(phone, VILLAGER)
    phone.get_by_role("link", name="看没缴费的名单").click()
    expect(phone.locator("tbody tr").first).to_contain_text("虚构特困")
    phone.get_by_label("做什么用").fill("上门动员")
    with phone.expect_download() as saved:
        phone.get_by_role("button", name="导出表格").click()
    assert saved.value.suggested_filename == f"刘桥镇{VILLAGE}2022年度未参保名单.csv"


def test_choosing_another_year_or_county_needs_no_button(desk: Page, console: Console) -> None:
    console.sign_in(desk, ADMIN, "/console/progress?county=340621&year=2022")
    expect(desk.get_by_role("button", name="看", exact=True)).to_have_count(0)
    desk.get_by_label("年度").select_option("2021")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("2021年度")
    desk.get_by_label("县（区）").select_option("130607")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("满城区")


def test_two_notices_are_compared_by_choosing_them(desk: Page, console: Console) -> None:
    console.sign_in(desk, OPERATOR, "/console/knowledge")
    desk.get_by_role("link", name="两份文件对比").click()
    desk.get_by_label("右边").select_option("mancheng-2023")
    expect(desk.locator("tbody tr").first).to_contain_text("350元")
    desk.locator(".picks label", has_text="一样的也列出来").click()
    expect(desk.locator("tr.same").first).to_be_visible()


def test_a_clause_tells_what_is_made_of_it(phone: Page, console: Console) -> None:
    console.sign_in(phone, OPERATOR, "/console/knowledge/suixi-2022#四（二）")
    phone.locator("section:target").get_by_text("看用法").or_(phone.locator("section:target summary")).first.click()
    expect(phone.locator("section:target")).to_contain_text("资助（低保对象）：资助280元")


def test_everything_is_reached_from_the_keyboard_and_focus_is_seen(page: Page, console: Console) -> None:
    console.sign_in(page, VILLAGER, "/console/knowledge")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="两份文件对比")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    account = page.locator("details.account summary")
    account.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="改密码")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="改密码")).to_be_hidden()
    expect(account).to_be_focused()


def test_what_can_be_tapped_is_large_enough_for_a_thumb(phone: Page, console: Console) -> None:
    console.sign_in(phone, VILLAGER, "/console/people")
    for selector in ("nav a:visible", "details.account summary", ".picks label", "button.main", "#who"):
        box = phone.locator(selector).first.bounding_box()
        assert box is not None
        assert box["height"] >= 40, selector


def test_all_of_it_works_without_scripts(browsing: Callable[..., Page], console: Console) -> None:
    page = browsing(java_script_enabled=False)
    console.sign_in(page, ADMIN, "/console/progress?county=340621&year=2022")
    page.select_option("#year", "2021")
    page.get_by_role("button", name="看", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2021年度")
    page.goto(f"{console.url}/console/people")
    page.select_option("#county", "340621")
    look_up(page, "虚构大民")
    expect(page.get_by_role("heading", level=1)).to_contain_text("虚构大民")
    page.locator("details.account summary").click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("用户名")).to_be_visible()


def test_a_log_in_that_is_over_leads_back_to_the_door(phone: Page, console: Console) -> None:
    console.sign_in(phone, VILLAGER, "/console/people")
    phone.context.clear_cookies()
    look_up(phone, "虚构大民")
    expect(phone.get_by_role("alert").or_(phone.get_by_text("页面过期了")).first).to_be_visible()
    phone.goto(f"{console.url}/console/people")
    expect(phone.get_by_label("用户名")).to_be_visible()
