"""The child of a household (独女户, 独男户) that a question is about, and the age said of it."""

from __future__ import annotations

import re
from typing import cast

from dialogues.enquiry import Enquiry
from nlu.understanding import AgeMention, KinMention
from policy_kb.facts import FactValue

_CHILD = "child"
_PARENTS = re.compile("父母|爹妈|爸妈|爹娘|大人|(我|俺|咱)们?(俩|两口子|老两口|夫妻|自己|这份|那份|的那?份)")
"""Words by which a question is about the parents' share, whatever age of the child it tells."""


def of_household_child(enquiry: Enquiry) -> dict[str, FactValue]:
    """What is known of the household's child where the question is about its share; empty where it may be another's."""
    if "household_child" in enquiry.facts:
        return {}
    held = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    categories = enquiry.kb.categories
    of_family = any(name in categories and categories[name].of_household for name in held)
    about_it = enquiry.state.subject == _CHILD and not _PARENTS.search(enquiry.question.text)
    if not (of_family and about_it):
        return {}
    said = ages_of_children(enquiry)
    return {"household_child": True, **({"age": min(said)} if said else {})}


def ages_of_children(enquiry: Enquiry) -> set[int]:
    """The ages said after the first child named (大闺女今年20了), in whole years."""
    kin = [one for one in enquiry.question.of(KinMention) if one.who == _CHILD]
    after = kin[0].span.start if kin else 0
    said = [one for one in enquiry.question.of(AgeMention) if one.span.start >= after]
    return {one.years for one in said if one.years is not None}
