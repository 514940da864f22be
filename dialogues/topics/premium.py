"""How much one person pays (个人缴费), with a line for each category or tier that is left open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast

from dialogues.enquiry import Enquiry
from dialogues.household.reading import several
from dialogues.kin_names import Stage, stage_of
from dialogues.record import Enrolment
from dialogues.register_words import Registered, registered
from dialogues.reply import Choice, Context, Part
from dialogues.topics.due_lines import DueLine, NotPaid, due_table, general, not_paid, too_much
from dialogues.topics.household_total import household_total, of_newborns
from dialogues.topics.instalments import instalments
from dialogues.topics.newborn_fees import newborn_fees
from dialogues.topics.own_case import own_case
from dialogues.topics.statement import facets_of, ranked, statement, told
from nlu.understanding import KinMention
from policy_kb.choosing import leaves, open_tiers
from policy_kb.citation import Citation, each_once
from policy_kb.conditions import InCategory
from policy_kb.model import Rules
from policy_kb.window import window_on

_SEVERAL = "同时有两种身份，按哪一种算"
"""The question in plain words, where somebody in several categories only asks how much."""
_OF_SOME = re.compile("老人|老年|学生|小孩|孩子|娃|未成年|儿童")
"""Words for those who may have a figure of their own."""
_BRACKETED = re.compile("（[^（）]*）")


@dataclass(frozen=True)
class PremiumContext(Context):
    """One figure, or a line for each category and tier.

    `once`: several categories of one person give only one assistance.

    `ordinary`: no category was named; `aided`: the categories with assistance; `register`: what the register says, where
    the person says something else or its words are unclear; `closes`: last day of the window that is open or coming.
    `paid`: the year's payment on record (`not_paid`: there is none), `whose` that is where not the person asking.
    """

    template = "premium"
    year: int
    lines: tuple[DueLine, ...]
    others: tuple[DueLine, ...]
    """Those who pay otherwise (在校学生), told behind the lines where nothing says whether the person is one of them."""
    ordinary: bool
    aided: tuple[str, ...]
    register: Registered | None
    paid: Enrolment | None
    whose: str
    not_paid: NotPaid | None
    too_much: Decimal | None
    """What was paid beyond what is due by the register, in 元."""
    notes: tuple[str, ...]
    once: bool
    closes: date | None
    missed: date | None
    """The day of payment, said or today, where it lies behind all windows."""


def premium(enquiry: Enquiry) -> Part:
    """What the person pays, as an ordinary resident unless a category is known (个人缴费标准, 资助标准); or a household."""
    if unsaid := instalments(enquiry):
        return unsaid
    if (together := household_total(enquiry)) is not None:
        return together
    if several(enquiry.state.household) and of_newborns(enquiry):
        return newborn_fees(enquiry)
    known = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    separately = "category" in enquiry.said and not enquiry.state.combined
    stage = _stage(enquiry)
    table = due_table(enquiry, separately=separately, stage=stage)
    if not table.lines and "tier" in enquiry.facts:
        return premium(_without_tier(enquiry))
    if not table.lines:
        return statement(enquiry)
    if not separately and len(known) > 1 and any(line.outcome == "silent" for line in table.lines):
        return _of_several_categories(replace(enquiry, facet="assistance_double"))
    open_still = all(line.pays is None and line.document is None for line in table.lines)
    if open_still and (own := own_case(enquiry, "premium", "assistance")):
        return own
    rule = enquiry.policy.rules.combination
    once = rule if rule and rule.cites and rule.rule == "once" and len(known) > 1 and not separately else None
    of_some = enquiry.state.subject is not None or "age" in enquiry.facts or _OF_SOME.search(enquiry.question.text)
    lines = table.lines if of_some else general(table.lines)
    closes, missed, where = _closing(enquiry)
    context = PremiumContext(
        year=enquiry.year,
        lines=lines,
        others=tuple(line for line in table.lines if line not in lines),
        ordinary=not known and len(enquiry.readings) < 2,
        aided=named_with_aid(enquiry),
        register=registered(enquiry),
        paid=_paid(enquiry),
        whose=enquiry.whose,
        not_paid=not_paid(enquiry),
        too_much=_too_much(enquiry, table.lines),
        notes=table.notes,
        once=once is not None,
        closes=closes,
        missed=missed,
    )
    stated = any(line.pays is not None for line in table.lines)
    return Part(
        enquiry.facet,
        "answered" if stated else "not_covered",
        context,
        each_once((*table.citations, *where)),
        _choices(enquiry, table.lines),
    )


def _of_several_categories(enquiry: Enquiry) -> Part:
    """What the notice says, or leaves open, of persons in several categories at once."""
    plainly = replace(enquiry, question=replace(enquiry.question, text=_SEVERAL), follow_up=False)
    for asked in (enquiry, plainly):
        found = next((one for one in ranked(asked) if enquiry.facet in facets_of(one)), None)
        if found is not None:
            return told(enquiry, (found,))
    return statement(enquiry)


def _stage(enquiry: Enquiry) -> Stage:
    """Whether the person asked about is grown up, by the word for him; open where none is used, or the age is known."""
    if {"age", "birth_date"} & set(enquiry.facts):
        return "open"
    kin = enquiry.question.of(KinMention)
    found = [stage_of(one) for one in kin if one.who == enquiry.state.subject]
    return found[-1] if found else "open"


def _without_tier(enquiry: Enquiry) -> Enquiry:
    """The question without a tier that this notice does not have (三档 where there are two): all tiers are told."""
    facts, said = ({k: v for k, v in known.items() if k != "tier"} for known in (enquiry.facts, enquiry.said))
    return replace(enquiry, facts=facts, said=said)


def aided_categories(rules: Rules) -> tuple[str, ...]:
    """The categories for which the notice gives assistance, in its order."""
    helping = [rule for rule in rules.assistance if rule.gives != 0]
    names = [
        name for rule in helping for leaf in leaves(rule.when) if isinstance(leaf, InCategory) for name in leaf.names
    ]
    return tuple(dict.fromkeys(names))


def named_with_aid(enquiry: Enquiry) -> tuple[str, ...]:
    """The categories with assistance that the notice itself names in the clauses cited, those near the person's own first."""
    categories, notice = enquiry.kb.categories, enquiry.policy.notice
    found: list[str] = []
    for rule in enquiry.policy.rules.assistance:
        written = "".join(notice.text_of(cite.clause) for cite in rule.cites)
        words = f"{written} {_BRACKETED.sub('', written)}"
        names = [name for leaf in leaves(rule.when) if isinstance(leaf, InCategory) for name in leaf.names]
        if rule.gives != 0 or rule.share is not None:
            found += [name for name in names if any(word in words for word in (name, *categories[name].aliases))]
    held = cast("tuple[str, ...]", enquiry.facts.get("category", ()))
    near = {wider for name in held for wider in categories.wider(name)}
    return tuple(sorted(dict.fromkeys(found), key=lambda name: not near & {*categories.wider(name)}))


