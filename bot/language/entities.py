# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""Things a customer names: order number, phone, e-mail, amount of money, date, a person of the staff, a store; and the remedy wished."""

import re
from typing import Any, Dict, List, Optional

from spacy.language import Language
from spacy.tokens import Doc

from bot.language.numerals import CHINESE, DIGITS, value_of
from bot.language.plain import plain
from bot.language.remedy import remedy_of

if not Doc.has_extension("entities"):
    Doc.set_extension("entities", default=None)

_ORDER = re.compile(r"(?<![a-z0-9])hs[\s\-_#:.]{0,2}(\d{6})(?!\d)")
_BARE_ORDER = re.compile(r"(?<![\da-z])(\d{6})(?!\d)")
_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+\-]{0,63}@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,4}")
_PHONE = re.compile(
    r"(?<![\d.])(?:\+?\d{1,3}[\s-]?)?(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|09\d{2}[\s-]?\d{3}[\s-]?\d{3}"
    r"|\(?0\d{1,3}\)?[\s-]?\d{3,4}[\s-]?\d{4}|[2-9]\d{3}[\s-]\d{4}|\(?\d{3}\)?[\s-]\d{3}[\s-]\d{4})(?![\d.])"
    r"|(?<![\d.])\+\d{8,14}(?!\d)"
)
_THOUSANDS = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?"
_SUM = rf"({_THOUSANDS}|{DIGITS}|{CHINESE})"
_AMOUNTS = (
    re.compile(rf"(?:[¥$€£]|nt\$|hk\$|us\$|\b(?:rmb|cny|usd|hkd|twd|ntd)\b)\s?{_SUM}"),
    re.compile(
        rf"{_SUM}\s?(?:元|块钱?(?!地|蛋糕|肉)|人民币|港币|港元|台币|美元|美金|蚊|刀(?!叉)|rmb\b|cny\b|usd\b|hkd\b|twd\b|ntd\b)"
    ),
    re.compile(rf"({_THOUSANDS}|{DIGITS})\s?(?:dollars?|bucks?|yuan|pounds?|euros?)\b"),
)
_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_DATE = re.compile(
    rf"\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}[日号]?|(?:\d{{1,2}}|{CHINESE})月(?:\d{{1,2}}|{CHINESE})[日号]?"
    rf"|\b(?:{_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTHS})\b"
    r"|大前天|前天|昨[天晚日]|今[天早晚日]|明[天晚早日]|后天|上个?(?:周|星期|礼拜)[一二三四五六日天]|上周末|上个?(?:周|星期|礼拜|月)"
    r"|\b(?:yesterday|today|tonight|tomorrow|last (?:night|week|month|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b"
)
_SURNAME = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧"
_ROLE = r"(?:服务员|客服(?:专员)?|店员|店长|师傅|收银员?|导购|经理|骑手|快递员|外卖员|外送员|配送员|司机|销售|顾问|专员|柜台|前台|同事|美容师|发型师|技师|员工|职员)"
_STAFF_ZH = re.compile(
    rf"(?:叫|名叫|是)?{_ROLE}(?:叫|是|,)?((?:小(?!心|时|姐|孩|朋|吃|票|费|伙|声|事|区|气)|阿|老(?!是|板|师|人|公|婆|早|实))[\u4e00-\u9fff]|[{_SURNAME}](?:先生|小姐|女士|师傅|经理|店长|哥|姐)"
    rf"|[{_SURNAME}][\u4e00-\u9fff]{{1,2}}(?=[很太真特非态服帮,，。!！、]|$))"
    rf"|((?:小|阿|老)[{_SURNAME}](?={_ROLE})|(?:小|阿|老)?[{_SURNAME}](?:师傅|经理|店长|主管|小姐|先生|女士|姐|哥))"
)
_EN_ROLE = r"(?:waiter|waitress|server|barista|cashier|agent|manager|technician|driver|clerk|receptionist|assistant|rep|representative|staff member|employee|courier|supervisor|associate)"
_STAFF_EN = (
    re.compile(rf"\b{_EN_ROLE},?\s(?:named\s|called\s)?([A-Z][a-z]{{1,15}})\b"),
    re.compile(
        rf"\b([A-Z][a-z]{{1,15}})(?:,?\s(?:the|our|your|my|a)\s(?:\w{{1,12}}\s)?{_EN_ROLE}|\s(?:at|from|behind|in)\s(?:the\s)?(?:\w{{1,12}}\s)?(?:desk|counter|reception|till|checkout|support|service|front|register))\b"
    ),
    re.compile(r"\b(?:served|helped|assisted) by ([A-Z][a-z]{1,15})\b"),
    re.compile(r"\b(?:named|called) ([A-Z][a-z]{1,15})\b"),
)
_NOT_NAMES = frozenset(
    [
        "The",
        "This",
        "That",
        "My",
        "Your",
        "Our",
        "It",
        "He",
        "She",
        "They",
        "Staff",
        "Service",
        "Someone",
        "Nobody",
        "Everyone",
        "And",
        "But",
        "Customer",
        "People",
        "Food",
    ]
)
_STORE_ZH = re.compile(
    r"([\u4e00-\u9fff]{2,6}(?:旗舰店|分店|门店|专卖店|门市|分公司|营业厅|广场店|路店|街店|站店))(?!员|长|里人)"
)
_STORE_CUT = re.compile(r"^.*(?:在|去|到|的|是|你们|这家|那家|这个|我们|了|给|从|于)")
_STORE_EN = re.compile(
    r"\b(?:at|in|from|to) (?:the |your )?((?:[A-Z][\w'’]{1,20}\s){1,3}(?:store|branch|shop|outlet|location))\b"
)


