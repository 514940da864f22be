"""Templates and their typed contexts are one thing: the same names on both sides, none unused, none undefined."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from jinja2 import StrictUndefined, UndefinedError, meta, nodes
from talk import knowledge

import dialogues.topics
from dialogues.rendering import environment
from dialogues.reply import Context

FOLDER = Path(dialogues.topics.__file__).parents[1] / "templates"
FILES = sorted(path.stem for path in FOLDER.glob("*.j2"))
for module in pkgutil.iter_modules(dialogues.topics.__path__):
    importlib.import_module(f"dialogues.topics.{module.name}")
KINDS = [one for one in Context.__subclasses__() if one.__module__.startswith("dialogues.")]
CONTEXTS = {one.template: one for one in KINDS}


def parsed(name: str) -> nodes.Template:
    source, _, _ = environment().loader.get_source(environment(), f"{name}.j2")  # type: ignore[union-attr]
    return environment().parse(source)


def referenced(name: str) -> set[str]:
    """The templates that one extends or takes macros from, and those in turn."""
    direct = {str(one).removesuffix(".j2") for one in meta.find_referenced_templates(parsed(name)) if one}
    return direct.union(*(referenced(one) for one in direct)) if direct else direct


def own_names(tree: nodes.Template) -> set[str]:
    """What a template sets, defines as a macro or takes from another."""
    found = {one.target.name for one in tree.find_all(nodes.Assign) if isinstance(one.target, nodes.Name)}
    found |= {one.name for one in tree.find_all(nodes.Macro)}
    imported = (name for one in tree.find_all(nodes.FromImport) for name in one.names)
    return found | {name if isinstance(name, str) else name[1] for name in imported}


def undeclared(name: str, replaced: frozenset[str] = frozenset()) -> set[str]:
    """The names a template and what it builds upon take from the context; blocks in `replaced` are not its own any more."""
    tree = parsed(name)
    blocks = {one.name: one for one in tree.find_all(nodes.Block)}
    for block in (blocks[one] for one in replaced & set(blocks)):
        block.body = []
    told_anew = replaced | {one for one, block in blocks.items() if not calls_super(block)}
    above = (undeclared(one, frozenset(told_anew)) for one in referenced(name))
    return (meta.find_undeclared_variables(tree) | set().union(*above)) - own_names(tree)


def calls_super(block: nodes.Block) -> bool:
    return any(isinstance(one.node, nodes.Name) and one.node.name == "super" for one in block.find_all(nodes.Call))


@pytest.mark.parametrize("name", sorted(CONTEXTS))
def test_a_template_takes_exactly_what_its_context_holds(name: str) -> None:
    assert is_dataclass(CONTEXTS[name])
    held = {one.name for one in fields(CONTEXTS[name])}
    assert undeclared(name) - {"basis", "super"} <= held, "the template asks for what its context lacks"
    assert held <= undeclared(name) | UNTOLD.get(name, set()), "the context holds what no line of the template tells"


UNTOLD = {
    "ask_place": {"places"},  # told as the numbered choices under the text
    "ask_what": {"labels"},
    "no_notice": {"last_title"},
    "which_person": {"family"},
    "coverage_period": set(),
    "small_talk": set(),
}
"""Fields that are told elsewhere than in the template's own lines."""


def test_every_template_belongs_to_a_context_or_is_built_upon() -> None:
    built_upon = set().union(*(referenced(name) for name in FILES))
    assert set(FILES) == set(CONTEXTS) | built_upon


def test_every_context_has_its_template() -> None:
    assert set(CONTEXTS) <= set(FILES)
    assert len(CONTEXTS) == len(KINDS), "two contexts share a template"


def test_an_undefined_name_is_an_error_and_never_an_empty_string() -> None:
    assert environment().undefined is StrictUndefined
    with pytest.raises(UndefinedError, match="hotline"):
        environment().get_template("small_talk.j2").render(facet="abuse", place=None)


@pytest.mark.parametrize("name", FILES)
def test_a_template_holds_no_figure_day_or_place_of_a_notice(name: str) -> None:
    tree = parsed(name)
    told = "".join(str(one.data) for one in tree.find_all(nodes.TemplateData))
    assert not re.search(r"[1-9]\d*元|\d+年|\d+月|\d+[天日]", told.replace("第1天", ""))
    assert not [region.name for region in knowledge().held_regions() if region.name[:2] in told]
