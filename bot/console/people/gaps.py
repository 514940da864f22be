"""What is missing (还差什么): what the record leaves open or what does not agree with the notice, and who can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.console.people.standing import Standing
from bot.store.tables.records import CategorySpellRow
from dialogues.wording import day, yuan
from policy_kb.decision import Decision
from policy_kb.knowledge import KnowledgeBase


@dataclass(frozen=True)
class Gap:
    """One thing that is missing or does not agree; `urgent` where cover or money is at stake now."""

    what: str
    do: str = ""
    urgent: bool = False


def gaps(kb: KnowledgeBase, found: Standing, spells: Iterable[CategorySpellRow], today: date) -> tuple[Gap, ...]:
    """What to see to, the urgent first."""
    told = [
        *_payment(kb, found, today),
        *_sum(found),
        *_unstated(found),
        *_categories(kb, spells, today),
        *_unknown(kb, found),
    ]
    return tuple(sorted(told, key=lambda one: not one.urgent))


def _payment(kb: KnowledgeBase, found: Standing, today: date) -> Iterator[Gap]:
    if found.paid:
        return
    window, year = found.window.value, found.year
    if window is None:
        ask = f"现在还能不能缴，要先问清楚：{kb.facts[found.window.ask].ask}" if found.window.ask else ""
        yield Gap(f"还没有{year}年度的缴费记录", ask, urgent=True)
    elif window.state in ("open", "closed_days") and window.closes:
        left = (window.closes - today).days + 1
        shut = (
            f"本月结算，{day(window.next_open)}起再缴。" if window.state == "closed_days" and window.next_open else ""
        )
        yield Gap(f"还没缴{year}年度的费", f"{shut}{day(window.closes)}截止，还有{left}天。", urgent=True)
    elif window.state == "before" and window.opens:
        yield Gap(f"{year}年度还没开始缴费", f"{day(window.opens)}开始。")
    elif window.state == "after":
        closed = f"{day(window.closes)}已经截止。" if window.closes else "缴费期已经过了。"
        late = f"补缴按{found.window.document}执行。" if found.window.document else "能不能补缴，看文件里补缴的条款。"
        yield Gap(f"没有{year}年度的缴费记录", closed + late, urgent=True)
    else:
        yield Gap(f"还没有{year}年度的缴费记录", urgent=True)


def _sum(found: Standing) -> Iterator[Gap]:
    paid, pays = found.enrolment.amount if found.enrolment and found.paid else None, found.pays
    if paid is None or pays is None or paid == pays:
        return
    how = found.charges[0].due.how if found.charges[0].due else None
    if how == "reimbursed" and found.charges[0].due and paid == found.charges[0].due.standard:
        yield Gap(f"已按标准缴{yuan(paid)}，等退补{yuan(paid - pays)}", "这一类是先缴后补，钱由补助部门退。")
    elif paid > pays:
        yield Gap(
            f"多缴了{yuan(paid - pays)}", f"实缴{yuan(paid)}，按档案身份应缴{yuan(pays)}，核实后办退费。", urgent=True
        )
    else:
        yield Gap(
            f"少缴了{yuan(pays - paid)}", f"实缴{yuan(paid)}，按档案身份应缴{yuan(pays)}，请核对身份。", urgent=True
        )


def _unstated(found: Standing) -> Iterator[Gap]:
    """Assistance that the notice does not state: whom it names to ask."""
    if found.pays is not None or len(found.charges) != 1:
        return
    charge, offices = found.charges[0], "、".join(one.who for one in found.policy.rules.ask_at)
    whose = f"{charge.due.category}的资助" if charge.due and charge.due.category else "自己要缴多少"
    how = f"按{charge.document}执行" if charge.document else "文件没有写"
    yield Gap(f"{whose}{how}", f"请问{offices}。" if offices else "")


def _categories(kb: KnowledgeBase, spells: Iterable[CategorySpellRow], today: date) -> Iterator[Gap]:
    held = list(spells)
    current = {one.category for one in held if one.until is None or one.until >= today}
    for one in held:
        if one.until is None or one.category in current:
            continue
        known = kb.categories.named(one.category)
        office = kb.categories[known[0]].certified_by if known else one.certified_by
        again = f"还是这一类的，请{office}重新认定。" if office else "还是这一类的，要重新认定。"
        yield Gap(f"{one.word}身份{day(one.until)}到期", again)


def _unknown(kb: KnowledgeBase, found: Standing) -> Iterator[Gap]:
    """What the premium or the cover turns on; what the window turns on is told with the payment."""
    decisions: tuple[Decision[Any], ...] = (found.charged_by, found.cover)
    asked = dict.fromkeys(one.ask for one in decisions if one.ask)
    for fact in asked:
        yield Gap(f"要问清楚：{kb.facts[fact].ask}", "档案里没有，答案不同，应缴或待遇就不同。")