def entities_of(text: str, expecting: Optional[str] = None, form: Optional[str] = None) -> Dict[str, Any]:
    """What is named in `text`, each at most once (the first). `amount` is a number, everything else a string.

    expecting: "order" makes a bare number of six digits an order number.
    """
    form = plain(text) if form is None else form
    found: Dict[str, Any] = {}
    order = _ORDER.search(form) or (_BARE_ORDER.search(form) if expecting == "order" else None)
    if order:
        found["order_id"] = f"HS{order.group(1)}"
        form = form[: order.start()] + "_" * len(order.group()) + form[order.end() :]
    for key, pattern in (("email", _EMAIL), ("phone", _PHONE), ("date", _DATE)):
        match = pattern.search(form)
        if match:
            found[key] = _normal(key, text[match.start() : match.end()], match.group())
    named = {
        "amount": _amount(form),
        "staff": _staff(text, form),
        "store": _store(text, form),
        "remedy": remedy_of(form),
    }
    found.update({key: value for key, value in named.items() if value is not None})
    return found


def _normal(key: str, said: str, form: str) -> str:
    if key == "phone":
        return re.sub(r"[^\d+]", "", form)
    return form if key == "email" else said


def _amount(form: str) -> Optional[float]:
    for pattern in _AMOUNTS:
        match = pattern.search(form)
        if match:
            return value_of(match.group(1).replace(",", ""))
    return None


def _staff(text: str, form: str) -> Optional[str]:
    match = _STAFF_ZH.search(form)
    if match:
        start, end = match.span(1) if match.group(1) else match.span(2)
        return text[start:end]
    names: List[str] = [match.group(1) for pattern in _STAFF_EN for match in [pattern.search(text)] if match]
    return next((name for name in names if name not in _NOT_NAMES), None)


def _store(text: str, form: str) -> Optional[str]:
    match = _STORE_ZH.search(form)
    if match:
        start, end = match.span(1)
        cut = _STORE_CUT.match(form[start:end])
        name = text[start + (cut.end() if cut else 0) : end]
        return name if len(name) > 3 else None
    english = _STORE_EN.search(text)
    return english.group(1) if english else None


@Language.factory("named", assigns=["doc._.entities"])
def named(nlp: Language, name: str) -> "EntityReader":
    return EntityReader()


class EntityReader:
    """Sets `doc._.entities`."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.entities = entities_of(doc.text, doc._.expecting, doc._.plain)
        return doc
