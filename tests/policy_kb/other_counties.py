"""A data folder with the fictional county of other_county/ added to the real vocabulary, as docs/adding-a-notice.md tells."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import yaml

from policy_kb.knowledge import ROOT, KnowledgeBase, Policy

HERE = Path(__file__).parent / "other_county"
NAME = "xugou-2031"
DIVISION = "999901,虚构县,,\n"
TOWNS = """\
  - {code: "999901-甲水镇", name: 甲水镇, parent: "999901"}
  - {code: "999901-乙山乡", name: 乙山乡, parent: "999901"}
"""
FACETS = frozenset(yaml.safe_load((ROOT.parent / "nlu" / "topics.yml").read_text(encoding="utf-8")))


def copy_vocabulary(root: Path) -> None:
    """The real categories, facts, ways to pay and regions, and no notice."""
    for path in ROOT.glob("*.yml"):
        shutil.copy(path, root / path.name)
    shutil.copytree(ROOT / "regions", root / "regions")
    (root / "notices").mkdir()


def add_county(root: Path, division: str = DIVISION, towns: str = TOWNS) -> None:
    """The county and its towns."""
    for name, lines in (("divisions.csv", division), ("towns.yml", towns)):
        file = root / "regions" / name
        file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + "\n" + lines, encoding="utf-8")


def add_notice(root: Path) -> Path:
    """The notice and its rules."""
    return Path(shutil.copytree(HERE / NAME, root / "notices" / NAME))


@cache
def other_policy() -> tuple[Policy, Path]:
    """The fictional notice as the engine has it, and the folder it stands in."""
    root = Path(tempfile.mkdtemp(prefix="other-county-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    copy_vocabulary(root)
    add_county(root)
    folder = add_notice(root)
    return KnowledgeBase.load(root, FACETS).notices[NAME], folder
