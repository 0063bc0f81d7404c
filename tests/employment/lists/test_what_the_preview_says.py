"""What the preview of a list says beside its rows: doubles, sums that depart from the table, what cases come in as."""

import pytest
from django.urls import reverse

from aid.models import AidCase, AidStandard
from portal.models import ListUpload
from portal.workbook.lists.steps.preview import Preview
from tests.employment.lists.browsing import go_on_from_columns, say, upload

# Rows 2 and 4 are about the same child; row 3 asks for 500 more than the table of 2014 grants.
TABLE = """子女姓名,子女身份证号,学段,职工姓名,职工身份证号,困难类型,申请金额
王小丽,310109200601203017,初中,王建国,310109197001102015,低保户,1500
李小红,31010920070221302X,初中,李建华,310109197102112028,低保户,2000
王小丽,310109200601203017,初中,王建国,310109197001102015,低保户,1500
"""
SAID = {"职工类别": "困难职工", "单亲": "否", "建档日期": "2014-03-01", "活动年度": "2014", "助学方式": "社会助学"}


@pytest.fixture
def page(client_of, clerk, grassroots):
    return client_of(clerk)


def test_double_departing_sum_and_first_state_are_told(page, campaign):
    AidStandard.objects.create(campaign=campaign, stage="junior", amount=1500)
    upload(page, TABLE.encode(), "子女.csv")
    pk = ListUpload.objects.get().pk
    go_on_from_columns(page, pk, **say(page, pk, SAID))
    address = reverse("list_check", args=[pk])
    answer = page.get(address)
    preview = Preview.loads(ListUpload.objects.get().outcome)
    assert {row.number: [(fault.heading, fault.reason) for fault in row.faults] for row in preview.rows} == {
        2: [],
        3: [],
        4: [("活动年度", "与第 2 行是同一名子女，重复了")],
    }
    assert 'name="cell-4-助学申请.campaign" value="2014"' in " ".join(answer.text.split())
    assert "与年度帮扶标准不同：标准 1,500.00 元，申请 2,000.00 元，高出 500.00 元" in answer.text
    assert "新增的助学申请登记为“已提交”" in answer.text

    again = page.post(address, {"cell-4-助学申请.campaign": "2014"}, follow=True)
    assert "没有改动的格子" in again.text
    page.post(reverse("list_confirm", args=[pk]))
    assert AidCase.objects.count() == 2
