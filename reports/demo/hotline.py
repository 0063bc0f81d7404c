"""Enquiries of one unit: new ones, one that waits too long, one from another unit, and what others became."""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.models import Household
from employment.editing.enquiry import ENQUIRY_FORM
from employment.enquiries.services import Told, move_enquiry
from employment.enums import EnquiryChannel, EnquiryKind
from employment.models import Enquiry, Graduate
from portal.audit import By
from portal.models import User
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
    """Received so many days ago; `of` are its channel and kind."""
    channel, kind = of
    received = localdate() - timedelta(days=days)
    terms = {"channel": str(channel.label), "kind": str(kind.label), "received_on": received.isoformat()}
    caller = {"name": name, "telephone": f"1380000{days:04d}", "text": text, "union": clerk.union.code, "number": ""}
    return typed(ENQUIRY_FORM, clerk, **terms, **caller, **more)
