"""Names of people in a message, by what stands before or behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦"
    "付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦"
    "俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦"
)
_DOUBLE = "欧阳|上官|司马|诸葛|皇甫|尉迟|夏侯|慕容|令狐|司徒|东方|公孙"
_FAMILY = rf"(?:(?:{_DOUBLE})|[{_SURNAMES}])"
_GIVEN = r"[\u4e00-\u9fff]{1,2}"
_INTRODUCED = re.compile(
    r"(?:我的?名字(?:是|叫)|(?:我|他|她|俺|咱|妈|爸|爹|娘|娃|儿子|女儿|闺女|孩子|宝宝|老公|老婆|媳妇|爷爷|奶奶|"
    r"本人|人)(?:名字)?叫做?|"
    r"姓名(?:是|为|叫)?[：:]?|名字(?:是|叫|为)[：:]?|名字[：:]|(?:我|"
    r"本人)是(?=[\u4e00-\u9fff]{2,3}[，,]?(?:身份证|__ID__|电话|手机)))"
    rf"(?P<name>{_FAMILY}{_GIVEN}?(?:·{_GIVEN})?)"
    r"(?<![要该想能交缴])(?=$|[，。？！；、\n的是住在家今身电要该想能交缴，]|__|\d|\s)"
)
_NO_GIVEN = "[的了没有家还也都要能再不是]|[今明去前]年|大队|村|政府|社区"
_PAYS = r"(?:[交缴买]|参保|续保)(?:了?费|了?钱|了?医保|了?保险)?"
_LOOKED_UP = re.compile(
    r"(?:^|[，。？！；、\n ]|请问|[问查看](?:一下|一哈|下|查|看)?|那|[村队组]里?的?)"
    rf"(?P<name>{_FAMILY}(?:(?!{_NO_GIVEN})[\u4e00-\u9fff]){{1,2}}?)"
    r"(?:[和跟与]我|一?家|他|她|[今明去前]年|\d{2,4}年度?)*的?"
    r"(?:居民医保|医保|农合|合医|新农合|合作医疗|医疗保险|社保|保险|保费|钱|费用?)?(?:今年|\d{4}年)?(?:已经|到底)?"
    rf"(?:{_PAYS}(?:[了过上]|好了|成功)?(?:没有?|吗|么|了不)|有没有{_PAYS}|[交缴]没[交缴]|参没参保|"
    r"的?(?:医保|参保|[缴交]费|社保)(?:记录|状态|情况|信息|档案)(?!表))"
)
"""李建国交了吗, 查一下王芳的缴费记录: whose record is asked for."""
_NO_NAMES = re.compile(
    "什么|高龄|任何|不对|全名|安全|成功|常用|白交|文件|马上|金额|单位|农合|农保|万一|方才|向来|时间|费用|常年|连续|"
    "尚未|严格|关键|施行|毕业|毕业生|管理|房产|农民|农民工|司机|古稀|路费|包括|成人|成年|成年人|安徽|江苏|江西|江苏省|"
    "安徽省|何时|石油|金融|柴油|学费|方便|童年|童子|解约|解除|易地|温馨|程序|章程|顾客|项目|车险|路上|盛世|简单|文化|"
    "武警|白天|尤其|万分|余下|余额|余款"
)


def names_in(text: str) -> Iterator[tuple[int, str]]:
    """Where each name begins, and the name."""
    seen: set[int] = set()
    for pattern in (_INTRODUCED, _LOOKED_UP):
        for match in pattern.finditer(text):
            start, name = match.start("name"), match["name"]
            if start not in seen and not _NO_NAMES.fullmatch(name):
                seen.add(start)
                yield start, name
