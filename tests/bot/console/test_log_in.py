"""Who comes in, and who does not: log-in, log-out, first password, rights, forged and stale forms, headers."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from served_console import ADMIN, NEWCOMER, OPERATOR, SECRET, VILLAGER, Console, token_of

from bot.audit.entry import Entry
from bot.audit.journal import Journal

PAGES = ("/console/", "/console/people", "/console/progress", "/console/knowledge", "/console/password")


def entries(console: Console) -> list[Entry]:
    return [one.entry for one in console.run(Journal(console.engine).entries(last=50))]


@pytest.mark.parametrize("path", [*PAGES, "/console/knowledge/suixi-2022", "/console/nothing", "/console/people/1-x"])
def test_who_is_not_signed_in_is_led_to_the_log_in_page_and_back(console: Console, path: str) -> None:
    with console.client() as client:
        answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/console/login?next={path}"


def test_htmx_is_told_to_leave_the_page_where_the_log_in_is_over(console: Console) -> None:
    with console.client() as client:
        answer = client.get("/console/people", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/console/login?next=/console/")
    assert answer.text == ""


def test_the_page_that_was_asked_for_opens_after_the_log_in(console: Console) -> None:
    with console.client() as client:
        answer = console.log_in(client, VILLAGER, SECRET, next="/console/knowledge?county=340321")
        assert answer.headers["location"] == "/console/knowledge?county=340321"


@pytest.mark.parametrize("next", ["https://example.org/", "//example.org", "/console\\evil", "/console/\nx", "/"])
def test_no_log_in_leads_to_another_site(console: Console, next: str) -> None:
    with console.client() as client:
        answer = console.log_in(client, VILLAGER, SECRET, next=next)
        assert answer.headers["location"] == "/console/"


@pytest.mark.parametrize(("name", "password"), [("没有这个人", SECRET), (VILLAGER, "猜的密码一二三"), ("", "")])
def test_unknown_names_and_wrong_passwords_look_the_same(console: Console, name: str, password: str) -> None:
    with console.client() as client:
        answer = console.log_in(client, name, password)
        assert answer.status_code == 401
        assert "用户名或密码不对" in answer.text
        assert password not in answer.text or not password
        assert client.get("/console/").status_code == 303
    last = entries(console)[-1]
    assert (last.action, last.actor) == ("login_failed", "console")
    known = name == VILLAGER
    assert last.detail["staff"] == (VILLAGER if known else None)
    assert known or not name or name not in str(last)


def test_what_is_typed_as_a_name_comes_back_as_text(console: Console) -> None:
    with console.client() as client:
        answer = console.log_in(client, '"><script>x</script>', "猜的密码一二三")
        assert "<script>x" not in answer.text


def test_log_in_and_log_out_stand_in_the_journal_and_the_cookie_is_worth_nothing_after(console: Console) -> None:
    with console.client() as client:
        console.log_in(client, OPERATOR, SECRET)
        cookie = client.cookies["canbao_staff"]
        assert client.get("/console/").status_code == 200
        answer = console.send(client, "/console/logout", {}, form="/console/")
        assert answer.headers["location"] == "/console/login"
        stolen = httpx.get(f"{console.url}/console/", cookies={"canbao_staff": cookie})
        assert stolen.status_code == 303
    actions = [(one.action, one.actor) for one in entries(console)]
    assert ("logged_in", f"staff:{OPERATOR}") in actions
    assert actions[-1] == ("logged_out", f"staff:{OPERATOR}")


def test_each_log_in_has_a_token_of_its_own_and_the_cookie_is_for_this_site_only(console: Console) -> None:
    with console.client() as client:
        answer = console.log_in(client, OPERATOR, SECRET)
        cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("canbao_staff="))
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "Max-Age" not in cookie
        first = client.cookies["canbao_staff"]
        console.log_in(client, OPERATOR, SECRET)
        assert client.cookies["canbao_staff"] != first


def test_behind_https_the_cookie_is_secure_and_bound_to_the_host(console: Console) -> None:
    with console.client() as client:
        client.headers["X-Forwarded-Proto"] = "https"
        answer = client.get("/console/login")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-canbao_door=")
        assert "Secure" in cookie
        assert answer.headers["strict-transport-security"]


def test_nothing_opens_with_a_first_password_but_the_page_that_changes_it(console: Console) -> None:
    with console.client(NEWCOMER) as client:
        for path in PAGES[:-1]:
            assert client.get(path).headers["location"] == "/console/password", path
        for new, again, told in [
            ("short", "short", "10到128个字符"),
            (SECRET, SECRET, "和原来的一样"),
            (f"我是{NEWCOMER}呀呀呀呀", "", "不要带用户名"),
            ("1234567890", "1234567890", "太容易猜"),
            ("三月里的小雨淅沥沥沥", "三月里的小雨哗啦啦啦", "不一样"),
        ]:
            fields = {"old": SECRET, "new": new, "again": again}
            answer = console.send(client, "/console/password", fields)
            assert answer.status_code == 422
            assert told in answer.text
        before = client.cookies["canbao_staff"]
        fields = {"old": SECRET, "new": "三月里的小雨淅沥沥沥", "again": "三月里的小雨淅沥沥沥"}
        assert console.send(client, "/console/password", fields).headers["location"] == "/console/"
        assert client.get("/console/").status_code == 200
        assert httpx.get(f"{console.url}/console/", cookies={"canbao_staff": before}).status_code == 303
    assert entries(console)[-1].action == "rights_changed"


def test_the_password_is_not_changed_by_who_does_not_know_it(console: Console) -> None:
    with console.client(ADMIN) as client:
        fields = {"old": "不是这个密码", "new": "三月里的小雨淅沥沥沥", "again": "三月里的小雨淅沥沥沥"}
        assert "原来的密码不对" in console.send(client, "/console/password", fields).text
    with console.client(ADMIN) as client:
        assert client.get("/console/").status_code == 200


@pytest.mark.parametrize("path", ["/console/login", "/console/logout", "/console/password", "/console/people"])
def test_a_form_without_its_token_or_with_anothers_is_refused(console: Console, path: str) -> None:
    with console.client(OPERATOR) as client, console.client(ADMIN) as other:
        theirs = token_of(other.get("/console/people"))
        for fields in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": theirs}):
            answer = client.post(path, data={"who": "虚构大民", **fields})
            assert answer.status_code == 403, fields
            assert "请刷新页面" in answer.text
        assert client.post(path, headers={"X-CSRF-Token": theirs}).status_code == 403


def test_a_form_from_another_site_is_refused_even_with_its_token(console: Console) -> None:
    with console.client(OPERATOR) as client:
        token = token_of(client.get("/console/people"))
        answer = client.post("/console/people", data={"csrf": token}, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"who": 1}', "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"\xff\xfe%%%", "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_no_form_is_answered_in_plain_words(console: Console, content: bytes, kind: str) -> None:
    with console.client(OPERATOR) as client:
        answer = client.post("/console/people", content=content, headers={"Content-Type": kind})
        assert answer.status_code in (400, 403)
        assert "<h1>" in answer.text
        assert "Traceback" not in answer.text


def test_a_body_that_is_too_long_or_of_unknown_length_is_not_even_read(console: Console) -> None:
    def endless() -> Iterator[bytes]:
        yield from (b"x" * 1000 for _ in range(3))

    for content in (b"x" * 300_000, endless()):
        with console.client(OPERATOR) as client:
            answer = client.post("/console/people", content=content)
            assert answer.status_code == 413
            assert "写短一些" in answer.text


def test_every_answer_of_the_console_carries_its_headers_and_is_kept_nowhere(console: Console) -> None:
    with console.client(OPERATOR) as client:
        for path in (*PAGES, "/console/login", "/console/nothing"):
            headers = client.get(path).headers
            assert headers["cache-control"] == "no-store", path
            assert headers["x-frame-options"] == "DENY"
            assert "script-src 'self'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]


def test_a_page_that_is_not_there_says_so(console: Console) -> None:
    with console.client(OPERATOR) as client:
        answer = client.get("/console/nothing/at/all")
        assert answer.status_code == 404
        assert "没有找到" in answer.text


def test_static_files_are_kept_by_browsers_and_nothing_else_is_given_out(console: Console) -> None:
    with console.client() as client:
        assert "immutable" in client.get("/console/static/console.css?1").headers["cache-control"]
        assert client.get("/console/static/%2e%2e/frame.py").status_code in (404, 303)