def _choices(enquiry: Enquiry, lines: tuple[DueLine, ...]) -> tuple[Choice, ...]:
    offered = open_tiers(enquiry.policy.rules.tiers, enquiry.facts)
    if len(lines) < 2 or len(offered) < 2 or "tier" in enquiry.facts:
        return ()
    return tuple(Choice(one, fact="tier", value=one) for one in offered)


def _paid(enquiry: Enquiry) -> Enrolment | None:
    """The year's payment on record, unless another day of payment was said."""
    enrolment = enquiry.record.enrolment(enquiry.year) if enquiry.record and "paid_on" not in enquiry.said else None
    return enrolment if enrolment and enrolment.paid else None


def _too_much(enquiry: Enquiry, lines: tuple[DueLine, ...]) -> Decimal | None:
    """What was paid too much; None where the person says another category than the register."""
    paid, register = _paid(enquiry), registered(enquiry)
    return None if paid is None or (register and register.differs) else too_much(paid.amount, lines)


def _closing(enquiry: Enquiry) -> tuple[date | None, date | None, tuple[Citation, ...]]:
    """The last day of the window that is open or coming, or the day that lies behind all windows; and the clauses of the first.

    The day is that of payment that was said, or today before the cover year is over.
    """
    on = cast("date", enquiry.said.get("paid_on", enquiry.today))
    decision = window_on(enquiry.policy.rules, enquiry.facts, on)
    state = decision.value
    if state is not None and state.state in ("open", "before"):
        cites = [cite for one in decision.steps if one.rule == state.rule for cite in one.cites]
        return state.pays_until or state.closes, None, tuple(cites)
    missed = state is not None and state.state == "after" and on.year <= enquiry.year and _paid(enquiry) is None
    return None, on if missed else None, ()
