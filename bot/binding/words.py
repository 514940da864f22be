"""What the binding conversation says; nothing here repeats a name in full or any part of an ID number."""

from __future__ import annotations

from bot.audit.entry import Action
from bot.audit.journal import Look
from bot.binding.tries import A_DAY, BEIJING
from dialogues.wording import day

NOTICE = "2026-11"
"""The version of the notice below; whoever changes its sense gives it a new one."""
AGREE, REFUSE = "同意", "不同意"
UNBIND, WHO = "解除绑定", "谁查过我"


def notice(hotline: str) -> str:
    """The notice that has to be agreed to (个人信息处理告知)."""
    return (
        "绑定之前，请先看这几句\n"
        "为什么要：核对您是谁，才能告诉您自己的参保缴费情况。\n"
        "要什么：姓名和身份证号，只问这一次，只用来和参保档案核对。\n"
        "留什么：只记下这个账号和哪份档案对上了，加密保存；身份证号核对完不留，也不写进聊天记录。\n"
        f"您可以：随时发“{UNBIND}”删掉绑定和聊天记录；发“{WHO}”看谁查过您的档案。不绑定也能问政策。\n"
        "未满14岁的孩子，由监护人绑定自己的，再问孩子的。\n"
        f"有疑问可以打医保热线{hotline}。同意吗？\n"
        f"1. {AGREE}\n2. {REFUSE}"
    )


def ask_name() -> str:
    """The second message."""
    return "请发您的姓名\n和身份证上写的一样，只发名字就行。不想办了，回复“取消”。"


def ask_number() -> str:
    """The third message: why the number is asked for."""
    return (
        "请发您的身份证号，只要这一次\n"
        "为什么要：同名的人多，只凭姓名认不准。号码只用来核对，核对完就不留，我也不会再念给您听。\n"
        "不想办了，回复“取消”。"
    )


def no_name(why: str | None = None) -> str:
    """What was sent is no name."""
    return f"没看出来是姓名\n{f'{why}。' if why else ''}请只发姓名，比如“李四”；不想办了，回复“取消”。"


def no_number(why: str | None = None) -> str:
    """What was sent is no ID number."""
    return f"身份证号不对，请再核对一遍\n{why or '要18位，最后一位可能是X'}。请把号码重新发一次；不想办了，回复“取消”。"


def not_matching(left: int, hotline: str) -> str:
    """The one answer for an unknown number and for another name."""
    more = f"今天还可以试{left}次，要再试，请先发姓名；" if left else "今天的次数用完了，请明天再试；"
    return (
        "姓名和身份证号没有对上\n"
        "可能是写错了一个字，也可能档案里还没有您的登记。\n"
        f"{more}也可以带身份证到村（居）委会、乡镇医保窗口查，或打医保热线{hotline}。"
    )


def no_more_tries(hotline: str) -> str:
    """The tries of the day are used up."""
    return (
        "今天核对的次数用完了\n"
        f"为了防止别人乱试，一天最多核对{A_DAY}次。请明天再试，或带身份证到村（居）委会、乡镇医保窗口，也可以打医保热线{hotline}。"
    )


def for_guardians(hotline: str) -> str:
    """The number is that of a child under fourteen."""
    return (
        "这是未满14岁孩子的号码\n"
        "孩子的档案由监护人来查：请爸爸、妈妈或别的监护人绑定自己的，再问“我娃交了吗”。\n"
        f"查不到孩子的，请带户口本到村（居）委会登记监护关系，或打医保热线{hotline}。"
    )


def bound(shown: str) -> str:
    """It is done."""
    return (
        f"绑定好了：{shown}\n"
        "现在可以直接问：我交了吗、我今年该交多少、我娃交了吗、待遇哪天开始。\n"
        "身份证号没有留。刚才带号码的那条消息，您可以在自己手机上删掉。\n"
        f"看谁查过您的档案，发“{WHO}”；不想绑了，发“{UNBIND}”。"
    )


def bound_already() -> str:
    """The account has a binding."""
    return f"这个账号已经绑定过了\n可以直接问：我交了吗、我今年该交多少。想换成别人的，先发“{UNBIND}”。"


def too_many(most: int) -> str:
    """The record is bound to as many accounts as it may be."""
    return (
        f"这份档案已经绑了{most}个账号，不能再绑\n"
        f"请在用不着的那个账号里发“{UNBIND}”，再回来绑。要是您没有绑过那么多，请尽快到乡镇医保窗口查一下。"
    )


def unbound() -> str:
    """The binding is gone."""
    return "已经解除绑定\n绑定和刚才的聊天记录都删掉了。以后想查，再发“绑定”就行。"


def nothing_bound() -> str:
    """There is no binding to undo, or nobody's looks to list."""
    return "这个账号还没有绑定\n要查自己的参保缴费情况，先发“绑定”。"


def stopped() -> str:
    """The resident does not go on."""
    return "好的，不绑定了\n刚才发的都没有留。政策上的问题照样可以问我；以后想绑，再发“绑定”。"


def agree_first() -> str:
    """Something personal came before the consent."""
    return f"请先别发姓名和身份证号\n要先看告知，同意了再发。回复“1”{AGREE}，回复“2”{REFUSE}。"


def not_here(hotline: str) -> str:
    """The channel may not tell records, so that nothing can be bound to it."""
    return (
        "这里不能绑定，也查不了个人的记录\n"
        "个人的参保缴费情况，这里不能说：这里核实不了您是谁，也为了保护您的信息。请不要在这里发身份证号。\n"
        f"请到县医保的微信公众号里发“绑定”；也可以问村（居）委会，或打医保热线{hotline}。"
    )


def later() -> str:
    """The database does not answer."""
    return "现在办不了，请过一会儿再试\n您发的都没有留。政策上的问题照样可以问我。"


def looks(found: tuple[Look, ...]) -> str:
    """Who saw the record, newest first."""
    if not found:
        return f"还没有别人查过您的档案\n有工作人员或监护人查过，都会记下来；您随时可以发“{WHO}”看。"
    lines = [f"{day(one.at.astimezone(BEIJING).date())}，{who(one.actor)}{_what(one)}。" for one in found[:10]]
    more = f"更早的还有{len(found) - 10}次。" if len(found) > 10 else ""
    return "\n".join(
        [f"查过您档案的，一共{len(found)}次", *lines, *([more] if more else []), "觉得不对，请到乡镇医保窗口问。"]
    )


def who(actor: str) -> str:
    """An actor of the journal in plain words."""
    kind, _, name = actor.partition(":")
    named = {"staff": f"工作人员{name}", "resident": "监护人", "account": "有一个账号"}
    return named.get(kind, "系统管理员")


def _what(look: Look) -> str:
    if look.action == Action.BOUND:
        return "绑定了您的档案"
    done = "导出过" if look.action == Action.EXPORTED else "看过"
    return f"{done}，原因：{look.reason}" if look.reason else done
