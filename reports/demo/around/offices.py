"""Offices of one unit, and what they were asked: one matter answered, one still open."""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.editing.office import ANSWER_TERM, OFFICE_FORM
from aid.enums import DocumentKind, OfficeKind
from aid.models import Household
from employment.records import OFFICE_QUESTION
from portal.models import User
from reports.demo.typing import typed

DISTRICT = "东江区"


def ask_offices(clerk: User) -> None:
    """By the clerk of a unit, about families whose application is on file."""
    today = localdate()
    authorised = Household.objects.visible_to(clerk).filter(closed_on=None, documents__kind=DocumentKind.APPLICATION)
    first, second = authorised.distinct().order_by("pk")[:2]
    civil = _office(clerk, OfficeKind.CIVIL_AFFAIRS, _("东江区社会救助事务中心"), _("低保、低收入核对"))
    _office(clerk, OfficeKind.EDUCATION, _("东江区学生资助管理中心"), _("助学金、学籍"))
    labour = _office(clerk, OfficeKind.LABOUR, _("东江区就业促进中心"), _("失业登记、就业补贴"))
    asked = today - timedelta(20)
    typed(
        OFFICE_QUESTION.editing,
        clerk,
        first,
        office=civil.number,
        subject=_("低保是否延续"),
        number="",
        asked_on=asked.isoformat(),
        due_on=(asked + ANSWER_TERM).isoformat(),
        answered_on=(asked + timedelta(6)).isoformat(),
        answered_by=_("周科员"),
        answer=_("低保延续到年底，标准没有变。"),
    )
    typed(OFFICE_QUESTION.editing, clerk, second, office=labour.number, subject=_("求职补贴是否发放"), number="")


def _office(clerk: User, kind: OfficeKind, name: str, note: str):
    told = {"district": DISTRICT, "telephone": "021-66000000", "note": note}
    return typed(OFFICE_FORM, clerk, union=clerk.union.code, number="", kind=str(kind.label), name=name, **told)
