"""What the bot says on Telegram beside the answers, in plain Chinese."""

from __future__ import annotations

WELCOME = (
    "您好，我是居民医保的问答助手，只讲公开的政策，每个答案都写明依据哪份文件哪一条。\n"
    "可以这样问：\n"
    "· 今年医保交多少钱\n"
    "· 哪天截止\n"
    "· 刚生的娃多少天内办\n"
    "先发 /place 加县（区）的名字，例如：/place 濉溪县\n"
    "请不要在这里发身份证号、姓名。个人的参保缴费记录这里查不了。"
)
HELP = (
    "直接打字提问就行，有按钮可以点按钮，也可以回复数字。\n"
    "/place 县名　说明您是哪里的，例如：/place 濉溪县\n"
    "/start　从头开始\n"
    "在群里：@我，或者回复我的消息，我才答。\n"
    "请不要发身份证号和证件照片。"
)
COMMANDS = (("start", "从头开始"), ("place", "说明您是哪个县（区）的"), ("help", "怎么用"))
"""What Telegram lists beside the field to type in."""
GROUP_WELCOME = "大家好，我答居民医保的政策问题。在群里请 @我，或者回复我的消息来问。请不要在群里发身份证号。"
ASK_PLACE = "请问您是哪个县（区）的？点一个，或者发 /place 加县（区）的名字。"
PLACE_KEPT = "好，按{name}的规定来答。请问吧。"
PLACE_UNKNOWN = "我不认识“{given}”这个地方。请写县（区）的全名，例如：/place 濉溪县"
FAILED = "程序出了点问题，这句没答上来。请换个说法再问，或打医保热线。"
PAST = "这些选项已经过去了，请直接打字再问。"
NOT_YOURS = "这是别人问的。您要问，请 @我。"
RECORD_ABROAD = (
    "个人记录不能在这里查\n"
    "Telegram的服务器在国外，个人的参保信息按法律要留在国内，所以这里只讲公开的政策。\n"
    "要查本人交没交、交了多少：请到本县医保的微信公众号，绑定本人后查；或者带身份证去村（居）委会、医保窗口查；"
    "也可以打医保热线{hotline}。\n"
    "请不要在这里发身份证号。"
)
REMIND_ABROAD = (
    "缴费提醒这里发不了\n"
    "提醒要看个人的参保记录，个人记录按法律要留在国内，Telegram的服务器在国外。\n"
    "请到本县医保的微信公众号，绑定本人后发“提醒我”。"
)

_PICTURE = "图片我看不了，也不会保存。请打字问；请不要发身份证、户口簿的照片。"
_VOICE = "语音我听不了。请打字问，或者用输入法把话变成字再发。"
_FILE = "文件我打不开。请打字问；请不要发有身份证号的文件。"
_MAP = "地图位置我看不懂。请直接打县（区）的名字，例如：濉溪县"
_CONTACT = "电话名片我用不上，也不会保存。请打字问。"
OTHER = "这个我看不懂，请打字问。例如：今年医保交多少钱"

KINDS = {
    "photo": _PICTURE,
    "video": _PICTURE,
    "video_note": _PICTURE,
    "animation": _PICTURE,
    "voice": _VOICE,
    "audio": _VOICE,
    "document": _FILE,
    "location": _MAP,
    "venue": _MAP,
    "contact": _CONTACT,
    "sticker": OTHER,
    "dice": OTHER,
    "poll": OTHER,
}
"""What is answered to a message that is no text, by its kind in the Bot API."""
