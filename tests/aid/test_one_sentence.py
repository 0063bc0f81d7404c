"""Whether a case may be approved is told by the guard alone."""

from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from aid.models import AidCase
from tests.reports import builders as make


def test_page_of_a_case_whose_notice_is_over_leaves_approval_to_the_guard(client_of, lead, district):
    yesterday = localdate() - timedelta(1)
    case = make.case(district, year=localdate().year, status="on_notice", decision="", decided_on=None)
    AidCase.objects.filter(pk=case.pk).update(notice_from=yesterday, notice_to=yesterday)
    page = client_of(lead).get(reverse("aidcase_detail", args=[case.pk])).text
    assert "公示期已满。" in page
    assert "可以审批" not in page
    assert "还不能“审批通过”" in page
