"""`canbao sim wechat` and `canbao sim telegram`: the platforms on this machine, to type into."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands.options import stderr

if TYPE_CHECKING:
    from bot.sim.wechat.account import SimAccount

app = typer.Typer(
    no_args_is_help=True,
    help="Stand-ins for the servers of WeChat and Telegram, to try the bot by hand.\n\n"
    "Example: canbao sim wechat --callback http://127.0.0.1:8080/wechat/demo",
)


@app.command()
def wechat(
    callback: Annotated[str, typer.Option(help="The bot's address, as it would be set at mp.weixin.qq.com.")] = (
        "http://127.0.0.1:8080/wechat/demo"
    ),
    mode: Annotated[
        Literal["plain", "compatible", "safe"], typer.Option(help="How messages travel (消息加解密方式).")
    ] = "safe",
    token: Annotated[str | None, typer.Option(help="Token (default: the simulator's own).")] = None,
    aes_key: Annotated[str | None, typer.Option(help="EncodingAESKey (default: the simulator's own).")] = None,
    app_id: Annotated[str | None, typer.Option(help="AppID (default: the simulator's own).")] = None,
    secret: Annotated[str | None, typer.Option(help="AppSecret (default: the simulator's own).")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of its API and its page; 0: a free one.")] = 8090,
    patience: Annotated[
        float, typer.Option(min=0.05, max=60, help="Seconds until it delivers again (5 in truth).")
    ] = 5,
) -> None:
    """Plays WeChat: type a message, or a line such as /关注, /语音 or /菜单; a page like a phone is at the port.

    Example: canbao sim wechat --callback http://127.0.0.1:8080/wechat/demo --mode safe
    """
    from bot.sim.wechat.account import Mode, SimAccount

    own = SimAccount()
    account = SimAccount(
        mode=Mode(mode),
        token=token or own.token,
        aes_key=aes_key or own.aes_key,
        app_id=app_id or own.app_id,
        secret=secret or own.secret,
    )
    _checked(account)
    asyncio.run(_wechat(account, callback, port, patience))


@app.command()
def telegram(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the Bot API; 0: a free one.")] = 8091,
    token: Annotated[str | None, typer.Option(help="The bot's token (default: the simulator's own).")] = None,
) -> None:
    """Plays Telegram: type a message, the number of a button, or /edit, /photo, /block; the bot comes by polling or webhook.

    Example: canbao sim telegram --port 8091
    """
    from bot.sim.telegram.server import TOKEN

    asyncio.run(_telegram(token or TOKEN, port))


def _checked(account: SimAccount) -> None:
    """Refuses what no account can have. Raises WrongUsage."""
    from bot.errors import WrongUsage

    if len(account.aes_key) != 43 or not account.aes_key.isalnum():
        raise WrongUsage("--aes-key: an EncodingAESKey has 43 letters and digits")
    if not (3 <= len(account.token) <= 32 and account.token.isalnum()):
        raise WrongUsage("--token: a Token has 3 to 32 letters and digits")


async def _wechat(account: SimAccount, callback: str, port: int, patience: float) -> None:
    from bot.sim.typing import read_lines
    from bot.sim.wechat.page import WeChatPage
    from bot.sim.wechat.phone import Phone

    async with WeChatPage(account, callback, patience, port) as platform:
        stderr.print(f"page: {platform.api_url}/", markup=False, soft_wrap=True)
        stderr.print(f"for the bot: {_settings(account, callback, platform.api_url)}", markup=False, soft_wrap=True)
        if wrong := await platform.verify():
            stderr.print(f"the bot does not verify this address yet: {wrong}", markup=False, soft_wrap=True)
        await read_lines(Phone(platform).hear, platform.person.screen)


def _settings(account: SimAccount, callback: str, api: str) -> str:
    """What the bot is to be started with; secrets that were given are not shown again."""
    own = type(account)()
    shown = {
        "name": callback.rstrip("/").rpartition("/")[2],
        "app_id": account.app_id,
        "secret": account.secret if account.secret == own.secret else "…",
        "token": account.token if account.token == own.token else "…",
        "aes_key": account.aes_key if account.aes_key == own.aes_key else "…",
        "mode": str(account.mode),
        "region": "濉溪县",
    }
    return f"CANBAO_WECHAT_API={api} CANBAO_WECHAT_ACCOUNTS='{json.dumps([shown], ensure_ascii=False)}'"


async def _telegram(token: str, port: int) -> None:
    from bot.sim.telegram.server import TelegramServer
    from bot.sim.telegram.terminal import Terminal
    from bot.sim.typing import read_lines

    async with TelegramServer(token, port) as server:
        stderr.print(
            f"for the bot: CANBAO_TELEGRAM_API={server.api_url} CANBAO_TELEGRAM_TOKEN={token}",
            markup=False,
            soft_wrap=True,
        )
        terminal = Terminal(server)
        await read_lines(terminal.hear, terminal.screen)
