"""The page that looks up a receipt by its code; what tells of somebody's record is shown by right, and audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Form, Request, Response

from bot.audit.entry import Action, Entry
from bot.composition import topics
from bot.console.conversations import CHANNELS, may_see
from bot.console.frame import console_router, page
from bot.console.receipts.inputs import Input, inputs
from bot.console.refusals import Forbidden
from bot.console.security import Operator, Staff
from bot.console.workplace import Workplace, workplace
from bot.review.placeholders import readable
from bot.review.receipts import Receipt
from bot.review.turn_log import CODE_LINE
from bot.staff.member import Member

router = console_router("/receipts")

NONE = "没有这个编号的答复。请核对：编号是8位，只有字母和数字；超过90天的已经删了。"
ELSEWHERE = "这个编号是别的县（区）的，请那边的同事查。"
NOT_YOURS = "这条答复涉及个人档案，只有当地的热线话务员和管理员能看。"


@dataclass(frozen=True)
class Shown:
    """A receipt as the page shows it; without `answer` it tells of a record that is not (or not yet) opened."""

    receipt: Receipt
    question: str
    answer: str | None
    may_open: bool
    taken_for: tuple[tuple[str, float], ...]
    inputs: tuple[Input, ...]
    channel: str


@router.get("")
async def receipt_page(request: Request, member: Staff, code: str = "") -> Response:
    """The form, and the answer under a code; what comes of a record only after it is asked for."""
    if not code.strip():
        return _page(request, code)
    desk = workplace(request)
    receipt = await _found(desk, code)
    if receipt is None:
        return _page(request, code, fault=NONE, status=404)
    if not may_see(member, receipt.region):
        return _page(request, code, fault=ELSEWHERE, status=403)
    return _page(request, receipt.code, await _shown(desk, member, receipt, opened=False))


@router.post("")
async def open_personal(request: Request, member: Operator, code: Annotated[str, Form(max_length=40)] = "") -> Response:
    """The answer from somebody's record; the look is written down first. Raises Forbidden."""
    desk = workplace(request)
    receipt = await _found(desk, code)
    if receipt is None:
        return _page(request, code, fault=NONE, status=404)
    shown = await _shown(desk, member, receipt, opened=True)
    if not shown.may_open:
        raise Forbidden(NOT_YOURS)
    for resident in receipt.of or (None,):
        await desk.journal.note(Entry(member.actor, Action.LOOKED, resident, f"查答复编号{receipt.code}"))
    return _page(request, receipt.code, shown)


async def _found(desk: Workplace, code: str) -> Receipt | None:
    await desk.running.desk.turns.flush()
    return await desk.running.desk.receipts.by_code(code[:40])


async def _shown(desk: Workplace, member: Member, receipt: Receipt, opened: bool) -> Shown:
    may = receipt.from_record and await _may_open(desk, member, receipt)
    known = topics()
    answer = receipt.answer.partition(CODE_LINE.partition("{code}")[0])[0]
    return Shown(
        receipt,
        readable(receipt.question),
        answer if not receipt.from_record or (opened and may) else None,
        may,
        tuple((known[facet]["label"], share) for facet, share in receipt.facets if facet in known),
        inputs(receipt, desk.kb) if not receipt.from_record or (opened and may) else (),
        CHANNELS.get(receipt.channel, receipt.channel),
    )


async def _may_open(desk: Workplace, member: Member, receipt: Receipt) -> bool:
    """Operators of the county of each person told of, and administrators; of nobody known, by the conversation's county."""
    if not member.scope.whole_county:
        return False
    people = [await desk.registry.by_id(one) for one in receipt.of]
    seen = [member.scope.sees(one.region, one.town, one.village) for one in people if one is not None]
    return all(seen) if seen else may_see(member, receipt.region)


def _page(request: Request, code: str, shown: Shown | None = None, fault: str = "", status: int = 200) -> Response:
    notices = workplace(request).kb.notices
    label = topics()[shown.receipt.facet]["label"] if shown and shown.receipt.facet in topics() else ""
    context = {"code": code[:40], "shown": shown, "fault": fault, "notices": notices, "label": label}
    return page(request, "receipts/page.html", context, status)
