"""A family, its case, notice, batch, visit and sponsor: the records of which every sheet is made."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from aid.enums import PaymentMethod
from aid.models import CaseEvent, Child, PolicyAid
from aid.printouts import (
    APPLICATION_FORM,
    ARCHIVE_FORM,
    HOME_VISIT_FORM,
    LETTER_OF_THANKS,
    NOTICE_SHEET,
    PAYMENT_VOUCHER,
    RECEIPT_LIST,
)
from aid.printouts.call_back import call_back_register, to_call
from aid.printouts.route import route_list
from aid.printouts.visit import visit_printout
from employment.records import FINAL
from portal.audit import By
from portal.models import Union, User
from portal.printouts.content import Printout
from portal.printouts.kind import Asked, PrintoutKind
from reports.preparing.narrating import save_narrative
from reports.views.preparing.narrative import printout_of
from tests import builders
from tests.aid import cases as casework
from tests.aid import paying, visiting
from tests.reports import builders as make
from tests.reports import submissions as handing_in

SITE = "http://portal.example.org"
VISIT_FORM = visit_printout(FINAL["visit"])
SUMMARY = {"work": "逐户核对，张榜公示。", "data": "共资助困难职工子女{aided}人，发放助学款{paid}万元。"}
SUMMARY_LINES = (
    "一、工作开展情况",
    "逐户核对，张榜公示。",
    "二、主要数据",
    "共资助困难职工子女1人，发放助学款0.12005万元。",
)
STREETS = {
    "东湖纺织厂工会": [
        {
            "name": "曾小丽",
            "school": "东湖中学",
            "worker_name": "曾建国",
            "address": "示范路 1 弄",
            "telephone": "13816245702",
        }
    ]
}


@dataclass(frozen=True)
class World:
    """The records by the name of the sheet that is made of them."""

    clerk: User
    lead: User
    records: dict[str, Any]
    kinds: dict[str, PrintoutKind]

    def asked(self, reason: str = "") -> Asked:
        return Asked(self.clerk, SITE, reason)

    def sheet(self, name: str, reason: str = "") -> Printout:
        """The sheet of that name, read as the page reads it."""
        if name == "route":
            return route_list(make.campaign(2014), "受助子女", STREETS, "东湖区总工会")
        if name == "summary":
            return printout_of(self.records["summary"])
        if name == "call_back":
            campaign = self.records["aidcase_print"].campaign
            return call_back_register(campaign, list(to_call(self.asked(reason), campaign)), self.asked(reason))
        kind = self.kinds[name]
        record = kind.records(self.clerk).get(pk=self.records[name].pk)
        return kind.content(record, self.asked(reason))

    @property
    def printed_from(self) -> dict[str, Any]:
        """The records on whose page a sheet is printed, by the name of the sheet."""
        return {name: self.records[name] for name in self.kinds}

    @property
    def names(self) -> list[str]:
        return [*self.kinds, "route", "call_back", "summary"]


def family_of(district: Union):
    """A file with everything on it."""
    home = builders.household(
        district,
        "曾建国",
        number="D001",
        employer="东湖纺织厂",
        other_contact="微信 zjg",
        main_cause="illness",
        other_causes="schooling,unemployment",
        health="chronic",
        health_note="长期服药",
        housing="rented",
        housing_area=Decimal("45.5"),
        family_size=3,
        monthly_income=Decimal(3000),
        bank_name="工商银行东湖支行",
    )
    member = builders.member(district, home, "李妻")
    type(member).objects.filter(pk=member.pk).update(health="good", occupation="东湖超市", monthly_income=1500)
    builders.income(district, home, note="含低保金")
    builders.document(home)
    child = builders.child(
        district, "曾小丽", household=home, relation="女儿", school="东湖中学", grade="高二", stage="senior"
    )
    return home, child


def case_of(district: Union, child: Child, clerk: User, lead: User):
    """An approved and paid case that was submitted, posted, objected to and approved."""
    case = casework.answered(
        make.case(
            district,
            child=child,
            number="A001",
            standard=Decimal("1200.50"),
            notice_from=date(2014, 2, 10),
            notice_to=date(2014, 2, 17),
            notice_place="厂门口公告栏",
        )
    )
    PolicyAid.objects.filter(case=case, policy="grant").update(outcome="granted", amount=2000)
    PolicyAid.objects.filter(case=case, policy="scholarship").update(outcome="applied")
    moves = ("submit", "submitted", clerk, ""), ("check", "checked", lead, "入户核对，情况属实。")
    for move, state, actor, comment in (*moves, ("approve", "approved", lead, "")):
        CaseEvent.objects.create(case=case, move=move, state=state, actor=actor, comment=comment)
    make.payment(district, case=case, amount=Decimal("1200.50"), paid_on=date(2014, 7, 1))
    return case


def build(district: Union, clerk: User, lead: User) -> World:
    home, child = family_of(district)
    case = case_of(district, child, clerk, lead)
    shown = casework.case(district, "submitted", child=builders.child(district, "欧阳小明"))
    first = localdate()
    notice = casework.notice(district, shown, first=first, last=first + timedelta(days=8), photo=False, number="G001")
    paying.raised(district, 5000)
    cases = [paying.case_to_pay(district, "1000.10", worker_name=name) for name in ("王建国", "赵大海")]
    batch = paying.released(case.campaign, clerk, lead, cases)
    cash = paying.released(case.campaign, clerk, lead, [paying.case_to_pay(district, 900)], method=PaymentMethod.CASH)
    visit = builders.visit(district, person=child.person, needs="想学编程", number="Z001")
    visiting.follow_up(visit)
    sponsor = visiting.sponsor_of_its_own(district)
    records = {
        "household_print": home,
        "household_visit_form": home,
        "aidcase_print": case,
        "publicnotice_print": notice,
        "paymentbatch_receipt": batch,
        "paymentbatch_voucher": cash,
        "sponsor_letter": sponsor,
        "visit_print": visit,
    }
    kinds = (
        ARCHIVE_FORM, HOME_VISIT_FORM, APPLICATION_FORM, NOTICE_SHEET, RECEIPT_LIST, PAYMENT_VOUCHER, LETTER_OF_THANKS,
        VISIT_FORM,
    )  # fmt: skip
    report = handing_in.report(case.campaign, district)
    save_narrative(report, parts=SUMMARY, version=0, by=By(clerk))
    return World(clerk, lead, records | {"summary": report}, {kind.name: kind for kind in kinds})
