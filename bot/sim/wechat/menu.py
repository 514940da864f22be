"""The custom menu (自定义菜单): what menu/create accepts."""

from __future__ import annotations

from bot.sim.wechat.faults import ApiError

TOP, SUB = 3, 5
TOP_NAME, SUB_NAME = 16, 60
"""Bytes of a button's name."""
KEY, URL = 128, 1024
_KEYED = frozenset(
    {
        "click",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
    }
)


def checked(body: dict[str, object]) -> list[object]:
    """The buttons of a menu. Raises ApiError with the code of what is wrong."""
    buttons = body.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= TOP:
        raise ApiError(40016)
    for button in buttons:
        _button(button, TOP_NAME, top=True)
    return buttons


def _button(button: object, longest: int, top: bool) -> None:
    if not isinstance(button, dict):
        raise ApiError(47001)
    name = button.get("name")
    if not isinstance(name, str) or not 0 < len(name.encode()) <= longest:
        raise ApiError(40018, str(name))
    subs = button.get("sub_button")
    if subs:
        if not top or not isinstance(subs, list) or len(subs) > SUB:
            raise ApiError(40023)
        for one in subs:
            _button(one, SUB_NAME, top=False)
        return
    _action(button)


def _action(button: dict[str, object]) -> None:
    kind = button.get("type")
    if kind in _KEYED:
        _sized(button.get("key"), KEY, 40019)
    elif kind in ("view", "miniprogram"):
        _sized(button.get("url"), URL, 40020)
    else:
        raise ApiError(40017)


def _sized(value: object, longest: int, code: int) -> None:
    if not isinstance(value, str) or not 0 < len(value.encode()) <= longest:
        raise ApiError(code)
