"""Looking somebody up: with a reason, within the scope, written down; and what the card says."""

from __future__ import annotations

import re
import time
from datetime import date

import httpx
import pytest
from fictional_village import PEOPLE, Person, named
from served_console import ADMIN, ELSEWHERE, OPERATOR, VILLAGER, Console, token_of

from bot.audit.entry import Entry
from bot.audit.journal import Journal
from bot.console.people import looking
from bot.staff.seal import Seal

REASON = looking.REASONS[0]


def journal(console: Console) -> list[Entry]:
    return [one.entry for one in console.run(Journal(console.engine).entries(last=40))]


def ref(console: Console, name: str) -> str:
    number = named(name).id
    return f"{number:x}-{Seal(console.secrets).of('person', str(number))[:20]}"


def search(console: Console, client: httpx.Client, who: str, reason: str = REASON, **more: str) -> httpx.Response:
    return console.send(client, "/console/people", {"who": who, "reason": reason, **more})


def card(console: Console, client: httpx.Client, name: str) -> httpx.Response:
    answer = console.send(client, f"/console/people/{ref(console, name)}", {"reason": REASON})
    return client.get(answer.headers["location"])


def shown(answer: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2])).replace("> ", "")


def test_a_person_is_found_by_name_and_by_id_number_and_neither_stands_in_the_address(console: Console) -> None:
    person = named("虚构大民")
    spaced = " ".join(re.findall("..", person.id_number))
    with console.client(OPERATOR) as client:
        for who in (person.name, "虚构 大民", person.id_number, spaced, person.id_number.lower()):
            answer = search(console, client, who)
            assert answer.status_code == 303, who
            address = answer.headers["location"]
            assert person.name not in address
            assert person.id_number not in address
            page = client.get(address)
            assert "虚构大民" in page.text
            assert person.id_number not in page.text
            assert f"3****************{person.id_number[-1]}" in page.text


def test_without_a_reason_nobody_is_found_and_nothing_is_written_down(console: Console) -> None:
    before = journal(console)
    with console.client(OPERATOR) as client:
        for reason, written in (("", ""), ("其他", ""), ("其他", " x "), ("没有这样的原因", "")):
            answer = search(console, client, "虚构大民", reason, written=written)
            assert answer.status_code == 422
            assert "请选一个查看原因" in answer.text
            assert "虚构大民" in answer.text, "what was typed is kept"
    assert journal(console) == before


def test_a_look_is_written_down_with_its_reason_for_everybody_who_is_shown(console: Console) -> None:
    with console.client(OPERATOR) as client:
        search(console, client, "虚构大民", "其他", written="下乡核对 家里情况")
    last = journal(console)[-4:]
    assert [one.subject for one in last] == [1, 2, 3, 4]
    assert {(one.actor, one.action, one.reason) for one in last} == {
        (f"staff:{OPERATOR}", "looked", "其他：下乡核对 家里情况")
    }


def test_numbers_of_persons_in_a_reason_are_not_kept(console: Console) -> None:
    person = named("虚构低保")
    with console.client(OPERATOR) as client:
        search(console, client, person.name, written=f"号码{person.id_number}")
    assert person.id_number not in str(journal(console)[-1])


def test_bearers_of_one_name_are_listed_with_nothing_but_what_tells_them_apart(console: Console) -> None:
    with console.client(OPERATOR) as client:
        answer = search(console, client, "虚构同名")
        assert answer.status_code == 200
        assert "查到3位同名" in answer.text
        assert "1990年生" in answer.text
        assert not [one for one in PEOPLE if one.id_number in answer.text]
    last = journal(console)[-1]
    assert (last.action, last.subject, last.detail) == ("searched", None, {"found": 3})
    with console.client(VILLAGER) as client:
        assert "查到2位同名" in search(console, client, "虚构同名").text


@pytest.mark.parametrize("who", ["虚构远方", "虚构别镇", "虚构别县", "没这个人"])
def test_who_is_outside_the_scope_and_who_does_not_exist_look_the_same(console: Console, who: str) -> None:
    person = next((one for one in PEOPLE if one.name == who), Person(99, who, date(1960, 1, 1)))
    before = journal(console)
    with console.client(VILLAGER) as client:
        told = []
        for word in (who, person.id_number):
            answer = search(console, client, word)
            assert answer.status_code == 404
            told.append(looking.ELSEWHERE in answer.text)
        assert told == [True, True]
    assert journal(console) == before


@pytest.mark.parametrize(
    ("name", "refused"),
    [(VILLAGER, ["虚构远方", "虚构别镇", "虚构别县"]), (OPERATOR, ["虚构别县"]), (ELSEWHERE, ["虚构大民"])],
)
def test_no_address_leads_out_of_the_scope(console: Console, name: str, refused: list[str]) -> None:
    with console.client(name) as client:
        token = token_of(client.get("/console/people"))
        for who in refused:
            address = f"/console/people/{ref(console, who)}"
            assert client.get(address).status_code == 404, who
            answer = client.post(address, data={"csrf": token, "reason": REASON})
            assert answer.status_code == 404
            assert who not in answer.text


