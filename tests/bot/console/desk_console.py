"""What the tests of the desk's pages share: questions answered by the real dialogue, without an NLU server, and tickets."""

from __future__ import annotations

import itertools

from playwright.sync_api import Page
from served_console import Console

from bot.assistant import Turn
from bot.channel import Caller, Channel
from bot.desk.ticket import Reason, Ticket
from bot.messages import MessageIn
from dialogues.disclosure import Disclosure
from dialogues.reply import Outcome, Reply
from dialogues.state import State
from nlu.understanding import Question, Ranked, Understanding
from policy_kb.citation import Citation

SUIXI, HUAIYUAN = "340621", "340321"
CLAUSE = Citation("suixi-2022", "三", "居民个人缴费标准为320元")
_numbers = itertools.count(1)


def somebody(channel: Channel = Channel.PAGE) -> Caller:
    """A caller nobody else is."""
    return Caller(channel, "page", f"fictional-{next(_numbers)}")


def answered(
    console: Console,
    text: str,
    reply: str = "个人交320元\n依据：《濉溪县2022年度参保缴费实施方案》三",
    outcome: Outcome = "answered",
    facet: str = "premium",
    region: str | None = SUIXI,
    of: tuple[int, ...] = (),
    caller: Caller | None = None,
) -> str:
    """Notes a turn as a resident's message would; returns its code."""
    desk, caller = console.running.desk, caller or somebody()
    level = Disclosure.OWN_RECORD if of else Disclosure.PUBLIC
    said = Reply(reply, outcome, facet.partition("_")[0], (CLAUSE,) if outcome == "answered" else (), (), level, of=of)
    heard = Understanding(text, (Question(text, (Ranked(facet, 0.8),), ()),))
    state = State(place=region, facet=facet, question=text, said={"category": ("低保对象",)})
    turn = Turn(MessageIn(id="1", text=text), caller, caller.session, console.running.settings.now, heard, state, said)  # type: ignore[arg-type]

    async def noted() -> str:
        await desk.turns.review(turn)
        await desk.turns.flush()
        key = console.secrets.find_key(caller.session, "turn.sealed_session")
        return (await desk.receipts.of_session(key, 50))[-1].code

    return console.run(noted())


def waiting(
    console: Console, region: str | None = SUIXI, caller: Caller | None = None, reason: Reason = Reason.ASKED
) -> Ticket:
    """Somebody who waits for a person."""
    return console.run(console.running.desk.tickets.open(caller or somebody(), region, reason, "找人工（99%）"))


def audited(console: Console, action: str) -> list[tuple[str, int | None, dict[str, object]]]:
    """Actor, subject and detail of each act of this kind."""
    from bot.audit.journal import Journal

    found = console.run(Journal(console.engine).entries(last=400))
    return [(one.entry.actor, one.entry.subject, dict(one.entry.detail)) for one in found if one.entry.action == action]


def faults(page: Page) -> list[str]:
    """What axe finds serious, and what is wider than the screen."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    told = [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in ("serious", "critical")
    ]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*told, *(["wider than the screen"] if wide else [])]
