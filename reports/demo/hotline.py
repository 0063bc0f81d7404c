"""Enquiries of one unit and of the city: new ones, late ones, handed over, handed down, and what others became."""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.models import Household
from employment.editing.enquiry import ENQUIRY_FORM, HOTLINE_FORM
from employment.enquiries.services import Told, move_enquiry
from employment.enums import EnquiryChannel, EnquiryKind
from employment.models import Enquiry, Graduate
from portal.audit import By
from portal.models import User
from reports.demo.clock import as_of
from reports.demo.typing import typed

HOTLINE, VISITOR = EnquiryChannel.HOTLINE, EnquiryChannel.VISITOR
SEEKING, HARDSHIP, OTHER = EnquiryKind.JOB_SEEKING, EnquiryKind.HARDSHIP, EnquiryKind.OTHER


def answer_the_hotline(clerk: User, neighbour: User) -> None:
    """All of it, by the clerks of two units."""
    home = (
        Household.objects.visible_to(clerk).filter(closed_on=None).select_related("worker").order_by("number").first()
    )
    graduate = Graduate.objects.visible_to(clerk).filter(closed_on=None).order_by("pk").first()
    _taken(clerk, 0, (HOTLINE, SEEKING), "谭晓东", _("儿子今年大专毕业，想找机械类工作，请工会帮助推荐岗位。"))
    _taken(clerk, 1, (VISITOR, HARDSHIP), "傅玉兰", _("本人下岗，女儿今年考上本科，第一年学费有困难。"))
    known = {"id_number": home.worker.id_number}
    _taken(clerk, 10, (HOTLINE, HARDSHIP), home.worker_name, _("来电询问今年的助学申请何时开始。"), **known)
    became = _taken(clerk, 20, (HOTLINE, HARDSHIP), home.worker_name, _("家中有人患病，请求帮扶。"), **known)
    move_enquiry(became, "file", by=By(clerk), told=Told(record=home))
    became = _taken(clerk, 15, (HOTLINE, SEEKING), graduate.name, _("毕业后尚未就业，请求帮助。"))
    move_enquiry(became, "help", by=By(clerk), told=Told(_("已列入就业帮扶"), graduate))
    asked = _taken(clerk, 5, (HOTLINE, OTHER), "曹文博", _("咨询工会会员服务卡如何办理。"))
    move_enquiry(asked, "answer", by=By(clerk), told=Told(_("已电话告知办理地点和所需材料。")))
    strayed = _taken(neighbour, 2, (HOTLINE, HARDSHIP), "沈惠珍", _("工伤在家休养，两个孩子上学有困难。"))
    words = _("本人单位在贵区，请核实后办理。")
    move_enquiry(strayed, "refer", by=By(neighbour), told=Told(words, to=clerk.union))


def _taken(clerk: User, days: int, of: tuple, name: str, text: str, **more: str) -> Enquiry:
    """Received so many days ago; `of` are its channel and kind. The city's has no union yet."""
    channel, kind = of
    received = localdate() - timedelta(days=days)
    terms = {"channel": str(channel.label), "kind": str(kind.label), "received_on": received.isoformat()}
    caller = {"name": name, "telephone": f"1380000{days:04d}", "text": text, "number": ""}
    if clerk.union.is_city:
        return typed(HOTLINE_FORM, clerk, **terms, **caller)
    return typed(ENQUIRY_FORM, clerk, **terms, **caller, **more, union=clerk.union.code)


def hand_down_the_hotline(reviewer: User, clerk: User, neighbour: User) -> None:
    """The city's own: waiting, handed down to two units, answered, late, sent back."""
    _taken(reviewer, 1, (HOTLINE, SEEKING), "贾文斌", _("大专毕业一年，想参加技能培训，问工会有没有补贴。"))
    down = _taken(reviewer, 3, (HOTLINE, HARDSHIP), "孟秀英", _("丈夫住院，儿子九月上大学，学费有困难。"))
    _handed(reviewer, down, clerk, 4, _("请先核实是否已建档。"))
    answered = _taken(reviewer, 6, (HOTLINE, OTHER), "薛立新", _("问助学金什么时候到账。"))
    _handed(reviewer, answered, clerk, 7)
    move_enquiry(answered, "answer", by=By(clerk), told=Told(_("已告知到账日期，本人表示清楚。")))
    with as_of(localdate() - timedelta(days=9)):
        late = _taken(reviewer, 0, (HOTLINE, HARDSHIP), "段海燕", _("单位停产，孩子上高中，请求帮扶。"))
        _handed(reviewer, late, neighbour, 7)
    strayed = _taken(reviewer, 2, (HOTLINE, HARDSHIP), "汤国梁", _("家里两个孩子读书，请工会上门看看。"))
    _handed(reviewer, strayed, neighbour, 7)
    words = _("本人单位不在本区，属市属产业工会。")
    move_enquiry(strayed, "send_back", by=By(neighbour), told=Told(words))


def _handed(reviewer: User, enquiry: Enquiry, to: User, days: int, words: str = "") -> None:
    told = Told(words, to=to.union.reporting_unit(), due_on=localdate() + timedelta(days=days))
    move_enquiry(enquiry, "hand_down", by=By(reviewer), told=told)
