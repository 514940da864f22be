"""`check` reports each broken rule file with its one fault, and says of the sound one that it is sound."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fictional_county import BROKEN, faults_of

SOUND = Path(__file__).parent / "sound" / "policy.yml"
EXPECT = re.compile(r"# expect: (?P<line>\d+): (?P<words>.+)")
FILES = sorted(BROKEN.glob("*.yml"))


def test_a_rule_file_with_every_section_has_no_fault() -> None:
    assert [str(fault) for fault in faults_of(SOUND)] == []


def test_there_are_enough_broken_files_to_cover_the_format() -> None:
    assert len(FILES) >= 45


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_rule_file_is_reported_once_with_its_line_and_a_remedy(path: Path) -> None:
    expected = EXPECT.fullmatch(path.read_text(encoding="utf-8").splitlines()[0])
    assert expected, "the first line must say `# expect: LINE: words`"
    faults = faults_of(path)
    assert len(faults) == 1, [str(fault) for fault in faults]
    assert faults[0].line == int(expected["line"])
    assert expected["words"] in faults[0].what
    assert faults[0].mend
    assert str(faults[0]) == f"{path}:{faults[0].line}: {faults[0].what}; {faults[0].mend}"


def test_several_faults_are_all_reported_in_the_order_of_their_lines(altered: Callable[..., Path]) -> None:
    path = altered(
        ("amount: 400", "amount: 401"), ("closes: 2030-12-31", "closes: 2030-12-30"), ("days: 90", "days: 91")
    )
    lines = [fault.line for fault in faults_of(path)]
    assert len(lines) >= 3
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("amount: 900", "amount: 800"),
        ("amount: 1100", "amount: 1000"),
        ("gives: 300", "gives: 290"),
        ("pays: 120", "pays: 121"),
        ("opens: 2030-09-01", "opens: 2030-09-02"),
        ("closes: 2031-02-28", "closes: 2031-02-27"),
        ("closes: 2031-09-30", "closes: 2031-09-29"),
        ("opens: 2031-07-01", "opens: 2031-07-02"),
        ("days_after_payment: 90", "days_after_payment: 60"),
        ("ends: 2031-12-31", "ends: 2031-11-30"),
        ("months: 6", "months: 5"),
        ("months: 1, per", "months: 2, per"),
        ("days: 90", "days: 91"),
        ("amount: 2000", "amount: 2001"),
        ("by: 2030-10-15", "by: 2030-10-16"),
        ("10月15日前交名单", "10月16日前交名单"),
        ("一档400元", "一档401元"),
        ('">=4"', '">=6"'),
        ("..2030-12-31", "..2030-11-30"),
    ],
)
def test_no_figure_of_a_sound_file_can_be_changed_without_a_fault(
    altered: Callable[..., Path], written: str, instead: str
) -> None:
    assert faults_of(altered((written, instead)))


@pytest.fixture
def altered(tmp_path: Path) -> Callable[..., Path]:
    """The sound rule file with some words replaced."""

    def alter(*changes: tuple[str, str]) -> Path:
        text = SOUND.read_text(encoding="utf-8")
        for written, instead in changes:
            assert written in text
            text = text.replace(written, instead, 1)
        path = tmp_path / "policy.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return alter
