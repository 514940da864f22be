"""The pages of the console in the order of its menu, and who sees them there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.staff.role import Role


@dataclass(frozen=True)
class Entry:
    """One line of the menu; `icon` is a name of templates/icons.html, `count` a path that answers with a number to show."""

    path: str
    label: str
    icon: str
    hint: str
    roles: frozenset[Role] = frozenset(Role)
    count: str | None = None


_DESK = frozenset({Role.OPERATOR, Role.ADMIN})
MENU: tuple[Entry, ...] = (
    Entry("/console/", "首页", "home", "今天要办的事和进度"),
    Entry("/console/ask", "提问", "ask", "替人问政策，念给对方听"),
    Entry("/console/handoff", "转人工", "handoff", "接住要找人的，答完再交回", _DESK, "/console/handoff/waiting"),
    Entry("/console/people", "参保人", "people", "查一个人的参保档案"),
    Entry("/console/progress", "进度", "progress", "各镇村参保了多少人"),
    Entry("/console/knowledge", "政策库", "knowledge", "文件原文、对比、要到期的事"),
    Entry("/console/unanswered", "未答问题", "unanswered", "没答上来和答错的，归到一起", _DESK),
    Entry("/console/receipts", "答复编号", "receipt", "按编号查当时怎么答的"),
    Entry("/console/switches", "停用开关", "switch", "先停掉有问题的内容或渠道", frozenset({Role.ADMIN})),
)
ON_PHONE = 4
"""How many of a person's entries stand in the bar of a phone; the others under 更多."""


def menu_for(role: Role) -> tuple[Entry, ...]:
    """What this role may open."""
    return tuple(one for one in MENU if role in one.roles)


def is_here(entry: Entry, path: str) -> bool:
    """Whether `path` is this entry's page or lies under it."""
    return path == entry.path or (entry.path != "/console/" and path.startswith(f"{entry.path}/"))
