"""`canbao wechat`: an official account's menu, the QR codes of towns, and whether the account is set right."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.errors import WrongUsage

if TYPE_CHECKING:
    from bot.channels.wechat.account import WechatAccount
    from bot.channels.wechat.api import WechatApi
    from bot.settings import Settings

app = typer.Typer(no_args_is_help=True, help="WeChat official accounts (微信公众号).\n\nExample: canbao wechat check")
menu = typer.Typer(no_args_is_help=True, help="An account's menu.\n\nExample: canbao wechat menu push")
app.add_typer(menu, name="menu")

Account = Annotated[
    str | None, typer.Argument(help="The account's name in the settings; not needed where there is one only.")
]


@app.command()
def check(account: Account = None) -> None:
    """Fetches an access token, which proves app id, secret and IP whitelist, and shows the address to enter on the platform.

    Example: canbao wechat check
    """
    from bot.channels.wechat.account import accounts_found
    from bot.settings import Settings

    settings = Settings.found()
    for one in accounts_found(settings) if account is None else (_account(settings, account),):
        _known_region(one.region)
        asyncio.run(_check(settings, one))
        print(f"{one.name}: the platform gives a token for {one.app_id}; region {one.region}, mode {one.mode}")
        print(f"{one.name}: 服务器地址(URL): https://YOUR-DOMAIN/wechat/{one.name}")
    if not accounts_found(settings):
        raise WrongUsage(_NONE)


@menu.command("push")
def push(account: Account = None) -> None:
    """Replaces the account's menu on the platform by the one in the settings; residents see it within a day.

    Example: canbao wechat menu push
    """
    from bot.settings import Settings

    settings = Settings.found()
    one = _account(settings, account)
    asyncio.run(_push(settings, one))
    print(f"{one.name}: the menu is on the platform; 手机上取消关注再关注，马上能看到")


@menu.command("show")
def show(account: Account = None) -> None:
    """Shows the menu that is on the platform now.

    Example: canbao wechat menu show
    """
    from bot.settings import Settings

    settings = Settings.found()
    one = _account(settings, account)
    lines = asyncio.run(_shown(settings, one))
    print("\n".join(lines) if lines else f"{one.name}: no menu on the platform; push one by canbao wechat menu push")


@app.command()
def qrcode(
    town: Annotated[str, typer.Argument(help="A town of the account's county, by name or code.")],
    account: Account = None,
    days: Annotated[
        int | None,
        typer.Option(min=1, max=30, help="Makes a code that ends after so many days (default: a lasting one)."),
    ] = None,
) -> None:
    """Makes the QR code of a town: whoever follows or scans by it is answered for that town.

    Example: canbao wechat qrcode 刘桥镇
    """
    from bot.settings import Settings

    settings = Settings.found()
    one = _account(settings, account)
    code, name = _town(town, one.region)
    ticket, url = asyncio.run(_qrcode(settings, one, code, days))
    print(f"{name} {code}")
    print(f"picture: https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket={ticket}")
    print(f"content: {url}")


_NONE = "no official account is set; set CANBAO_WECHAT_FILE, see docs/wechat.zh-CN.md"


def _account(settings: Settings, name: str | None) -> WechatAccount:
    """The account of this name, or the only one. Raises WrongUsage."""
    from bot.channels.wechat.account import accounts_found

    accounts = {one.name: one for one in accounts_found(settings)}
    if not accounts:
        raise WrongUsage(_NONE)
    if name is None and len(accounts) == 1:
        return next(iter(accounts.values()))
    if name is None or name not in accounts:
        said = "which account?" if name is None else f"no account is named {name};"
        raise WrongUsage(f"{said} give one of: {', '.join(accounts)}")
    return accounts[name]


def _known_region(name: str) -> str:
    from bot import composition
    from bot.assistant import region_code

    return region_code(composition.knowledge(), name)


def _town(name: str, region: str) -> tuple[str, str]:
    """Code and name of a known town of the account's county. Raises WrongUsage."""
    from bot import composition

    regions = composition.knowledge().regions
    county = _known_region(region)
    named = (regions[name],) if name in regions else regions.named(name)
    if not named:
        named = tuple(one for match in regions.find_in(name, within=county) for one in match.candidates)
    inside = [one for one in named if regions.contains(county, one.code)]
    if len(inside) != 1:
        what = "no such town is known" if not inside else "several towns have this name"
        raise WrongUsage(f"{name}: {what} in {regions[county].name} {county}; give one that the notice's annex names")
    if len(inside[0].code) > _SCENE:
        raise WrongUsage(f"{name}: its code {inside[0].code} is longer than the platform's {_SCENE} characters")
    return inside[0].code, inside[0].name


_SCENE = 64
_DAY = 86400


@asynccontextmanager
async def _calling(settings: Settings) -> AsyncIterator[WechatApi]:
    """The platform's API, with the tokens that the service uses as well."""
    import logging
    import uuid

    from bot.channels.wechat.api import WechatApi
    from bot.channels.wechat.service import utc_now
    from bot.channels.wechat.token import AccessTokens
    from bot.secrets.opening import open_secrets
    from bot.store.database import open_database

    # what goes wrong is told once, as the command's own line
    logging.getLogger("bot.channels.wechat").setLevel(logging.ERROR)
    async with AsyncExitStack() as stack:
        database = await open_database(settings.database_url)
        stack.push_async_callback(database.dispose)
        secrets = await open_secrets(database, settings)
        tokens = AccessTokens(database, secrets, uuid.uuid4().hex, utc_now)
        yield await stack.enter_async_context(WechatApi(tokens, settings.wechat_api))


async def _check(settings: Settings, account: WechatAccount) -> None:
    async with _calling(settings) as api:
        await api.check(account)


async def _push(settings: Settings, account: WechatAccount) -> None:
    async with _calling(settings) as api:
        await api.call(account, "menu/create", account.menu.shape())


async def _shown(settings: Settings, account: WechatAccount) -> list[str]:
    from bot.channels.wechat.codes import NO_MENU
    from bot.channels.wechat.menu import lines_of
    from bot.errors import WechatRefused

    async with _calling(settings) as api:
        try:
            return lines_of(await api.call(account, "menu/get"))
        except WechatRefused as error:
            if error.code == NO_MENU:
                return []
            raise


async def _qrcode(settings: Settings, account: WechatAccount, code: str, days: int | None) -> tuple[str, str]:
    from urllib.parse import quote

    body: dict[str, object] = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": code}}}
    if days is not None:
        body |= {"action_name": "QR_STR_SCENE", "expire_seconds": days * _DAY}
    async with _calling(settings) as api:
        answer = await api.call(account, "qrcode/create", body)
    return quote(str(answer.get("ticket", "")), safe=""), str(answer.get("url", ""))
