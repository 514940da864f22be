"""An account's menu (自定义菜单): buttons that ask a question or open a page, within the platform's limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

ASKS = "ask:"
"""How the key of a button begins that asks what follows."""
TOP_NAME, SUB_NAME, KEY, URL = 16, 60, 128, 1024
"""Bytes of a name on the bar, of a name in a list, of a key, of an address."""


class Button(BaseModel):
    """A button that asks (`ask`), opens a page (`url`) or a list of buttons (`buttons`); exactly one of these."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1)]
    ask: str | None = None
    url: str | None = None
    buttons: Annotated[tuple[Button, ...], Field(max_length=5)] = ()

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if sum((self.ask is not None, self.url is not None, bool(self.buttons))) != 1:
            raise ValueError(f"button {self.name}: give it one of ask, url, buttons")
        if self.ask is not None and len((ASKS + self.ask).encode()) > KEY:
            raise ValueError(f"button {self.name}: the question is longer than {KEY - len(ASKS)} bytes; shorten it")
        if self.url is not None and not self.url.startswith(("http://", "https://")):
            raise ValueError(f"button {self.name}: the address must begin with https://")
        if self.url is not None and len(self.url.encode()) > URL:
            raise ValueError(f"button {self.name}: the address is longer than {URL} bytes; shorten it")
        for one in self.buttons:
            if one.buttons:
                raise ValueError(f"button {one.name}: a list in a list; the platform knows two levels")
            _short(one, SUB_NAME)
        return self

    def shape(self) -> dict[str, object]:
        """The button as the platform's API takes it."""
        if self.buttons:
            return {"name": self.name, "sub_button": [one.shape() for one in self.buttons]}
        if self.url is not None:
            return {"type": "view", "name": self.name, "url": self.url}
        return {"type": "click", "name": self.name, "key": f"{ASKS}{self.ask}"}


def _short(button: Button, most: int) -> None:
    if len(button.name.encode()) > most:
        raise ValueError(f"button {button.name}: the name is longer than {most} bytes ({most // 3} characters)")


class Menu(BaseModel):
    """One to three buttons on the bar below the conversation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    buttons: Annotated[tuple[Button, ...], Field(min_length=1, max_length=3)]

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        for one in self.buttons:
            _short(one, TOP_NAME)
        return self

    def shape(self) -> dict[str, object]:
        """The menu as the platform's API takes it."""
        return {"button": [one.shape() for one in self.buttons]}


def _asking(name: str, *questions: tuple[str, str]) -> Button:
    return Button(name=name, buttons=tuple(Button(name=label, ask=ask) for label, ask in questions))


USUAL = Menu(
    buttons=(
        _asking(
            "交费",
            ("交多少钱", "今年医保交多少钱"),
            ("哪天截止", "哪天截止"),
            ("怎么交", "手机上怎么交"),
            ("困难群众", "困难群众交多少钱"),
            ("错过了能补吗", "过了时间还能不能补"),
        ),
        _asking(
            "参保",
            ("谁能参保", "谁可以在这里参保"),
            ("新生儿", "刚生的娃多少天内办"),
            ("哪天起能报销", "交了从哪天开始能报"),
            ("交重了能退吗", "交重了能退吗"),
        ),
        _asking("帮助", ("怎么用", "你能做什么"), ("找人工", "我要找人工")),
    )
)
"""The menu of an account that sets none."""


def lines_of(answer: Mapping[str, object]) -> list[str]:
    """The menu of menu/get in lines, lists indented; none where there is no menu."""
    menu = answer.get("menu")
    buttons = menu.get("button") if isinstance(menu, dict) else None
    return [line for one in buttons or () for line in _lines(one, "")]


def _lines(button: Mapping[str, object], indent: str) -> Iterator[str]:
    does = button.get("key") or button.get("url") or button.get("type") or ""
    yield f"{indent}{button.get('name')}  {does}".rstrip()
    below = button.get("sub_button")
    for one in below if isinstance(below, list) else ():
        yield from _lines(one, indent + "  ")
