"""社会助学 of one unit: a social organisation, a purchase that was accepted and a volunteer project that runs."""

from datetime import timedelta
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.editing.project import PROJECT_FORM, PROJECT_PAYMENT_FORM
from aid.editing.social import ORGANISATION_FORM
from aid.enums import Acceptance, OrganisationGrade, OrganisationKind, ProjectWay
from aid.models import Child, Project
from aid.social.giving import Gift, record_given
from aid.social.moving import ProjectTold, move_project
from portal.audit import By
from portal.models import User
from reports.demo.typing import typed

CODE = "52310000MJ4920345L"  # no organisation's: made for the demo, with its check character
BUDGET, ADVANCE, BALANCE = "60000", "36000", "24000"
AIDED = 6


def run_projects(clerk: User, lead: User) -> None:
    """By the clerk of a unit; its lead accepts."""
    today = localdate()
    graded = {"grade": str(OrganisationGrade.FOUR.label), "graded_on": (today - timedelta(400)).isoformat()}
    service = str(OrganisationKind.SERVICE.label)
    named = {"kind": service, "name": _("晨曦青少年社工服务中心"), "credit_code": CODE, "contact": _("沈社工")}
    runs = typed(ORGANISATION_FORM, clerk, union=clerk.union.code, number="", **named, **graded)
    children = Child.objects.visible_to(clerk).filter(household__closed_on=None).order_by("pk")
    keys = list(children.values_list("pk", flat=True)[:AIDED])
    _buy(clerk, lead, runs, keys)
    helped = _begun(
        clerk, runs, way=ProjectWay.VOLUNTEERS, title=_("大学生志愿者结伴读书"), volunteers="18", hours="126"
    )
    record_given(helped, keys[: AIDED // 2], Gift(_("每周伴读一次")), by=By(clerk))


def _buy(clerk: User, lead: User, runs, children: list[int]) -> None:
    signed = (localdate() - timedelta(60)).isoformat()
    contract = {"contract_number": "HT-2026-018", "contract_on": signed, "budget": BUDGET}
    bought = _begun(clerk, runs, way=ProjectWay.PURCHASED, title=_("困难职工子女课业辅导"), **contract)
    typed(PROJECT_PAYMENT_FORM, clerk, bought, amount=ADVANCE, note=_("首付款"), number="")
    record_given(bought, children, Gift(_("课业辅导 12 次"), Decimal(1200)), by=By(clerk))
    accepted = ProjectTold("", localdate(), Acceptance.EXCELLENT, _("保障部、街道工会"))
    move_project(bought, "accept", told=accepted, by=By(lead))
    bought.refresh_from_db()
    typed(PROJECT_PAYMENT_FORM, clerk, bought, amount=BALANCE, note=_("验收后尾款"), number="")


def _begun(clerk: User, runs, *, way: ProjectWay, title: str, **words: str) -> Project:
    began = (localdate() - timedelta(50)).isoformat()
    given = {"organisation": runs.number, "way": str(way.label), "title": title, "starts_on": began}
    made = typed(PROJECT_FORM, clerk, union=clerk.union.code, number="", **given, **words)
    return move_project(made, "begin", by=By(clerk))
