"""Everything of a sample entered by hand, form by form and move by move, gives the figures of the same workbook.

What a clerk cannot do at all is done the nearest way he can: an approval dated on the last day of its notice falls on
the next morning, and the payments of a case stop at its standard. Neither is in a figure.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from aid.enums import Policy
from aid.models import AidCase, Child, Contribution, Household, PaymentBatch, PublicNotice
from employment.models import Graduate
from employment.workbook import CASE_WORKBOOK
from portal.days import ONE_DAY
from portal.enums import Role
from portal.fields import blind_index
from portal.identity import parse_id_number
from portal.models import Campaign, Union
from reports.counting.derive import derive
from reports.figures import FIGURES
from tests.aid.casework.test_batch_actions import hidden
from tests.clock import Clock
from tests.factories import UserFactory
from tests.forms import confirm, create_address, doubts, errors, send
from tests.workbook.test_samples import SAMPLES

UNIT, FOLDER = "310001", SAMPLES / "small"
ENTERED = [sheet.title for sheet in CASE_WORKBOOK.sheets]
pytestmark = pytest.mark.django_db


def day_of(cell) -> date:
    """A day as the sample's clerks wrote it."""
    if isinstance(cell, datetime):
        return cell.date()
    text = str(cell).translate(str.maketrans("年月/", "---", "日"))
    parts = text.split("-") if "-" in text else (text[:4], text[4:6], text[6:])
    return date(*map(int, parts))


def rows(title: str) -> list[dict]:
    sheet = load_workbook(FOLDER / f"{UNIT}.xlsx")[title]
    head, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def typed(title: str, row: dict, *without: str) -> dict:
    """The cells as a clerk types them into the fields of the same names; days as the browser sends them."""
    found = {}
    for column in CASE_WORKBOOK.by_title[title].columns:
        cell = row.get(column.heading)
        if cell is None or column.heading in without:
            continue
        is_day = isinstance(cell, datetime) or "日期" in column.heading
        found[column.attribute] = str(day_of(cell)) if is_day else str(cell).strip()
    return found


def hash_of(number: str) -> str:
    return blind_index(parse_id_number(number).number)


def on_file(title: str) -> int:
    return CASE_WORKBOOK.by_title[title].model.objects.count()


