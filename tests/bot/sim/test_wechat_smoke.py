from __future__ import annotations
from developer import Developer
import pytest
from bot.sim.listening import listening
from bot.sim.wechat.account import Mode, SimAccount
from bot.sim.wechat.platform import WeChatPlatform
import httpx

@pytest.mark.parametrize("mode", list(Mode))
async def test_a(mode):
    account = SimAccount(mode=mode)
    dev = Developer(account)
    async with listening(dev.app()) as url, WeChatPlatform(account, url + "/wechat", patience=0.5) as p:
        assert await p.verify() is None
        w = p.follower()
        d = await w.says("你好]]>")
        print(d)
        dev.says = lambda m: "好"
        d = await w.says("你好]]>")
        assert d.text == "好"
        await w.follows("town"); await w.scans("x"); await w.speaks("a"); await w.sends_image(); await w.sends_location(33.1, 116.2, "濉溪"); await w.accepts("x"); await w.unfollows()
        print(w.screen)
        seen = await p.storm([w.text(str(i)) for i in range(50)], .2, .05)
        assert len(seen) == 50
        async with httpx.AsyncClient(base_url=p.api_url, trust_env=False) as c:
            r = (await c.post("/cgi-bin/stable_token", json={"grant_type":"client_credential","appid":account.app_id,"secret":account.secret})).json()
            print(r)
            r=(await c.post("/cgi-bin/message/custom/send", params=r and {"access_token": r["access_token"]}, json={"touser": w.openid, "msgtype":"text","text":{"content":"x"}})).json()
            print(r)
