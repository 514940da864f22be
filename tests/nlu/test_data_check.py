"""`canbao nlu check`: every fault that somebody can write into the training phrases is found, at its line, with a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import bot.commands.nlu as command
from nlu.data_check import check

ROOT = Path(__file__).parents[2]
TOPICS = "premium: {topic: premium}\nwindow: {topic: window}\n"
GOOD = """version: "3.1"
nlu:
  # family: asks for the sum
  - intent: premium
    examples: |
      - 一个人要交多少钱
      - 医保费几块

  # family: asks for the day
  - intent: window
    examples: |
      - 最晚哪天交
      - 几号截止
"""
TEST = GOOD.replace("一个人要交多少钱", "口袋里该备下几张票子").replace("医保费几块", "今年的价码报一下")
TEST = TEST.replace("最晚哪天交", "收到哪一日为止").replace("几号截止", "窗口何时关上")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project without a fault: four phrases, four test sentences, low floors."""
    for folder in ("data", "test", "test_entities"):
        (tmp_path / "nlu" / folder).mkdir(parents=True)
    (tmp_path / "nlu" / "topics.yml").write_text(TOPICS, encoding="utf-8")
    (tmp_path / "nlu" / "floors.yml").write_text("facet: 2\ntopics:\n  premium: 2\n", encoding="utf-8")
    (tmp_path / "nlu" / "data" / "all.yml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "nlu" / "test" / "all.yml").write_text(TEST, encoding="utf-8")
    return tmp_path


def faults_of(project: Path, content: str | None = None, name: str = "data/all.yml") -> list[str]:
    """The faults found once a file is replaced, as they are printed."""
    if content is not None:
        (project / "nlu" / name).write_text(content, encoding="utf-8")
    return [str(fault) for fault in check(project, ["低保户", "一档"]).faults]


def test_what_is_right_has_no_fault(project: Path) -> None:
    assert faults_of(project) == []


def test_broken_yaml_is_one_fault_with_its_line_and_no_traceback(project: Path) -> None:
    found = faults_of(project, 'version: "3.1"\nnlu:\n  - intent: premium\n    examples: "open\n')
    assert found[0].startswith("nlu/data/all.yml:")
    assert "broken YAML" in found[0]


@pytest.mark.parametrize("content", ["", "just words\n", "nlu: 3\n", "nlu:\n- story: x\n", "nlu:\n- intent: premium\n"])
def test_a_file_that_is_no_file_of_phrases_is_refused(project: Path, content: str) -> None:
    assert any(fault.startswith("nlu/data/all.yml:1: ") for fault in faults_of(project, content))


def test_a_file_in_another_encoding_is_refused(project: Path) -> None:
    (project / "nlu" / "data" / "all.yml").write_bytes(GOOD.encode("gb18030"))
    assert any("not UTF-8" in fault for fault in faults_of(project))


def test_a_sentence_under_two_facets_is_refused_however_it_is_punctuated(project: Path) -> None:
    found = faults_of(project, GOOD.replace("几号截止", "医保费，几块？"))
    assert len(found) == 1
    assert found[0].startswith("nlu/data/all.yml:13: the same sentence under window and premium (nlu/data/all.yml:7)")


def test_a_sentence_that_stands_twice_is_refused(project: Path) -> None:
    assert (
        "13: the same sentence as nlu/data/all.yml:12"
        in faults_of(project, GOOD.replace("几号截止", "最晚哪天交。"))[0]
    )


def test_an_unknown_facet_is_refused(project: Path) -> None:
    found = faults_of(project, GOOD.replace("intent: window", "intent: windows"))
    assert any("12: no facet 'windows'" in fault for fault in found)


def test_a_block_without_a_family_is_refused_and_a_family_does_not_reach_the_next_block(project: Path) -> None:
    found = faults_of(project, GOOD.replace("  # family: asks for the day\n", ""))
    assert [fault.split(": ")[1].split(";")[0] for fault in found] == ["a block without a family"] * 2


def test_a_facet_and_a_topic_below_their_floors_are_refused_with_what_is_missing(project: Path) -> None:
    (project / "nlu" / "floors.yml").write_text("facet: 2\ntopics:\n  premium: 5\n", encoding="utf-8")
    found = faults_of(project, GOOD.replace("      - 几号截止\n", ""))
    assert "nlu/floors.yml:1: window has 1 phrases, 2 are its floor; write 1 more into nlu/data" in found
    assert "nlu/floors.yml:3: premium has 2 phrases, 5 are its floor; write 3 more into nlu/data" in found


@pytest.mark.parametrize(
    "sentence",
    [
        "[低保户(category)要交多少",
        "低保户](category)要交多少",
        "[低保户](category)和[孤儿要交多少",
        "[低保户](categorie)要交多少",
        "[低保户] (category)要交多少",
        "[我妈](kin)是低保户要交多少",
    ],
)
def test_broken_markup_and_an_untagged_entity_are_refused(project: Path, sentence: str) -> None:
    assert len(faults_of(project, GOOD.replace("一个人要交多少钱", sentence))) >= 1


def test_whole_markup_and_brackets_of_a_notice_are_no_fault(project: Path) -> None:
    sentence = "[我妈](kin)是[低保户](category)，濉政办〔2021〕1号怎么说"
    assert faults_of(project, GOOD.replace("一个人要交多少钱", sentence)) == []


def test_every_entity_of_an_annotated_file_has_to_be_marked(project: Path) -> None:
    content = GOOD.replace("一个人要交多少钱", "低保户要交多少").replace("医保费几块", "[一档](tier)几块")
    found = faults_of(project, content, "test_entities/all.yml")
    assert found == [
        "nlu/test_entities/all.yml:6: 低保户 is an entity and not marked; write [低保户](category), or (tier)"
    ]


@pytest.mark.parametrize(
    "sentence",
    ["身份证110101199003077758交了没", "打我电话13812345678", "我叫王小明，交了没有", "卡号6222021234567890128能退吗"],
)
def test_what_looks_like_a_real_person_is_refused(project: Path, sentence: str) -> None:
    found = faults_of(project, GOOD.replace("医保费几块", sentence))
    assert len(found) == 1
    assert ":7: looks like a real ID number" in found[0]
    assert "138" not in found[0]


def test_placeholders_and_service_numbers_are_no_fault(project: Path) -> None:
    assert faults_of(project, GOOD.replace("医保费几块", "__NAME__的__ID__交了没，12393打不通")) == []


def test_a_test_sentence_that_is_a_training_phrase_or_nearly_is_refused(project: Path) -> None:
    near = TEST.replace("口袋里该备下几张票子", "一个人要缴多少钱").replace("今年的价码报一下", "医保费几块？")
    found = faults_of(project, near, "test/all.yml")
    assert [fault.split(": ")[0] for fault in found] == ["nlu/test/all.yml:6", "nlu/test/all.yml:7"]


def test_short_courtesies_may_be_alike_but_not_the_same(project: Path) -> None:
    assert faults_of(project, TEST.replace("窗口何时关上", "几号截至"), "test/all.yml") == []
    assert len(faults_of(project, TEST.replace("窗口何时关上", "几号截止"), "test/all.yml")) == 1


def test_a_second_facet_for_a_sentence_that_is_gone_is_refused(project: Path) -> None:
    also = "没有这句: [window]\n窗口何时关上: [premiun]\n收到哪一日为止: [window]\n今年的价码报一下: [window]\n"
    assert len(faults_of(project, also, "test_also.yml")) == 3


def test_the_command_prints_one_line_a_fault_and_ends_with_1(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "nlu" / "data" / "all.yml").write_text(
        GOOD.replace("intent: window", "intent: windows"), encoding="utf-8"
    )
    monkeypatch.setattr(command, "PROJECT", project)
    ended = CliRunner().invoke(command.app, ["check"])
    assert ended.exit_code == 1
    assert all(line.startswith("nlu/") and "; " in line for line in ended.stdout.splitlines())


def test_our_own_phrases_have_no_fault() -> None:
    checked = check(ROOT)
    assert [str(fault) for fault in checked.faults] == []
    assert checked.phrases > 8000
    assert checked.test_sentences > 1300
