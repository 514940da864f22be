"""Subscription notices (订阅通知): the way to reach a follower after the customer-service window, where the account has it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from bot.channel import Caller, Channel, Delivery
from bot.channels.wechat.account import WechatAccount
from bot.channels.wechat.api import WechatApi
from bot.errors import WechatFailed, WechatRefused, WechatSilent
from bot.reminders.deadline import Deadline
from bot.reminders.wording import STOP
from dialogues.wording import day

log = logging.getLogger(__name__)

SEND = "message/subscribe/bizsend"
NOT_ACCEPTED = 43101


@dataclass(frozen=True)
class Notices:
    """Sends notices for the accounts that have a template."""

    accounts: Mapping[str, WechatAccount]
    api: WechatApi

    async def send(self, caller: Caller, deadline: Deadline) -> Delivery | None:
        """Sends a notice; None where there is none to send (no template, not accepted): another way is to be tried."""
        account = self.accounts.get(caller.account) if caller.channel is Channel.WECHAT else None
        if account is None or account.reminder is None:
            return None
        said = {
            "what": f"{deadline.year}年度医保缴费" if deadline.topic == "window" else "新生儿参保缴费",
            "day": day(deadline.day),
            "stop": f"发“{STOP}”不再收到",
        }
        data = {name: {"value": said[word]} for name, word in account.reminder.fields.items()}
        body = {"touser": caller.user, "template_id": account.reminder.template, "data": data}
        try:
            await self.api.call(account, SEND, body, once=True)
        except WechatRefused as error:
            if error.code != NOT_ACCEPTED:
                log.warning("a subscription notice was refused: %s", error)
            return None
        except WechatSilent as error:
            log.warning("a subscription notice may not have arrived and is not sent again: %s", error)
            return Delivery.UNREACHABLE
        except WechatFailed as error:
            log.warning("a subscription notice was not sent: %s", error)
            return None
        return Delivery.SENT
