"""Lists that are no kind of record: exported as they are filtered, and logged without what was asked for."""

import io
from decimal import Decimal

from django.urls import reverse
from openpyxl import load_workbook

from aid.enums import Stage
from aid.models import AidStandard, BankLayout, MinimumIncome, Transfer
from portal.audit import By, record
from portal.desk.announcing import announce_to_units
from portal.enums import AuditAction, UnionKind
from portal.models import AuditEntry
from tests import builders
from tests.aid.paying import layout


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
    heading = ("工会名称", "工会编码", "类别", "状态")
    assert rows == [heading, (grassroots.name, grassroots.code, grassroots.get_kind_display(), "使用中")]
    assert (logged().actor, logged().subject) == (clerk, "工会名录")
    assert logged().detail == {"count": 1, "filters": ["工会名称或编码"]}
    assert foreign_district.name not in {row[0] for row in rows_of(client.get(reverse("union_export")))}


def test_accounts(client_of, security, clerk, auditor):
    rows = rows_of(client_of(security).get(reverse("account_export"), {"person": clerk.username, "page": "9"}))
    assert rows[1:] == [(clerk.username, clerk.name, "经办人", clerk.union.name, "启用", None)]
    assert client_of(auditor).get(reverse("account_export")).status_code == 403


def test_log_newest_first_with_words_and_without_formulas(client_of, auditor, clerk):
    first = record(AuditAction.VIEWED, by=By(clerk), subject="=1+1", rows=3)
    record(AuditAction.REVEALED, by=By(clerk), subject="困难职工家庭 甲", reason="核对")
    client = client_of(auditor)
    answer = client.get(reverse("audit_export"), {"person": clerk.name})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [row[3].value for row in sheet.iter_rows(min_row=2)] == ["困难职工家庭 甲", "=1+1"]
    assert sheet["D3"].data_type == "s"
    assert (sheet["B3"].value, sheet["C3"].value, sheet["F3"].value) == (clerk.name, "查看", "记录数：3")
    assert sheet["A3"].value[:10] == first.at.astimezone().strftime("%Y-%m-%d")
    assert logged().detail == {"count": 2, "filters": ["人员"]}


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


def test_too_many_rows_are_refused_with_the_numbers(client_of, security, clerk, monkeypatch):
    monkeypatch.setattr("portal.views.exporting.LARGEST_EXPORT", 1)
    answer = client_of(security).get(reverse("account_export"), follow=True)
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


def test_announcements_to_the_own_union_as_filtered(client_of, reviewer, clerk, foreign_clerk):
    announce_to_units([UnionKind.DISTRICT], title="请于 9 月 1 日前报送", text="=见附件", by=By(reviewer))
    client = client_of(clerk)
    page = client.get(reverse("announcement_list"), {"unread": "on"})
    assert f"{reverse('announcement_export')}?unread=on" in page.text
    rows = rows_of(client.get(reverse("announcement_export"), {"unread": "on"}))
    assert [row[1:] for row in rows] == [
        ("标题", "内容", "发送单位", "状态"),
        ("请于 9 月 1 日前报送", "=见附件", reviewer.union.name, "未读"),
    ]
    assert (logged().subject, logged().detail) == ("通知", {"count": 1, "filters": ["只看未读"]})


def test_tables_of_the_city(client_of, admin, clerk, reviewer, campaign):
    MinimumIncome.objects.all().delete()
    MinimumIncome.objects.create(year=2014, city="上海", monthly=Decimal(710), note="沪民救发")
    AidStandard.objects.create(campaign=campaign, stage=Stage.JUNIOR, amount=Decimal("1500.50"))
    incomes = rows_of(client_of(reviewer).get(reverse("minimumincome_export")))
    assert incomes == [("年度", "城市", "每人每月(元)", "依据"), (2014, "上海", 710, "沪民救发")]
    standards = rows_of(client_of(clerk).get(reverse("aidstandard_export")))
    assert standards[0] == ("活动年度", "标准", *Stage.labels)
    shown = {name: amount for name, amount in zip(*standards, strict=True) if amount}
    assert shown == {"活动年度": 2014, "标准": "市总标准", "初中": 1500.5}
    campaigns = rows_of(client_of(reviewer).get(reverse("campaign_export")))
    assert campaigns[1][0] == 2014
    assert [str(day)[:10] for day in campaigns[1][1:4]] == ["2014-01-01", "2014-12-31", "2014-09-01"]
    assert campaigns[1][4] == "先初审再公示"
    assert campaigns[1][5] == "2014 年上海工会金秋助学情况统计表；2014 年上海工会阳光就业行动情况统计表"
    assert (logged().actor, logged().subject) == (reviewer, "活动年度与表式")
    assert logged().detail == {"count": 1, "filters": []}


def test_bank_layouts_tell_their_columns(client_of, clerk):
    BankLayout.objects.all().delete()
    layout()
    ((name, columns, _head, first_row),) = rows_of(client_of(clerk).get(reverse("banklayout_export")))[1:]
    assert (name, first_row) == ("通用格式", BankLayout.objects.get().first_row)
    assert columns.startswith("序号")
