"""Personal data in a message: identity numbers, phones, bank cards and names give way to placeholders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric
from stdnum.luhn import checksum

ID, PHONE, CARD, NAME = "__ID__", "__PHONE__", "__CARD__", "__NAME__"
PLACEHOLDER = re.compile(r"__(?:ID|PHONE|CARD|NAME)__")

_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_GAP = r"[ \-_.·，、]{0,2}"
_GROUPED = rf"\d{{6}}{_GAP}(?:\d{{4}}{_GAP}\d{{2}}{_GAP}\d{{2}}|\d{{8}}){_GAP}\d{{3}}{_GAP}[\dXx×*]"
_FREE = r"\d{4,19}(?:[ \-_.·]\d{3,}){0,5}(?:[ \-_.·]?[Xx×])?"
_DAYS = re.compile(r"(?:(?:19|20)\d{6}[ \-_.·]?)+")
_NUMBER = re.compile(rf"(?<![\d.])(?P<id>{_GROUPED}(?!\d)|{_FREE}(?!\d))")
_SAID_ID = re.compile(r"身份证|证件号|身份号码|公民身份")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ \-]?)?1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[ \-—]?[2-8]\d{6,7}(?!\d)|(?<=电话)[：是 ]{0,2}[2-8]\d{6,7}(?!\d)")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦"
    "付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦"
    "俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦"
)
_DOUBLE = "欧阳|上官|司马|诸葛|皇甫|尉迟|夏侯|慕容|令狐|司徒|东方|公孙"
_GIVEN = r"[\u4e00-\u9fff]{1,2}"
_INTRODUCED = re.compile(
    r"(?:我的?名字(?:是|叫)|(?:我|他|她|俺|咱|妈|爸|爹|娘|娃|儿子|女儿|闺女|孩子|宝宝|老公|老婆|媳妇|爷爷|奶奶|"
    r"本人|人)(?:名字)?叫做?|"
    r"姓名(?:是|为|叫)?[：:]?|名字(?:是|叫|为)[：:]?|名字[：:]|(?:我|"
    r"本人)是(?=[\u4e00-\u9fff]{2,3}[，,]?(?:身份证|__ID__|电话|手机)))"
    rf"(?P<name>(?:(?:{_DOUBLE})|[{_SURNAMES}]){_GIVEN}?(?:·{_GIVEN})?)"
    r"(?<![要该想能交缴])(?=$|[，。？！；、\n的是住在家今身电要该想能交缴，]|__|\d|\s)"
)
_NO_NAMES = frozenset({"什么", "高龄", "任何", "不对", "全名", "安全", "成功", "常用", "白交", "文件"})


@dataclass(frozen=True)
class Screened:
    """A text with placeholders, the raw values they stand for in order, and whether an identity number is wrong."""

    text: str
    values: tuple[str, ...] = ()
    bad_id: bool = False


def is_identity_number(number: str, today: date) -> bool:
    """Whether a resident identity number (GB 11643, 18 or the old 15 digits) can be real, issued until `today`.

    County codes that were abolished or never listed pass, and so do 81, 82 and 83 (Hong Kong, Macau, Taiwan residents).
    """
    number = number.upper()
    if len(number) == 15 and number.isdecimal():
        number = f"{number[:6]}19{number[6:]}"
        number += ric.calc_check_digit(number + "0")
    if not re.fullmatch(r"\d{17}[\dX]", number) or not _PROVINCES.match(number):
        return False
    try:
        born = ric.get_birth_date(number)
    except ric.InvalidComponent:
        return False
    return date(1870, 1, 1) <= born <= today and ric.calc_check_digit(number) == number[-1]


def screen(text: str, today: date) -> Screened:
    """The text without identity numbers, phones, bank cards and introduced names."""
    return _Screening(text, today).result()


class _Screening:
    """One pass over one text: finds the values, keeps them in the order of their places."""

    def __init__(self, text: str, today: date) -> None:
        self._text, self._today = text, today
        self._found: list[tuple[int, int, str]] = []
        self._bad_id = False

    def result(self) -> Screened:
        for match in _NUMBER.finditer(self._text):
            self._long_number(match)
        for pattern in (_MOBILE, _LANDLINE):
            for match in pattern.finditer(self._text):
                self._add(match.start(), match.end(), PHONE)
        self._found.sort()
        text, values = self._replaced(self._text)
        return self._names(text, values)

    def _long_number(self, match: re.Match[str]) -> None:
        digits = re.sub(r"[^\dXx×*]", "", match.group()).upper().replace("×", "X").replace("*", "X")
        if not 14 <= len(digits) <= 19 or _DAYS.fullmatch(match.group()):
            return
        said = bool(_SAID_ID.search(self._text[max(0, match.start() - 12) : match.start()]))
        if is_identity_number(digits, self._today):
            self._add(*match.span(), ID)
        elif not said and 16 <= len(digits) <= 19 and digits.isdecimal() and checksum(digits) == 0:
            self._add(*match.span(), CARD)
        elif said or len(digits) in (15, 17, 18) or "X" in digits:
            self._bad_id = True
            self._add(*match.span(), ID)
        else:
            self._add(*match.span(), CARD)

    def _add(self, start: int, end: int, placeholder: str) -> None:
        if all(end <= a or start >= b for a, b, _ in self._found):
            self._found.append((start, end, placeholder))

    def _replaced(self, text: str) -> tuple[str, list[tuple[int, str]]]:
        parts: list[str] = []
        values: list[tuple[int, str]] = []
        position = length = 0
        for start, end, placeholder in self._found:
            parts += [text[position:start], placeholder]
            values.append((length + start - position, text[start:end]))
            length += start - position + len(placeholder)
            position = end
        return "".join(parts) + text[position:], values

    def _names(self, text: str, values: list[tuple[int, str]]) -> Screened:
        """Names come last: what introduces one may stand beside a number."""
        found = [(m.start("name"), m.group("name")) for m in _INTRODUCED.finditer(text) if m["name"] not in _NO_NAMES]
        for start, name in reversed(found):
            text = text[:start] + NAME + text[start + len(name) :]
        ordered = sorted([*values, *found])
        return Screened(text, tuple(value.strip(" ：是") for _, value in ordered), self._bad_id)
