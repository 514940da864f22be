"""Questions left open, receipts and switches in a real browser, on a phone and at a desk."""

from __future__ import annotations

from pathlib import Path

from desk_console import answered, faults
from playwright.sync_api import Page, expect
from served_console import ADMIN, OPERATOR, Console


def test_a_question_left_open_becomes_a_file_and_is_settled(page: Page, console: Console) -> None:
    code = answered(console, "坐飞机去看病报不报路费", "通知没有写这一项", "not_covered", "benefits")
    console.sign_in(page, OPERATOR, "/console/unanswered")
    group = page.locator("article", has=page.get_by_role("heading", name="坐飞机去看病报不报路费"))
    group.get_by_label("这其实是在问").select_option("care_elsewhere")
    with page.expect_download() as downloading:
        group.get_by_role("button", name="下载训练说法").click()
    assert "坐飞机去看病报不报路费" in Path(downloading.value.path()).read_text(encoding="utf-8")
    with page.expect_download() as downloading:
        group.get_by_role("link", name="下载对话用例").click()
    assert downloading.value.suggested_filename == f"case-{code.lower()}.yml"
    assert faults(page) == []
    group.get_by_role("button", name="处理好了").click()
    expect(page.get_by_role("heading", name="坐飞机去看病报不报路费")).to_have_count(0)


def test_a_code_is_typed_and_the_answer_marked_wrong(page: Page, console: Console) -> None:
    code = answered(console, "二婶问要交多少")
    console.sign_in(page, OPERATOR, "/console/receipts")
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type("zzzzzz")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("没有这个编号")
    page.locator("#code").fill(code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_text("二婶问要交多少")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("哪里不对").fill("少说了资助")
    page.get_by_role("button", name="标为答得不对").click()
    expect(page.get_by_text(f"有人说答得不对：{OPERATOR}：少说了资助")).to_be_visible()


def test_an_administrator_turns_a_topic_off_and_on(page: Page, console: Console) -> None:
    console.sign_in(page, ADMIN, "/console/switches")
    row = page.locator(".switch-row", has_text="学生怎么参保")
    row.locator("summary").click()
    row.get_by_label("为什么停用").fill("学校名单还没核对")
    assert faults(page) == []
    row.get_by_role("button", name="确定停用").click()
    expect(row).to_contain_text("已停用")
    expect(row).to_contain_text("学校名单还没核对")
    assert faults(page) == []
    row.get_by_role("button", name="恢复").click()
    expect(row).not_to_contain_text("已停用")
    expect(page.locator(".past")).to_contain_text("学校名单还没核对")
