"""How the code lies: imports run downwards only, modules are small and named for one thing, what lies below is pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from jinja2 import meta

import dialogues.topics
from dialogues.rendering import environment
from dialogues.reply import Context

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
OUTSIDE = {"nlu/server.py", "nlu/client.py", "nlu/running.py", "nlu/evaluation.py", "nlu/rasa_process.py"}
OUTSIDE |= {"nlu/rasa_command.py", "nlu/training.py"}
"""The modules below bot/ whose business is Rasa's process: they may look at clock, network and environment."""
IMPURE_MODULES = {"time", "os", "socket", "subprocess", "httpx", "requests", "urllib", "sqlite3", "sqlalchemy", "sqlmodel"}
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
    upwards = [
        one for one in ours if one.split(".")[0] not in allowed and not any(f"{one}.".startswith(f"{a}.") for a in allowed)
    ]
    upwards = [one for one in upwards if one not in {a.split(".")[0] for a in allowed}]
    assert upwards == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_and_named_for_what_it_is(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST
    assert path.stem not in {"utils", "util", "helpers", "helper", "manager", "common", "misc"}


@pytest.mark.parametrize(
    "path", [one for one in MODULES if name_of(one).split("/")[0] in ("dialogues", "nlu", "policy_kb")], ids=name_of
)
def test_nothing_below_the_bot_reads_clock_network_environment_or_database(path: Path) -> None:
    if name_of(path) in OUTSIDE:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert {one.split(".")[0] for one in imported(tree)} & IMPURE_MODULES == set()
    called = {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and hasattr(node.func, "attr")}
    assert called & IMPURE_CALLS == set()


def contexts(of: type[Context] = Context) -> Iterator[type[Context]]:
    for kind in of.__subclasses__():
        yield kind
        yield from contexts(kind)


def test_every_topic_module_is_loaded() -> None:
    for path in Path(dialogues.topics.__path__[0]).glob("*.py"):
        __import__(f"dialogues.topics.{path.stem}")
    assert len(list(contexts())) > 10


def used_by(template: str) -> set[str]:
    """The variables a template uses, with those of the templates it includes or extends."""
    env = environment()
    assert env.loader is not None
    tree = env.parse(env.loader.get_source(env, template)[0])
    others = [one for one in meta.find_referenced_templates(tree) if one is not None]
    return meta.find_undeclared_variables(tree).union(*(used_by(one) for one in others))


def by_template() -> dict[str, set[str]]:
    test_every_topic_module_is_loaded()
    found: dict[str, set[str]] = {}
    for kind in contexts():
        found[kind.template] = found.get(kind.template, set()) | {one.name for one in fields(kind)}  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("template", sorted(by_template()))
def test_a_template_uses_exactly_the_fields_of_its_context(template: str) -> None:
    assert used_by(f"{template}.j2") - {"basis"} == by_template()[template]


def test_every_template_has_a_context_or_is_part_of_another() -> None:
    env = environment()
    included = {
        one
        for name in env.list_templates()
        for one in meta.find_referenced_templates(env.parse(env.loader.get_source(env, name)[0]))  # type: ignore[union-attr]
    }
    assert {name for name in env.list_templates() if name not in included} == {f"{name}.j2" for name in by_template()}


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
