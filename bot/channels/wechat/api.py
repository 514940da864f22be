"""The platform's API (服务端 API) as the bot calls it: a token, a time limit, few retries, refusals by name."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.channels.wechat import codes
from bot.channels.wechat.account import PLATFORM, WechatAccount
from bot.channels.wechat.token import AccessTokens, Token
from bot.errors import WechatFailed, WechatRefused, WechatSilent

log = logging.getLogger(__name__)

LIMIT = httpx.Timeout(4.0, connect=2.0, pool=2.0)
"""Seconds of one request's parts."""
WHOLE = 4.5
"""Seconds of one request in all; a server may trickle."""
PAUSES = (0.2, 0.8)
"""Seconds before each further try where the platform says it is busy or nothing was sent."""
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_LOOPBACK = ("http://127.", "http://localhost", "http://[::1]")

Answer = Mapping[str, object]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="allow")

    errcode: int = 0
    errmsg: str = ""


class _TokenAnswer(BaseModel):
    access_token: str
    expires_in: float


class WechatApi:
    """Calls for any account; closed by `async with`."""

    def __init__(self, tokens: AccessTokens, base: str = PLATFORM) -> None:
        self._tokens = tokens
        # a stand-in on this machine is not to be looked for through a web proxy
        proxied = not base.startswith(_LOOPBACK)
        self._http = httpx.AsyncClient(base_url=base.rstrip("/"), timeout=LIMIT, trust_env=proxied)

    async def call(self, account: WechatAccount, path: str, body: Answer | None = None, once: bool = False) -> Answer:
        """The answer of /cgi-bin/`path`; POST with a body, else GET.

        `once`: what must not be done twice is not sent again where no answer came. Raises WechatFailed and its kinds.
        """
        pauses = list(PAUSES)
        renewed = False
        while True:
            token = await self._token(account)
            try:
                return await self._request(account, path, body, {"access_token": token.value})
            except WechatRefused as error:
                if error.code in codes.STALE_TOKEN and not renewed:
                    renewed = True
                    await self._tokens.refused(account.name, token)
                elif error.code == codes.BUSY and pauses:
                    await asyncio.sleep(pauses.pop(0))
                else:
                    raise
            except WechatFailed as error:
                if not pauses or (once and isinstance(error, WechatSilent)):
                    raise
                await asyncio.sleep(pauses.pop(0))

    async def check(self, account: WechatAccount) -> None:
        """Fetches a token, which proves app id, secret and IP whitelist. Raises WechatFailed."""
        await self._token(account)

    async def _token(self, account: WechatAccount) -> Token:
        try:
            return await self._tokens.of(account.name, lambda force: self._fetch(account, force))
        except WechatSilent as error:
            # what was to be called was not
            raise WechatFailed(str(error)) from None

    async def _fetch(self, account: WechatAccount, force: bool) -> tuple[str, float]:
        """POST stable_token. Raises WechatFailed."""
        secret = account.secret.get_secret_value()
        asked = {"grant_type": "client_credential", "appid": account.app_id, "secret": secret, "force_refresh": force}
        try:
            found = _TokenAnswer.model_validate(await self._request(account, "stable_token", asked, {}))
        except ValidationError:
            raise WechatFailed(f"account {account.name}: stable_token answered without a token") from None
        except WechatFailed as error:
            log.warning("no access token: %s", error)
            raise
        return found.access_token, found.expires_in

    async def _request(
        self, account: WechatAccount, path: str, body: Answer | None, query: Mapping[str, str]
    ) -> Answer:
        where = f"account {account.name}: {path}"
        try:
            async with asyncio.timeout(WHOLE):
                response = await self._sent(path, body, query)
        except _NOT_SENT as error:
            raise WechatFailed(f"{where}: {self._http.base_url} cannot be reached ({type(error).__name__})") from None
        except (httpx.HTTPError, TimeoutError) as error:
            raise WechatSilent(f"{where}: no answer ({type(error).__name__}), so nobody knows if it was done") from None
        return _read(response, where)

    async def _sent(self, path: str, body: Answer | None, query: Mapping[str, str]) -> httpx.Response:
        if body is None:
            return await self._http.get(f"/cgi-bin/{path}", params=query)
        # Chinese goes out as it is: the platform shows \uXXXX as it stands
        content = json.dumps(body, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        return await self._http.post(f"/cgi-bin/{path}", params=query, content=content, headers=headers)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()


def _read(response: httpx.Response, where: str) -> Answer:
    """The JSON of an answer. Raises WechatRefused for an error code, WechatSilent for what is no answer of the platform's."""
    try:
        # the platform calls its JSON text/plain now and then, so that the type says nothing
        answer = _Answer.model_validate_json(response.content)
    except ValidationError:
        raise WechatSilent(f"{where}: status {response.status_code} and no JSON; is this WeChat's API?") from None
    if answer.errcode:
        raise WechatRefused(answer.errcode, f"{where}: {codes.explained(answer.errcode, answer.errmsg)}")
    return answer.model_dump()
