"""No figure, day, place or category of a notice stands in the program or in a template: they are all data.

Looked at are the texts and numbers of the code (not its docstrings and comments, which explain by example and reach no
resident) and all words of the templates.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml
from held_notices import CATEGORIES, NOTICES, knowledge

from policy_kb.knowledge import ROOT
from policy_kb.model import AssistanceRule, BonusRule, FundingRule, PremiumRule
from policy_kb.reading import all_rules

TOP = ROOT.parent
SHORTEST_NAME = 3
SMALLEST_SUM = 20
_YEAR_OR_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?:年|-\d\d)|(?<!\d)\d{1,2}月\d{1,2}[日号]")
_COMMENT = re.compile(r"\{#.*?#\}", re.S)


def sources() -> list[Path]:
    folders = ("bot/**/*.py", "dialogues/**/*.py", "nlu/*.py", "policy_kb/*.py")
    return sorted(path for folder in folders for path in TOP.glob(folder))


def templates() -> list[Path]:
    found = (*TOP.glob("dialogues/templates/*.j2"), *TOP.glob("bot/**/templates/**/*"))
    return sorted(path for path in found if path.is_file())


@cache
def category_names() -> frozenset[str]:
    """Canonical names and everyday words; words that name no group of persons by themselves are left out."""
    names = {word for one in CATEGORIES.by_name.values() if not one.ordinary for word in (one.name, *one.aliases)}
    return frozenset(name for name in names if len(name) >= SHORTEST_NAME)


@cache
def place_names() -> frozenset[str]:
    """The counties of the notices with their short names, and the towns of their annexes."""
    kb = knowledge()
    towns = yaml.safe_load((ROOT / "regions" / "towns.yml").read_text(encoding="utf-8"))["towns"]
    names = {word for one in towns for word in (one["name"], *one.get("aliases", ()))}
    for region in kb.held_regions():
        names |= {region.name, *region.aliases}
    return frozenset(name for name in names if len(name) > 1)


@cache
def sums() -> frozenset[Decimal]:
    """Every sum that a rule sets of the notices beside which the program was written."""
    found: set[Decimal] = set()
    for name in NOTICES:
        for rule in all_rules(knowledge().notices[name].rules):
            if isinstance(rule, PremiumRule | FundingRule | BonusRule) and rule.amount is not None:
                found.add(rule.amount)
            if isinstance(rule, AssistanceRule):
                found |= {one for one in (rule.gives, rule.pays) if isinstance(one, Decimal)}
    return frozenset(one for one in found if one >= SMALLEST_SUM)


COUNTED = frozenset(map(Decimal, (20, 30, 32, 35, 40, 60, 96, 100, 200, 400)))
"""Sums that as bare numbers are also seconds, lengths, ages, statuses of HTTP and percents; with 元 behind them they are looked for all the same."""
QUESTION = "an example of a question, asked in every county; nothing is answered from it"
FORM = "shows the form of a day to the person who types one"
COMMANDS = ("bot/commands/", "bot/sim/", "bot/staff/placing.py", "bot/channels/telegram/words.py")
"""Where places stand as examples of how to write one."""
ALLOWED: dict[tuple[str, str], str] = {
    ("bot/cli.py", "濉溪"): "the example in `canbao --help` names a county",
    ("bot/cli.py", "濉溪县"): "the example in `canbao --help` names a county",
    ("bot/cli.py", "低保户"): QUESTION,
    ("bot/cli.py", "2021-11"): FORM,
    ("bot/day.py", "2021-11"): FORM,
    ("bot/console/asking/what_if.py", "2021-11"): FORM,
    ("bot/records/roster/cells.py", "2021-11"): FORM,
    ("bot/binding/words.py", "2026-11"): "the version of the notice on binding",
    ("bot/console/asking/pages.py", "低保户"): QUESTION,
    ("bot/console/asking/pages.py", "10月5号"): QUESTION,
    ("policy_kb/entry.py", "2021-12"): FORM,
    ("bot/composition.py", "低保户"): "the question that warms up the index; its answer is thrown away",
    ("bot/service/page.py", "低保户"): QUESTION,
    ("dialogues/templates/fault.j2", "低保户"): QUESTION,
    ("dialogues/templates/small_talk.j2", "低保户"): QUESTION,
}
"""By file and what stands there: why it is no notice's."""


def constants(path: Path) -> Iterator[tuple[int, object]]:
    """Every text and number of a module with its line, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in prose and isinstance(node.value, str | int | float):
            yield node.lineno, node.value


def in_text(text: str) -> Iterator[str]:
    """What of a notice stands in a text."""
    yield from (name for name in category_names() | place_names() if name in text)
    yield from (found[0] for found in _YEAR_OR_DAY.finditer(text))
    yield from (found[0] for found in re.finditer(r"(?<![\d.])(\d+)元", text) if Decimal(found[1]) in sums())


def in_code(path: Path) -> Iterator[str]:
    """What of a notice stands in a module, each with its line."""
    name = str(path.relative_to(TOP))
    for line, value in constants(path):
        if isinstance(value, str):
            found = list(in_text(value))
        else:
            found = [str(value)] if not isinstance(value, bool) and Decimal(str(value)) in sums() - COUNTED else []
        shown = place_names() if name.startswith(COMMANDS) else frozenset()
        yield from (f"{name}:{line}: {one}" for one in found if (name, one) not in ALLOWED and one not in shown)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(TOP)))
def test_a_module_holds_nothing_of_a_notice(path: Path) -> None:
    assert list(in_code(path)) == []


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(TOP)))
def test_a_template_holds_nothing_of_a_notice(path: Path) -> None:
    name = str(path.relative_to(TOP))
    words = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert [one for one in in_text(words) if (name, one) not in ALLOWED] == []


def test_what_is_looked_for_is_there_to_be_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        f'"""低保对象 in a docstring."""\nX = "低保对象交40元，2021年12月31日止"\nY = {max(sums())}\n', encoding="utf-8"
    )
    found = [(line, value) for line, value in constants(module)]
    assert [line for line, _ in found] == [2, 3]
    assert set(in_text(str(found[0][1]))) == {"低保对象", "40元", "2021年", "12月31日"}
    assert {"濉溪县", "濉溪镇"} <= place_names()
    assert len(category_names()) > 200


def test_nothing_is_allowed_that_no_longer_stands_there() -> None:
    for name, one in ALLOWED:
        path = TOP / name
        words = (
            [str(value) for _, value in constants(path)] if path.suffix == ".py" else [path.read_text(encoding="utf-8")]
        )
        assert any(one in word for word in words), f"{name}: {one}"
