"""From a question left open to a file that somebody can add: a training phrase, or a conversation case (both YAML)."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.review.unanswered import Group
from policy_kb.regions import Regions


def phrase_file(group: Group, facet: str) -> str:
    """The questions as training phrases of `facet`, in the form of nlu/data."""
    phrases = list(dict.fromkeys(one.question for one in group.questions))
    examples = LiteralScalarString("".join(f"- {_one_line(one)}\n" for one in phrases))
    body = _dumped({"version": "3.1", "nlu": [{"intent": facet, "examples": examples}]})
    return body.replace("nlu:\n", f"nlu:\n  # family: asked of {group.newest.code}, put by staff\n", 1)


def case_file(group: Group, regions: Regions) -> str:
    """The newest question as a conversation case; what it expects is for the person to fill in."""
    newest = group.newest
    case: dict[str, Any] = {"id": f"asked-{newest.code.lower()}"}
    if newest.region and newest.region in regions:
        case["region"] = regions[newest.region].name
    case["now"] = date.fromisoformat(newest.day)
    expect: dict[str, Any] = {"contains": [], "cites": [group.nearest.clause] if group.nearest else []}
    case["turns"] = [{"ask": _one_line(newest.question), "expect": {**expect, "outcome": "answered"}}]
    case["note"] = f"{_one_line(group.nearest.quote)[:120]}（请核对后填写应答）" if group.nearest else "请填写依据"
    return _dumped([case])


def _one_line(text: str) -> str:
    return "，".join(text.split())


def _dumped(value: Mapping[str, Any] | Sequence[Any]) -> str:
    writer, out = YAML(), io.StringIO()
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = 4096
    writer.dump(value, out)
    return out.getvalue()
