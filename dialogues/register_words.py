"""What the register says of a person's categories (人员类别), beside what the person says: both are told, and who certifies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from dialogues.disclosure import OfRecord
from dialogues.enquiry import Enquiry
from dialogues.record import CategorySpell
from dialogues.registered_category import meanings
from policy_kb.categories import Categories
from policy_kb.premium import due


@dataclass(frozen=True)
class Registered(OfRecord):
    """The register's categories on the day, what of those said has ended and when, and who certifies; `pays` in 元.

    `differs` where the person says something else; `unclear` are words that mean several categories, or none known.
    """

    words: tuple[str, ...]
    differs: bool
    ended: tuple[CategorySpell, ...]
    unclear: tuple[str, ...]
    certified_by: str
    pays: Decimal | None


def registered(enquiry: Enquiry) -> Registered | None:
    """What is to be told of the register; None where it and the person agree, or no record is at hand."""
    record, categories, today = enquiry.record, enquiry.kb.categories, enquiry.today
    if record is None:
        return None
    words = record.words(today) or tuple(one.name for one in categories.by_name.values() if one.ordinary)[:1]
    said = cast("tuple[str, ...] | None", enquiry.said.get("category")) if enquiry.speaks_of_itself else None
    unclear = record.unclear(categories, today) if "category" not in enquiry.said else ()
    held = {name for word in record.words(today) for name in meanings(word, categories)}
    differs = said is not None and not (set(said) & held) and (bool(said) or bool(held))
    if not differs and not unclear:
        return None
    about = said or tuple(held)
    ended = tuple(
        one
        for one in record.spells
        if differs and one.until is not None and one.until < today and _same(one.category, about, categories)
    )
    return Registered(words, differs, ended, unclear, _certifier(about, held, ended, categories), _pays(enquiry, today))


def _same(word: str, said: tuple[str, ...], categories: Categories) -> bool:
    """Whether a word of the register may mean what was said, or something wider or narrower."""
    return any(
        categories.within(name, one) is not False or categories.within(one, name) is not False
        for name in meanings(word, categories)
        for one in said
    )


def _certifier(about: tuple[str, ...], held: set[str], ended: tuple[CategorySpell, ...], categories: Categories) -> str:
    """Who certifies: as the register has it, else as is usual for the category said, else for the one registered."""
    named = [one.certified_by for one in ended if one.certified_by]
    usual = [categories[name].certified_by for name in (*about, *held) if name in categories]
    return next((one for one in (*named, *usual) if one), "")


def _pays(enquiry: Enquiry, today: date) -> Decimal | None:
    """What the person pays by the register alone, in 元; None where that is open."""
    record = enquiry.record
    if record is None:
        return None
    own = record.facts(enquiry.kb.categories, enquiry.year, today)
    known = {**enquiry.assuming().facts, **own}
    if "category" not in own:
        return None
    decision = due(enquiry.policy.rules, known, enquiry.kb.categories)
    return decision.value.pays if decision.outcome == "decided" and decision.value else None
