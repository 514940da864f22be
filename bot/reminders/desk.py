"""提醒我, 不用提醒, 退订: the consent to be reminded is asked for, kept, and taken back by one word."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import SQLAlchemyError

from bot.channel import Caller, Channel
from bot.messages import MessageIn
from bot.reminders.consents import Consents
from bot.reminders.wording import STOP
from dialogues.disclosure import Disclosure
from dialogues.reply import Outcome, Reply
from dialogues.state import State

log = logging.getLogger(__name__)

_END = "[了吧啊呀哈。！!，,~～ ]*"
_WANTS = re.compile(
    rf"(请|麻烦|帮忙)?(到时候?|到期|截止前|记得|快截止的?时候?)?(再|要)?(提醒(我|俺|一下|我一下|下我|下)?(缴费|交费|交钱)?|订阅提醒|缴费提醒|开通提醒){_END}"
)
_STOPS = re.compile(
    rf"(请|我要|我想)?(不用|不要|别|不想|不需要|取消|停止|关闭)(再|给我|收到|订阅|缴费)*(提醒)(我)?{_END}|[tT][dD]|(我要|我想|请)?{STOP}(提醒)?{_END}"
)
_YES = re.compile(rf"(1|同意|好|好的|行|可以|要|愿意|是|是的|嗯|同意提醒){_END}")
_NO = re.compile(rf"(2|不|不同意|不要|不用|不行|算了|不愿意){_END}")
AGREE, REFUSE = "同意提醒", "不用提醒"

ASK = (
    "要我提醒您缴费吗？\n"
    "我会看您的参保登记：到了缴费期还没缴的，截止前给您发消息；家里有新生儿的，也会在期限前提醒。"
    "一件事一个星期最多一条，缴了就不再发。\n"
    f"随时回复“{STOP}”就停。\n同意请回复“{AGREE}”。"
)
KEPT = (
    "好，记下了，到时候提醒您\n"
    "微信有规定：您最近两天没有给我发过消息，我就可能发不出去。所以请自己也记着截止日期。\n"
    f"不想再收到，回复“{STOP}”。"
)
KEPT_ALREADY = f"已经记着了，到时候提醒您\n不想再收到，回复“{STOP}”。"
STOPPED = "好，不再提醒您了\n以后想要，再发“提醒我”。"
NOTHING_TO_STOP = "您没有订过提醒\n想要的话，发“提醒我”。"
NOT_ASKED_FOR = "好，不提醒"
BIND_FIRST = "要先绑定本人，我才知道您缴没缴\n请回复“绑定”，绑好以后再发“提醒我”。"
NOT_HERE = "这里发不了提醒\n请到本县医保的微信公众号，绑定本人后发“提醒我”。"
LATER = "现在记不下来，请过一会儿再发一次"


@dataclass(frozen=True)
class ReminderDesk:
    """An attendant; `channels` are those over which something can be sent later."""

    consents: Consents
    channels: Collection[Channel]

    async def attend(self, message: MessageIn, caller: Caller, state: State, today: date) -> Reply | None:
        """The reply on reminders; None where the message is none of its business."""
        text = message.text.strip()
        if len(text) > 30:
            return None
        wants, stops = bool(_WANTS.fullmatch(text)), bool(_STOPS.fullmatch(text))
        if caller.channel not in self.channels or caller.channel.ceiling < Disclosure.OWN_RECORD:
            return _reply(NOT_HERE, "refused") if wants or stops else None
        if not (wants or stops or _YES.fullmatch(text) or _NO.fullmatch(text)):
            return None
        try:
            return await self._attended(text, wants, stops, caller, state)
        except (SQLAlchemyError, OSError) as error:
            log.error("reminders fail (%s); look at the database", type(error).__name__)
            return _reply(LATER, "refused") if wants or stops else None

    async def _attended(self, text: str, wants: bool, stops: bool, caller: Caller, state: State) -> Reply | None:
        asked = await self.consents.asked(caller, state)
        if not (asked or wants or stops or text.startswith(AGREE)):
            return None
        binding = await self.consents.binding_of(caller)
        if stops:
            was = binding is not None and await self.consents.withdraw(binding)
            return _reply(STOPPED if was else NOT_ASKED_FOR if asked else NOTHING_TO_STOP)
        if wants:
            return await self._ask(caller, binding, state)
        return await self._agreed(binding) if _YES.fullmatch(text) else _reply(NOT_ASKED_FOR)

    async def _ask(self, caller: Caller, binding: int | None, state: State) -> Reply:
        if binding is None:
            return _reply(BIND_FIRST, "asked")
        if await self.consents.given(binding):
            return _reply(KEPT_ALREADY)
        await self.consents.ask(caller, state)
        return _reply(ASK, "asked", (AGREE, REFUSE))

    async def _agreed(self, binding: int | None) -> Reply:
        if binding is None:
            return _reply(BIND_FIRST, "asked")
        await self.consents.give(binding)
        return _reply(KEPT)


def _reply(text: str, outcome: Outcome = "answered", choices: tuple[str, ...] = ()) -> Reply:
    return Reply(text, outcome, "my_record", choices=choices)