class Hands:
    """A clerk and a lead of the unit at their desks, and the calendar on the wall."""

    def __init__(self, client_of, unit: Union, clock: Clock):
        people = [UserFactory(role=role, union=unit) for role in (Role.CLERK, Role.LEAD)]
        self.clerk, self.lead = map(client_of, people)
        self.clock = clock

    def enter(self, name: str, fields: dict, **parent) -> None:
        """One form, filled in and accepted."""
        address = create_address(name, **parent)
        answer = send(self.clerk, address, **fields)
        if answer.status_code == 200 and doubts(answer):
            answer = confirm(self.clerk, address, answer)
        assert answer.status_code == 302, (name, errors(answer))

    def press(self, client, address: str, **fields):
        """One button or small form that leads on."""
        answer = client.post(address, fields)
        assert answer.status_code == 302, answer.content.decode()
        return answer

    def families(self) -> None:
        for row in rows("困难职工家庭"):
            self.enter("household", typed("困难职工家庭", row))
        for row in rows("子女"):
            home = Household.objects.get(number=row["档案编号"])
            self.enter("child", typed("子女", row, "档案编号"), household=home)
        for row in rows("升学"):
            self.enter("entry", typed("升学", row, "子女身份证号"), child=self.child(row["子女身份证号"]))

    @staticmethod
    def child(number: str) -> Child:
        return Child.objects.get(person__id_hash=hash_of(number))

    def applications(self) -> None:
        for row in rows("助学申请"):
            told = ("子女身份证号", "公示开始日期", "公示结束日期", "公示地点", "审批日期", "审批结果")
            self.clock.set(day_of(row["申请日期"]))
            fields = typed("助学申请", row, *told)
            self.enter("aidcase", fields, child=self.child(row["子女身份证号"]))
            if row["审批结果"] == "通过":
                self.approve(AidCase.objects.get(number=row["业务编号"]), row)

    def approve(self, case: AidCase, row: dict) -> None:
        answers = {f"{policy}_outcome": "not_applicable" for policy in Policy}
        self.press(self.clerk, reverse("case_policies", args=[case.pk]), **answers)
        self.press(self.clerk, reverse("case_move", args=[case.pk, "submit"]))
        self.press(self.lead, reverse("case_move", args=[case.pk, "check"]))
        first, last = day_of(row["公示开始日期"]), day_of(row["公示结束日期"])
        self.clock.set(first - ONE_DAY)
        page = self.clerk.post(reverse("case_batch"), {"action": "put_on_notice", "ids": case.pk}).content.decode()
        details = {"kind": "employer", "place": row["公示地点"], "telephone": "021-63211939"}
        days = {"first_day": first, "last_day": last}
        self.clerk.post(reverse("case_batch"), hidden(page) | details | days)
        assert PublicNotice.objects.filter(noticed__case=case).exists()
        self.clock.set(max(day_of(row["审批日期"]), last + ONE_DAY))
        self.press(self.lead, reverse("case_move", args=[case.pk, "approve"]), comment="照片由街道保管")

    def money(self) -> None:
        for row in rows("资金筹集"):
            self.clock.set(day_of(row["收款日期"]))
            self.enter("contribution", typed("资金筹集", row))
            made = Contribution.objects.latest("pk")
            reason = {"without_voucher": "已核对原件"}
            self.press(self.lead, reverse("contribution_confirm", args=[made.pk]), **reason)
        for row in rows("助学款发放"):
            self.pay(row)

    def pay(self, row: dict) -> None:
        """A batch of one case and one amount, released, and answered as the sample says."""
        case, on = AidCase.objects.get(number=row["助学申请编号"]), day_of(row["发放日期"])
        self.clock.set(on)
        source = {"各级党委政府资助": "government", "社会捐助": "social", "各级工会投入": "union"}[row["资金来源"]]
        method = {"现金": "cash", "银行卡": "card", "转账": "transfer"}[row["发放方式"]]
        terms = {"campaign": case.campaign.year, "source": source, "method": method, "purpose": "助学款"}
        address = reverse("paymentbatch_create")
        pick = self.press(self.clerk, address, **terms).url
        self.press(self.clerk, pick, case=case.pk)
        batch = PaymentBatch.objects.latest("pk")
        item = batch.items.get()
        amount = min(Decimal(str(row["金额(元)"])), item.amount)
        shown = {f"initial-amount_{item.pk}": f"{item.amount:.2f}", f"amount_{item.pk}": amount}
        self.press(self.clerk, reverse("paymentbatch_items", args=[batch.pk]), amounts="1", **shown)
        self.press(self.clerk, reverse("paymentbatch_hand_over", args=[batch.pk]))
        self.press(self.lead, reverse("paymentbatch_release", args=[batch.pk]), confirmed="on")
        if row["状态"] != "待发放":
            result = "paid" if row["状态"] == "已发放" else "failed"
            said = {"result": result, "on": on, "all": "1", "voucher": "S1", "reason": "未到场"}
            self.press(self.clerk, reverse("paymentbatch_sign", args=[batch.pk]), **said)

    def visits(self) -> None:
        for row in rows("走访慰问"):
            number = row["走访对象身份证号"]
            parent = {"child": Child.objects.filter(person__id_hash=hash_of(number)).first()}
            if parent["child"] is None:
                parent = {"household": Household.objects.get(worker__id_hash=hash_of(number))}
            ways = {"ways": (row["慰问方式"] or "").split("、")}
            self.clock.set(day_of(row["走访日期"]))
            self.enter("visit", typed("走访慰问", row, "走访对象身份证号", "慰问方式") | ways, **parent)

    def posts(self) -> None:
        for row in rows("社会实践岗位"):
            self.enter("practicepost", typed("社会实践岗位", row))

    def graduates(self) -> None:
        for row in rows("高校毕业生"):
            home = Household.objects.get(number=row["档案编号"])
            self.enter("graduate", typed("高校毕业生", row, "档案编号"), household=home)

    def help(self) -> None:
        for row in rows("就业帮扶"):
            who = Graduate.objects.get(person__id_hash=hash_of(row["毕业生身份证号"]))
            proof = {"voucher": "S1"} if row["金额(元)"] else {}
            if row["类别"] == "职业资格证书":
                proof = {"certificate": "电工", "certificate_level": "五级（初级工）", "certificate_number": "暂无"}
            self.enter("assistance", typed("就业帮扶", row, "毕业生身份证号") | proof, graduate=who)

    def events(self) -> None:
        for row in rows("就业活动与岗位"):
            self.enter("jobevent", typed("就业活动与岗位", row))


@pytest.fixture
def expected() -> dict:
    call_command("load_unions", FOLDER / "unions.csv", stdout=StringIO())
    for year in (2013, 2014):
        Campaign.objects.open(year)
    return json.loads((FOLDER / "expected.json").read_text())


def test_sample_entered_by_hand_gives_the_figures_of_the_workbook(expected, client_of, monkeypatch):
    unit = Union.objects.get(code=UNIT)
    hands = Hands(client_of, unit, Clock(monkeypatch))
    hands.clock.set(date(2014, 12, 31))
    hands.families()
    hands.applications()
    hands.money()
    hands.visits()
    hands.clock.set(date(2014, 12, 31))
    hands.posts()
    hands.graduates()
    hands.help()
    hands.events()
    assert {title: on_file(title) for title in ENTERED} == {title: len(rows(title)) for title in ENTERED}
    values = derive(Campaign.objects.get(year=2014), unit, date.fromisoformat(expected["as_of"]))
    shown = {figure.slug: figure.unit.format(values[figure.slug]) for figure in FIGURES}
    assert shown == expected["units"][UNIT]
