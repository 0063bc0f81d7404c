"""The year's report on the use of minors' data: counted from the log, every kind about a child in it, nobody named."""

import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from aid.models import Child, Household
from aid.oversight.minors import CONCERNING, uses_of_minors_data, years
from employment.records import FINAL
from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from tests import builders

pytestmark = pytest.mark.django_db

# Of people who have left school, or of whoever asks.
OF_OTHERS = {"graduate", "assistance", "attendance", "promise", "referral", "retention", "retentioncheck", "enquiry"}


@pytest.fixture
def at(monkeypatch):
    """Sets the clock, which is told in UTC."""

    def set_clock(*moment: int) -> None:
        now = datetime.datetime(*moment, tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda: now)

    return set_clock


def leads_to(model, seen=()) -> bool:
    """Whether a way of foreign keys leads from `model` to a child or its family."""
    if model in (Child, Household):
        return True
    ways = (field.related_model for field in model._meta.concrete_fields if field.related_model)
    return any(leads_to(each, (*seen, model)) for each in ways if each not in seen and each is not model)


def test_every_kind_of_record_that_leads_to_a_child_is_counted():
    prefixes = tuple(str(each.label) for each in CONCERNING)
    about = {name: kind for name, kind in FINAL.items() if leads_to(kind.model)}
    assert {name for name, kind in about.items() if not str(kind.title).startswith(prefixes)} == OF_OTHERS


def test_uses_are_counted_by_month_unit_kind_and_ground(
    at, district, foreign_district, clerk, lead, foreign_clerk, auditor
):
    child, foreign = builders.child(district), builders.child(foreign_district)
    case = builders.one_of_each(district)["aidcase"]
    at(2025, 12, 31, 15, 59)  # still December in Shanghai
    audit.record(AuditAction.VIEWED, by=By(clerk), about=child)
    at(2025, 12, 31, 16, 1)
    audit.record(AuditAction.VIEWED, by=By(clerk), about=child)
    audit.record(AuditAction.VIEWED, by=By(lead), about=child)
    audit.record(AuditAction.VIEWED, by=By(foreign_clerk), about=foreign)
    audit.record(AuditAction.REVEALED, by=By(clerk), about=child, reason="核对", fields=["证件号码"])
    audit.record(AuditAction.REVEALED, by=By(clerk), about=case, reason="曾建国要的", fields=["电话"])
    audit.record(AuditAction.EXPORTED, by=By(clerk), subject="子女", count=7, filters=[])
    audit.record(AuditAction.EXPORTED, by=By(lead), subject="子女", count=5, filters=[])
    audit.record(AuditAction.EXPORTED, by=By(clerk), subject="资金筹集", count=9, filters=[])  # of no child
    audit.record(AuditAction.RECORD_SAVED, by=By(clerk), about=child, act="登记")  # no use
    at(2026, 3, 5, 2, 0)
    audit.record(AuditAction.EXPORTED, by=By(clerk), union=district, subject=district.code, campaign="2014")
    january, march, own = datetime.date(2026, 1, 1), datetime.date(2026, 3, 1), district.name
    found = {
        (u.month, u.unit, u.kind, u.action, u.ground, u.times, u.records) for u in uses_of_minors_data(auditor, 2026)
    }
    assert found == {
        (january, own, "子女", "查看", "", 2, 2),
        (january, foreign_district.name, "子女", "查看", "", 1, 1),
        (january, own, "子女", "查看完整信息", "核对", 1, 1),
        (january, own, "助学申请", "查看完整信息", "其他（见审计日志）", 1, 1),
        (january, own, "子女", "导出", "", 2, 12),
        (march, own, "案例工作簿", "导出", "", 1, 1),
    }
    at(2026, 12, 31, 17, 0)
    audit.record(AuditAction.VIEWED, by=By(clerk), about=child)
    assert years(auditor) == [2027, 2026, 2025]
    assert uses_of_minors_data(clerk, 2026) == []


def test_report_is_one_download_without_names(at, district, clerk, auditor, client_of):
    client = client_of(auditor)
    child = builders.child(district, "曾小丽")
    audit.record(AuditAction.REVEALED, by=By(clerk), about=child, reason="核对", fields=["证件号码"])
    year = timezone.localdate().year
    answer = client.get(reverse("minors_use_export"), {"year": year, "format": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert list(sheet.iter_rows(values_only=True)) == [
        ("月份", "填报单位", "信息", "事项", "用途", "次数", "记录数（没有记明的按 1 计）"),
        (f"{timezone.localdate():%Y-%m}", "东湖区总工会", "子女", "查看完整信息", "核对", 1, 1),
    ]
    page = client.get(reverse("minors_use"), {"year": year}).text
    assert "曾小丽" not in page
    assert clerk.name not in page
