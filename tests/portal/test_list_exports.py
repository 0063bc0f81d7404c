"""Lists that are no kind of record: exported as they are filtered, and logged without what was asked for."""

import io

from django.urls import reverse
from openpyxl import load_workbook

from aid.models import Transfer
from portal.audit import record
from portal.enums import AuditAction
from portal.models import AuditEntry
from tests import builders


def rows_of(response) -> list[tuple]:
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    return list(sheet.iter_rows(values_only=True))


def logged() -> AuditEntry:
    return AuditEntry.objects.filter(action=AuditAction.EXPORTED).latest("id")


def test_unions_of_the_scope_as_filtered(client_of, clerk, district, grassroots, foreign_district):
    client = client_of(clerk)
    page = client.get(reverse("union_list"), {"text": grassroots.name})
    assert f"{reverse('union_export')}?text=" in page.text
    rows = rows_of(client.get(reverse("union_export"), {"text": grassroots.name}))
    assert rows == [("工会名称", "工会编码", "类别"), (grassroots.name, grassroots.code, grassroots.get_kind_display())]
    assert (logged().actor, logged().subject) == (clerk, "工会名录")
    assert logged().detail == {"count": 1, "filters": ["text"]}
    assert foreign_district.name not in {row[0] for row in rows_of(client.get(reverse("union_export")))}


def test_accounts(client_of, admin, clerk, auditor):
    rows = rows_of(client_of(admin).get(reverse("account_export"), {"person": clerk.username, "page": "9"}))
    assert rows[1:] == [(clerk.username, clerk.name, "经办人", clerk.union.name, "启用", None)]
    assert client_of(auditor).get(reverse("account_export")).status_code == 403


def test_log_newest_first_with_words_and_without_formulas(client_of, auditor, clerk):
    first = record(AuditAction.VIEWED, actor=clerk, subject="=1+1", rows=3)
    record(AuditAction.REVEALED, actor=clerk, subject="困难职工家庭 甲", reason="核对")
    client = client_of(auditor)
    answer = client.get(reverse("audit_export"), {"person": clerk.name})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [row[3].value for row in sheet.iter_rows(min_row=2)] == ["困难职工家庭 甲", "=1+1"]
    assert sheet["D3"].data_type == "s"
    assert (sheet["B3"].value, sheet["C3"].value, sheet["F3"].value) == (clerk.name, "查看", "rows 3")
    assert sheet["A3"].value[:10] == first.at.astimezone().strftime("%Y-%m-%d")
    assert logged().detail == {"count": 2, "filters": ["person"]}


def test_transfer_hides_whose_file_it_is_until_it_is_offered(
    client_of, clerk, foreign_clerk, district, foreign_district
):
    home = builders.household(foreign_district, "绝密人")
    asked = builders.transfer(home, district, "requested")
    theirs = rows_of(client_of(foreign_clerk).get(reverse("transfer_export")))
    mine = rows_of(client_of(clerk).get(reverse("transfer_export"), {"state": "requested"}))
    assert theirs[1][1] == f"{home.number} 绝密人"
    assert mine[1][1:] == (None, str(foreign_district), str(district), asked.get_state_display())
    Transfer.objects.update(state="offered")
    assert rows_of(client_of(clerk).get(reverse("transfer_export")))[1][1] == f"{home.number} 绝密人"


def test_too_many_rows_are_refused_with_the_numbers(client_of, admin, clerk, monkeypatch):
    monkeypatch.setattr("portal.views.exporting.LARGEST_EXPORT", 1)
    answer = client_of(admin).get(reverse("account_export"), follow=True)
    assert "共 2 条，一次最多导出 1 条" in answer.text
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED).exists()


def test_as_many_queries_for_three_rows_as_for_one(
    client_of, clerk, district, foreign_district, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_of(clerk)
    builders.transfer(builders.household(district), foreign_district)
    with django_assert_max_num_queries(15) as counted:
        rows_of(client.get(reverse("transfer_export")))
    for _turn in range(2):
        builders.transfer(builders.household(district), foreign_district)
    with django_assert_num_queries(len(counted)):
        rows_of(client.get(reverse("transfer_export")))
