"""The commands as a person and a pipe use them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from whole_program import CANBAO, ROOT, Here

COMMANDS = (
    "run", "chat", "ask", "cases", "kb", "kb check", "kb show", "kb search", "kb diff", "kb coverage",
    "nlu", "nlu train", "nlu test", "nlu serve",
)  # fmt: skip


def canbao(
    *arguments: str, given: bytes = b"", env: dict[str, str] | None = None, cwd: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [str(CANBAO), *arguments], input=given, capture_output=True, env=os.environ | (env or {}), cwd=cwd, timeout=180
    )


@pytest.fixture
def env(nlu_url: str) -> dict[str, str]:
    return {"CANBAO_NLU_URL": nlu_url, "CANBAO_NLU_TIMEOUT": "15"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = canbao(*command.split(), "--help")
    assert done.returncode == 0
    assert f"Example: canbao {command.split()[0]}" in done.stdout.decode()
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frob"], ["No such command 'frob'", "canbao --help"]),
        (["ask"], ["a question or --jsonl"]),
        (["ask", "哪天截止", "--frob"], ["No such option", "canbao ask --help"]),
        (["ask", "哪天截止", "--jsonl"], ["a question or --jsonl"]),
        (["ask", "--jsonl", "--region", "濉溪县"], ["come with each message"]),
        (["ask", "哪天截止", "--now", "2021-02-30"], ["2021-02-30", "no day of the calendar", "2021-11-05"]),
        (["ask", "哪天截止", "--now", "0001-01-01"], ["must lie between"]),
        (["ask", "哪天截止", "--region", "火星县"], ["火星县", "no region has this name"]),
        (["ask", "哪天截止", "--region", "鼓楼区"], ["regions have this name", "320106"]),
        (["ask", "哪天截止", "--resident", "/nowhere.json"], ["/nowhere.json", "cannot be read"]),
        (["chat", "--region", "火星县"], ["no region has this name"]),
        (["cases", "/nowhere.yml"], ["/nowhere.yml", "cannot be read"]),
        (["cases"], ["canbao cases --help"]),
        (["kb", "show", "nowhere"], ["no notice 'nowhere'", "suixi-2022"]),
        (["kb", "show", "suixi-2022", "九十"], ["九十", "kb coverage suixi-2022"]),
        (["kb", "diff", "suixi-2022", "nowhere"], ["no notice 'nowhere'"]),
        (["nlu", "test", "--data", "/nowhere"], ["/nowhere"]),
        (["run", "--port", "99999"], ["--port", "65535", "canbao run --help"]),
    ],
)
def test_wrong_usage_is_one_line_that_says_what_to_do_and_exit_2(
    here: Here, arguments: list[str], words: list[str]
) -> None:
    done = here(*arguments)
    said = done.stderr.decode()
    assert done.returncode == 2
    assert said.count("\n") == 1
    assert [word for word in words if word not in said] == []
    assert done.stdout == b""


@pytest.mark.parametrize("content", [b"{", b'{"hukou": "mars"}', b"[]", b"\xff", b'{"birth_date": "2021-13-01"}'])
def test_a_malformed_resident_file_is_told_in_one_line(here: Here, content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "resident.json"
    file.write_bytes(content)
    done = here("ask", "交多少", "--resident", str(file))
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert str(file) in done.stderr.decode()


@pytest.mark.parametrize("content", ["a: b: c", "- id: x", "{}", "- {id: x, turns: [{ask: 1}]}", "- [1]"])
def test_a_malformed_case_file_is_told_in_one_line(here: Here, content: str, tmp_path: Path) -> None:
    file = tmp_path / "cases.yml"
    file.write_text(content)
    done = here("cases", str(file))
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert str(file) in done.stderr.decode()


@pytest.mark.parametrize(("name", "value"), [("CANBAO_PORT", "x"), ("CANBAO_NOW", "soon"), ("CANBAO_NLU_URL", "x")])
def test_a_wrong_setting_is_told_by_its_name(name: str, value: str) -> None:
    done = canbao("run", env={name: value})
    assert done.returncode == 2
    assert name in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1


def test_run_names_its_settings_and_hides_secrets() -> None:
    url = "postgresql://canbao:open-sesame@127.0.0.1:1/canbao"
    done = canbao("run", "--port", "9", env={"CANBAO_DATABASE_URL": url, "CANBAO_API_TOKEN": "open-sesame-open-sesame"})
    assert done.returncode == 1
    assert "CANBAO_DATABASE_URL=postgresql://canbao:***@" in done.stderr.decode()
    assert "open-sesame" not in done.stderr.decode()


def test_ask_answers_with_the_figure_first(env: dict[str, str]) -> None:
    done = canbao("ask", "低保户要交多少", "--region", "濉溪县", "--now", "2021-11-05", env=env)
    assert done.returncode == 0
    assert "40元" in done.stdout.decode().splitlines()[0]
    assert done.stderr == b"", "progress belongs on a terminal"


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_the_example_of_the_readme_is_what_the_program_says(document: str, env: dict[str, str]) -> None:
    block = (ROOT / document).read_text(encoding="utf-8").partition("```console\n$ canbao ")[2].partition("```")[0]
    command, _, shown = block.partition("\n")
    assert canbao(*command.split(), env=env).stdout.decode() == shown


def test_ask_gives_json_and_takes_a_resident_from_any_folder(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "wang.json").write_text('{"name": "王桂兰", "town": "刘桥镇", "categories": ["低保对象"]}')
    question = ("ask", "我要交多少", "--resident", "wang.json", "--now", "2021-11-05", "--json")
    done = canbao(*question, env=env, cwd=tmp_path)
    reply = json.loads(done.stdout)
    assert reply["outcome"] == "answered"
    assert "40元" in reply["reply"]
    assert {"notice": "suixi-2022", "clause": "四（二）"} in reply["citations"]


def test_ask_jsonl_answers_every_line_in_order_whatever_stands_in_it(env: dict[str, str]) -> None:
    place = {"region": "濉溪县", "now": "2021-11-05"}
    lines = [
        json.dumps({"id": "1", "text": "低保户要交多少", "session": "s", **place}).encode(),
        b"not json",
        b"",
        b'{"id": "2", "text": "x", "frob": 1}',
        b'{"id": "3"}',
        b'{"id": "4", "text": "x", "resident": {"hukou": "mars"}}',
        b'{"id": "5", "text": "\\ud800"}',
        json.dumps({"id": "6", "text": "低保户\x00要交多少", **place}).encode(),
        json.dumps({"id": "7", "text": "低保户要交多少？" * 1250, **place}).encode(),
        b'{"id": "8", "text": "\xff\xfe"}',
        json.dumps({"id": "9", "text": "长" * 5_000_000, **place}).encode(),
        json.dumps({"id": "10", "text": "哪天截止", "region": "火星县"}).encode(),
        json.dumps({"id": "11", "text": "哪天截止", "region": "浦东新区", "now": "2021-11-05"}).encode(),
        json.dumps({"id": 12, "text": "那特困呢", "session": "s"}).encode(),
    ]
    done = canbao("ask", "--jsonl", given=b"\n".join(lines) + b"\n", env=env)
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, b"")
    ids = ["1", None, None, "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", 12]
    assert [one["id"] for one in out] == ids
    assert [one["id"] for one in out if "error" in one] == [None, None, "2", "3", "4", "5", "8", "10"]
    assert "40元" in out[0]["reply"]
    assert "40元" in out[7]["reply"]
    assert out[10]["outcome"] == "asked"
    assert out[12]["outcome"] == "not_covered"
    assert "特困" in out[13]["reply"], "a session goes on over the lines between"
    assert set(out[0]) == {"id", "session", "reply", "outcome", "topic", "citations", "choices"}


def test_ask_jsonl_of_nothing_is_nothing(env: dict[str, str]) -> None:
    done = canbao("ask", "--jsonl", env=env)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_chat_reads_a_pipe_and_shows_clauses(env: dict[str, str]) -> None:
    typed = "低保户要交多少\n/原文\n/新\n哪天截止\n".encode()
    done = canbao("chat", "--region", "濉溪县", "--now", "2021-11-05", given=typed, env=env)
    said = done.stdout.decode()
    assert done.returncode == 0
    assert "40元" in said
    assert "个人缴纳40元" in "".join(said.replace("│", "").split()), "the clause in the notice's own words"
    assert "2021年12月31日" in said


def test_chat_numbers_the_choices_and_takes_a_number(env: dict[str, str]) -> None:
    done = canbao("chat", "--now", "2021-11-05", given="哪天截止\n1\n".encode(), env=env)
    said = done.stdout.decode()
    assert "1  " in said
    assert said.count("╭") == 2
    assert "哪个县" not in said.rpartition("╭")[2]


def test_cases_reports_what_falls_short_and_exits_1(env: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "two.yml"
    file.write_text("""
- id: right
  region: 濉溪县
  now: 2021-11-05
  turns: [{ask: 低保户要交多少, expect: {contains: [40元], cites: [四], outcome: answered, topic: assistance}}]
- id: wrong
  region: 濉溪县
  now: 2021-11-05
  turns: [{ask: 低保户要交多少, expect: {contains: [[41元, 42元]], excludes: [40元]}}]
""")
    done = canbao("cases", str(file), env=env)
    said = done.stdout.decode()
    assert done.returncode == 1
    assert "wrong turn 1: 低保户要交多少" in said
    assert "lacks 41元 | 42元" in said
    assert "holds 40元" in said
    assert "1 of    2 turns right (50.0%)" in said
    assert done.stderr == b""


def test_kb_show_prints_a_clause_and_what_stands_on_it() -> None:
    done = canbao("kb", "show", "suixi-2022", "四（二）")
    assert done.returncode == 0
    assert "资助金额为280元" in done.stdout.decode()
    assert "←" in done.stdout.decode()


def test_a_reader_that_stops_reading_is_no_fault() -> None:
    done = subprocess.run(f"{CANBAO} kb show suixi-2022 | head -1", shell=True, capture_output=True, timeout=60)
    assert done.stderr == b""
