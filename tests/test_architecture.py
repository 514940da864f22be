"""How the code lies: imports run downwards only, modules are small and named for one thing, what lies below is pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "dialogues", "nlu", "policy_kb", "benchmarks")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST = 250
ALLOWED = {
    "policy_kb": {"policy_kb"},
    "nlu": {"nlu"},
    "dialogues": {"dialogues", "nlu.understanding", "policy_kb"},
    "bot": {"bot", "dialogues", "nlu", "policy_kb"},
    "benchmarks": {"benchmarks", "bot", "dialogues", "nlu", "policy_kb"},
}
"""What of ours each package may import: whole packages, or single modules."""
OUTSIDE = {
    "nlu/server.py",
    "nlu/client.py",
    "nlu/running.py",
    "nlu/evaluation.py",
    "nlu/rasa_environment.py",
    "nlu/rasa_process.py",
}
OUTSIDE |= {"nlu/rasa_command.py", "nlu/training.py"}
"""The modules below bot/ whose business is Rasa's process: they may look at clock, network and environment."""
IMPURE_MODULES = {
    "time",
    "os",
    "socket",
    "subprocess",
    "httpx",
    "requests",
    "urllib",
    "sqlite3",
    "sqlalchemy",
    "sqlmodel",
}
IMPURE_CALLS = {"today", "now", "utcnow", "getenv", "urlopen"}
TOPICS = {
    "premium", "assistance", "eligibility", "window", "waiting_period", "coverage_period", "newborn", "how_to_pay",
    "how_to_register", "duplicate", "transfer", "refund", "my_record", "benefits", "card", "student", "household",
    "staff", "target", "notice", "contact", "human", "smalltalk", "out_of_scope",
}  # fmt: skip
"""The topics that replies carry, as the format of cases lists them (docs/cases.md)."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide which package is meant"
            yield f"{node.module}"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_downwards_only(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    ours = [one for one in imported(ast.parse(path.read_text(encoding="utf-8"))) if one.split(".")[0] in PACKAGES]
    allowed = ALLOWED[package]
    assert [one for one in ours if not any(f"{one}.".startswith(f"{root}.") for root in allowed)] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_and_named_for_what_it_is(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST
    assert path.stem not in {"utils", "util", "helpers", "helper", "manager", "common", "misc"}


@pytest.mark.parametrize(
    "path",
    [
        one
        for one in MODULES
        if name_of(one).startswith(("dialogues/", "nlu/", "policy_kb/"))
        and not name_of(one).startswith("nlu/components/")  # these run in Rasa's own process
        and name_of(one) not in OUTSIDE
    ],
    ids=name_of,
)
def test_nothing_below_the_bot_reads_clock_network_environment_or_database(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert {one.split(".")[0] for one in imported(tree)} & IMPURE_MODULES == set()
    called = {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and hasattr(node.func, "attr")}
    assert called & IMPURE_CALLS == set()


def test_every_facet_belongs_to_a_topic_of_the_case_format() -> None:
    facets = yaml.safe_load((ROOT / "nlu" / "topics.yml").read_text(encoding="utf-8"))
    assert {entry["topic"] for entry in facets.values()} == TOPICS
    assert [name for name, entry in facets.items() if set(entry) != {"topic", "label", "means"}] == []


def test_every_facet_is_an_intent_of_rasa_and_has_phrases() -> None:
    facets = set(yaml.safe_load((ROOT / "nlu" / "topics.yml").read_text(encoding="utf-8")))
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert set(domain["intents"]) == facets
    phrases = {
        entry["intent"]
        for path in (ROOT / "nlu" / "data").glob("*.yml")
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        if "intent" in entry
    }
    assert phrases == facets


def test_no_two_test_modules_have_one_name() -> None:
    """Pytest knows a module outside of packages by its bare name."""
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py"]
    assert sorted(set(names)) == sorted(names)