def test_an_administrator_sees_everybody_and_names_the_county_for_a_name(console: Console) -> None:
    with console.client(ADMIN) as client:
        assert "请先选县" in search(console, client, "虚构别县").text
        assert search(console, client, "虚构别县", county="340321").status_code == 303
        assert search(console, client, named("虚构别县").id_number).status_code == 303
        assert search(console, client, "虚构别县", county="340621").status_code == 404


@pytest.mark.parametrize("made_up", ["1", "1-", "1-0000000000000000abcd", "zz-1", "-", "9" * 40, "%00", "0x1-ab"])
def test_addresses_cannot_be_guessed(console: Console, made_up: str) -> None:
    with console.client(ADMIN) as client:
        assert client.get(f"/console/people/{made_up}").status_code == 404


def test_a_card_opens_again_for_this_log_in_only_and_asks_for_a_reason_otherwise(console: Console) -> None:
    with console.client(OPERATOR) as client, console.client(OPERATOR) as other:
        address = search(console, client, "虚构大民").headers["location"]
        assert "虚构大民" in client.get(address).text
        for stranger, path in (
            (other, address),
            (client, address.partition("?")[0]),
            (client, address[:-1] + ("0" if address[-1] != "0" else "1")),
        ):
            answer = stranger.get(path)
            assert "为什么查看" in answer.text
            assert "虚构大民" not in answer.text
        theirs = address.partition("?")[2]
        assert "为什么查看" in client.get(f"/console/people/{ref(console, '虚构低保')}?{theirs}").text


def test_a_pass_is_over_after_half_an_hour(console: Console) -> None:
    with console.client(OPERATOR) as client:
        address = search(console, client, "虚构大民").headers["location"]
    ends = int(address.partition("look=")[2].partition("-")[0], 16)
    assert 29 * 60 < ends - time.time() <= 30 * 60


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("349999199001010010", "校验位不对"),
        ("34999919900101", "是14位，应该是18位"),
        ("虚构<b>", "不该有的符号"),
        ("", "没有姓名"),
        ("王" * 61, "太长"),
    ],
)
def test_what_can_be_nobody_is_told_why(console: Console, who: str, told: str) -> None:
    with console.client(OPERATOR) as client:
        answer = search(console, client, who)
        assert answer.status_code == 422
        assert told in answer.text


def test_the_card_of_who_paid_too_much_says_what_is_due_and_by_which_clause(console: Console) -> None:
    with console.client(OPERATOR) as client:
        page = card(console, client, "虚构低保")
    words = shown(page)
    assert "标准320元，低保对象资助280元" in words
    assert "多缴了280元" in words
    assert "2022年1月1日" in words
    assert 'href="/console/knowledge/suixi-2022#四（二）"' in page.text


def test_a_category_that_ended_is_told_with_who_certifies_it(console: Console) -> None:
    with console.client(VILLAGER) as client:
        words = shown(card(console, client, "虚构秀英"))
    assert "低保对象身份2021年3月31日到期" in words
    assert "民政部门重新认定" in words
    assert "还没缴2022年度的费 2021年12月31日截止，还有42天" in words
    assert "按标准缴（普通居民）" in words


def test_a_newborns_card_counts_the_days(console: Console) -> None:
    with console.client(OPERATOR) as client:
        words = shown(card(console, client, "虚构小娃"))
    assert "2021年12月13日 办好" in words
    assert "还有24天" in words
    assert "虚构远方（父亲）" in words


def test_the_household_shows_each_and_the_sum_and_hides_who_is_elsewhere(console: Console) -> None:
    with console.client(OPERATOR) as client:
        words = shown(card(console, client, "虚构大民"))
        assert "全家还要缴 960元" in words
    with console.client(VILLAGER) as client:
        page = card(console, client, "虚构大民")
        assert "不在您的辖区" in page.text
        assert "虚构远方" not in page.text
        assert "全家还要缴 <strong>640元" in page.text
    assert journal(console)[-1].subject == 3, "who is not shown is not written down as looked at"


def test_a_year_without_a_notice_says_so_and_computes_nothing(console: Console) -> None:
    with console.client(OPERATOR) as client:
        answer = console.send(client, f"/console/people/{ref(console, '虚构大民')}", {"reason": REASON})
        page = client.get(answer.headers["location"] + "&year=2021")
        assert "没有2021年度的文件" in page.text
        assert "280元" in page.text
        assert "全家还要缴" not in page.text


def test_who_looked_before_is_on_the_card(console: Console) -> None:
    with console.client(ADMIN) as client:
        search(console, client, named("虚构特困").id_number)
    with console.client(OPERATOR) as client:
        words = shown(card(console, client, "虚构特困"))
        assert f"{ADMIN} " in words
        assert "全额资助（特困人员）" in words
