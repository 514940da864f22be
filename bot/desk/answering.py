"""An operator's answer goes out over the person's own channel, within its quota; what cannot be delivered says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.audit.entry import Entry
from bot.channel import Channel, Delivery, Sender
from bot.desk.ticket import Line, Standing, Ticket, Who
from bot.desk.tickets import Tickets

WORDS: dict[Delivery, str] = {
    Delivery.SENT: "已送达",
    Delivery.OVER_QUOTA: "没送出：对方这段时间能收的客服消息已用完，等对方再发一条才能送",
    Delivery.OUT_OF_WINDOW: "没送出：对方超过48小时没有说话，平台不让再发",
    Delivery.UNREACHABLE: "没送出：对方已取消关注或屏蔽，或平台没有回应",
    Delivery.NOT_POSSIBLE: "没送出：这个渠道不能主动发消息",
}
"""What staff read beside a line."""
OVER = "人工答复结束了。还有别的要问，接着说就行。"
"""What whoever waited for a person reads at the end."""


@dataclass(frozen=True)
class Answering:
    """Sends what operators write; `senders` by channel, the residents' page fetches by itself."""

    tickets: Tickets
    senders: Mapping[Channel, Sender]

    async def answer(self, ticket: Ticket, staff: int, author: str, text: str) -> Line | None:
        """The line as written, with its delivery; None where the ticket is not this member's."""
        now = await self.tickets.by_id(ticket.id)
        if now is None or now.standing is not Standing.CLAIMED or now.claimed_by != staff:
            return None
        line = await self.tickets.add(ticket.id, Who.OPERATOR, text, author)
        if ticket.caller.channel is Channel.PAGE:
            return line
        delivery = await self._sent(ticket, text)
        await self.tickets.delivered(line.id, delivery)
        return replace(line, delivery=delivery)

    async def close(self, ticket: Ticket, staff: int, result: str, note: Entry) -> bool:
        """Ends this member's ticket and tells the person that the bot answers again; False where it is not this member's.

        The residents' page sees the end by itself; where the word cannot be delivered, the next answer shows it.
        """
        if not await self.tickets.close(ticket.id, staff, result, note):
            return False
        if ticket.caller.channel is not Channel.PAGE:
            await self._sent(ticket, OVER)
        return True

    async def _sent(self, ticket: Ticket, text: str) -> Delivery:
        sender = self.senders.get(ticket.caller.channel)
        return await sender.send(ticket.caller, text) if sender else Delivery.NOT_POSSIBLE
