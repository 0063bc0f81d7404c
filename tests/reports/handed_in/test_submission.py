"""Handing a report in: what blocks it, what it leaves behind, and that it happens once."""

from decimal import Decimal

import pytest
from django.urls import reverse

from portal.audit import By
from portal.enums import AuditAction, Role
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.enums import ReportState
from reports.handed_in.submission import return_report, submit_report
from reports.models import Adjustment, Explanation, FrozenFigure, Report, ReportEvent, Submission, SummaryFile
from reports.preparing.explaining import explain_check
from reports.preparing.preparation import adjust_figure, declare_nil, set_contact
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.reports.getting_ready import ready


@pytest.fixture
def report(year_2014, district):
    return ready(year_2014, district)


def test_submission_moves_the_report_and_tells_who(report, lead):
    submission = submit_report(report, by=By(lead, "10.0.0.7"))
    report.refresh_from_db()
    assert (report.state, report.submission) == (ReportState.SUBMITTED, submission)
    event = ReportEvent.objects.get()
    assert (event.move, event.state, event.actor, event.submission) == ("submit", "submitted", lead, submission)
    entry = AuditEntry.objects.get(action=AuditAction.SUBMITTED)
    assert (entry.actor, entry.address, entry.detail["code"]) == (lead, "10.0.0.7", submission.code)


def test_pressed_twice_acts_once(report, lead):
    stale = Report.objects.get(pk=report.pk)
    submit_report(report, by=By(lead))
    with pytest.raises(MoveRefused, match="不能再次报送"):
        submit_report(stale, by=By(lead))
    assert Submission.objects.count() == 1
    assert ReportEvent.objects.count() == 1


def without_contact(report, _lead):
    Report.objects.filter(pk=report.pk).update(contact_telephone="")


def without_summary(report, _lead):
    SummaryFile.objects.filter(report=report).delete()


def with_a_hard_finding(report, lead):
    adjust_figure(report, slug="migrant_aided", difference=Decimal(1), reason="漏记", by=By(lead))


def with_a_soft_finding(report, lead):
    adjust_figure(report, slug="certificates", difference=Decimal(1), reason="漏记", by=By(lead))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (without_contact, "没有填写联系电话"),
        (without_summary, "没有上传总结报告"),
        (with_a_hard_finding, "不等于各分项之和"),
        (with_a_soft_finding, "需要说明：“获得职业资格证书"),
    ],
)
def test_what_is_missing_or_does_not_tie_blocks(report, lead, spoil, words):
    spoil(report, lead)
    with pytest.raises(MoveRefused, match="还不能报送") as refused:
        submit_report(report, by=By(lead))
    assert words in str(refused.value)
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT
    assert not Submission.objects.exists()
    assert not ReportEvent.objects.exists()


def test_refusal_lists_every_reason(report, lead):
    for spoil in (without_contact, without_summary, with_a_hard_finding, with_a_soft_finding):
        spoil(report, lead)
    with pytest.raises(MoveRefused) as refused:
        submit_report(report, by=By(lead))
    for words in ("联系电话", "总结报告", "各分项之和", "需要说明"):
        assert words in str(refused.value)


def test_explained_soft_finding_goes_in_with_its_explanation(report, lead):
    with_a_soft_finding(report, lead)
    explain_check(report, code="within_certificates", text="去年培训", by=By(lead))
    submission = submit_report(report, by=By(lead))
    assert submission.content["explanations"] == {"within_certificates": "去年培训"}
    kept = FrozenFigure.objects.get(slug="certificates")
    assert (kept.derived, kept.adjustment, kept.adjustment_reason) == (0, 1, "漏记")


def test_nil_report_goes_in_without_a_summary(year_2014, district, lead):
    report = Report.objects.open(year_2014, district)
    set_contact(report, name="陈经办", telephone="63211939", version=1, by=By(lead))
    declare_nil(report, by=By(lead))
    submission = submit_report(report, by=By(lead))
    assert submission.content["is_nil"]
    assert not FrozenFigure.objects.exclude(derived=0, adjustment=0).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_only_a_lead_hands_in(report, district, role):
    with pytest.raises(MoveRefused, match="您的岗位不能确认并报送"):
        submit_report(report, by=By(UserFactory(role=role, union=district)))


@pytest.mark.parametrize("where", ["foreign_district", "grassroots", "city"])
def test_only_the_units_own_lead_hands_in(report, where, request):
    stranger = UserFactory(role=Role.LEAD, union=request.getfixturevalue(where))
    with pytest.raises(MoveRefused, match="只能由填报单位"):
        submit_report(report, by=By(stranger))
    assert not Submission.objects.exists()


def test_returned_report_keeps_its_contents_and_goes_in_again_unchanged(report, lead, reviewer):
    with_a_soft_finding(report, lead)
    explain_check(report, code="within_certificates", text="去年培训", by=By(lead))
    first = submit_report(report, by=By(lead))
    report.refresh_from_db()
    return_report(report, figures=[], comment="请核对", by=By(reviewer))
    report.refresh_from_db()
    assert (report.contact_name, Adjustment.objects.count(), Explanation.objects.count()) == ("陈经办", 1, 1)
    second = submit_report(report, by=By(lead))
    assert (first.number, second.number) == (1, 2)
    assert first.code != second.code


@pytest.fixture
def browser(client_of, lead):
    return client_of(lead)


def test_page_shows_what_blocks_and_no_button(browser, report):
    without_contact(report, None)
    response = browser.get(reverse("report_submit", args=[report.pk]))
    assert "没有填写联系电话" in response.content.decode()
    assert '<button type="submit" class="btn btn-primary">确认并报送' not in response.content.decode()


def test_forged_post_of_a_blocked_report_is_answered_with_the_reasons(browser, report):
    without_contact(report, None)
    response = browser.post(reverse("report_submit", args=[report.pk]))
    assert "没有填写联系电话" in response.content.decode()
    assert not Submission.objects.exists()


def test_button_hands_in_and_the_receipt_tells_time_code_and_digest(browser, report, district):
    make.event(district)
    page = browser.get(reverse("report_submit", args=[report.pk])).content.decode()
    assert '<button type="submit" class="btn btn-primary">确认并报送' in page
    response = browser.post(reverse("report_submit", args=[report.pk]), follow=True)
    submission = Submission.objects.get()
    assert response.redirect_chain[-1][0] == reverse("submission_receipt", args=[submission.pk])
    body = response.content.decode()
    for words in (submission.digest, submission.code, "李审核", "东湖区总工会"):
        assert words in body


def test_button_pressed_twice_leads_to_the_one_receipt(browser, report):
    urls = [browser.post(reverse("report_submit", args=[report.pk])).url for _turn in range(2)]
    assert urls == [reverse("submission_receipt", args=[Submission.objects.get().pk])] * 2
    assert browser.get(reverse("report_submit", args=[report.pk])).url == urls[0]


def test_clerk_of_the_unit_is_refused_in_words(client_of, clerk, report):
    response = client_of(clerk).get(reverse("report_submit", args=[report.pk]))
    assert response.status_code == 403
    assert "不能确认并报送报表" in response.content.decode()
