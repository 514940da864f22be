"""The glossary names what the code names, and every fact and every kind of rule and decision stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from policy_kb.knowledge import ROOT

TOP = ROOT.parent
GLOSSARY = (TOP / "GLOSSARY.md").read_text(encoding="utf-8")
NAMES = sorted(set(re.findall(r"`([^`]+)`", GLOSSARY)))
PLACES = (
    "bot/**/*.py",
    "dialogues/**/*.py",
    "nlu/*.py",
    "nlu/*.yml",
    "policy_kb/*.py",
    "policy_kb/*.yml",
    "policy_kb/notices/*/*.yml",
)


def files() -> list[Path]:
    return [path for place in PLACES for path in TOP.glob(place)]


def test_every_identifier_of_the_glossary_stands_in_the_code() -> None:
    words = "\n".join(path.read_text(encoding="utf-8") for path in files())
    known = {path.name for path in files()}
    bare = [name.split(":")[0] for name in NAMES if name not in known]
    assert [name for name in bare if not re.search(rf"\b{re.escape(name)}\b", words)] == []


def test_every_fact_stands_in_the_glossary() -> None:
    facts = yaml.safe_load((ROOT / "facts.yml").read_text(encoding="utf-8"))
    assert [name for name in facts if name not in NAMES] == []


@pytest.mark.parametrize("module", ["model.py", "decision.py"])
def test_every_kind_of_rule_and_decision_stands_in_the_glossary(module: str) -> None:
    text = (ROOT / module).read_text(encoding="utf-8")
    classes = re.findall(r"^class (\w+)", text, re.M) + re.findall(r"^(\w+): TypeAlias", text, re.M)
    assert [name for name in classes if name not in NAMES] == []
