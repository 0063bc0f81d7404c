"""The report in the browser: what its unit sees and edits, and what others do not."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry, Campaign
from reports.enums import ReportState
from reports.figures import FIGURES
from reports.handed_in.submission import Returned, return_report, submit_report
from reports.models import Adjustment, Explanation, Report, SummaryFile
from reports.preparing.explaining import explain_check
from reports.preparing.preparation import adjust_figure
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.reports.getting_ready import PDF, ready
from tests.reports.submissions import report as report_in


@pytest.fixture
def report(year_2014, district):
    return Report.objects.open(year_2014, district)


@pytest.fixture
def browser(client_of, clerk):
    return client_of(clerk)


@pytest.fixture
def get(browser):
    return lambda name, *args: browser.get(reverse(name, args=args))


@pytest.fixture
def post(browser):
    return lambda name, /, *args, **data: browser.post(reverse(name, args=args), data)


def text(response) -> str:
    return response.content.decode()


def sheet_of(response) -> list[tuple]:
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    return list(sheet.iter_rows(values_only=True))


# The list


def test_list_shows_a_line_for_each_campaign_with_the_days_left(get, district):
    today = timezone.localdate()
    for year, due in ((2014, today - timedelta(3)), (2015, today + timedelta(5)), (2016, today)):
        Campaign.objects.filter(pk=make.campaign(year).pk).update(due_on=due)
    report_in(make.campaign(2013), district, ReportState.ACCEPTED)
    response = get("report_list")
    for words in ("已逾期 3 天", "还有 5 天", "今天截止", "未开始", "已接收"):
        assert words in text(response)
    rows = [(owed.campaign.year, owed.days_left) for owed in response.context["rows"]]
    assert rows[:3] == [(2016, 0), (2015, 5), (2014, -3)]


def test_list_takes_as_many_queries_for_three_campaigns_as_for_one(get, district):
    counts = []
    for year in (2014, 2015):
        for begun in range(2):
            Report.objects.open(make.campaign(year + begun * 2), district)
        with CaptureQueriesContext(connection) as queries:
            get("report_list")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_report_is_begun_once(post, year_2014, district):
    answers = [post("report_begin", 2014, district.code) for _turn in range(2)]
    report = Report.objects.get()
    assert {answer.url for answer in answers} == {reverse("report_show", args=[report.pk])}


def test_union_below_is_told_who_prepares(client_of, grassroots_clerk, year_2014, grassroots):
    client = client_of(grassroots_clerk)
    assert "由东湖区总工会填报" in text(client.get(reverse("report_list")))
    answer = client.post(reverse("report_begin", args=[2014, grassroots.code]))
    assert (answer.status_code, Report.objects.count()) == (403, 0)


def test_the_city_is_pointed_to_the_board(client_of, reviewer, year_2014):
    assert reverse("review_board") in text(client_of(reviewer).get(reverse("report_list")))


def test_auditor_finds_all_reports_and_opens_one(client_of, auditor, year_2014, district, foreign_district):
    first = report_in(year_2014, district, ReportState.SUBMITTED)
    second = report_in(make.campaign(2013), foreign_district, ReportState.ACCEPTED)
    client, address = client_of(auditor), reverse("report_list")
    assert [report.pk for report in client.get(address).context["rows"]] == [first.pk, second.pk]
    assert reverse("review_board") not in text(client.get(address))
    for query, found in (
        ("campaign=2013", [second.pk]),
        ("state=submitted", [first.pk]),
        (f"union={foreign_district.code}", [second.pk]),
        ("campaign=2013&state=submitted", []),
    ):
        assert [report.pk for report in client.get(f"{address}?{query}").context["rows"]] == found
    assert client.get(reverse("report_show", args=[second.pk])).status_code == 200


def test_list_of_all_is_exported_as_filtered_and_within_scope(
    client_of, auditor, foreign_clerk, year_2014, district, foreign_district
):
    report_in(year_2014, district, ReportState.SUBMITTED)
    report_in(make.campaign(2013), foreign_district, ReportState.ACCEPTED)
    client, address = client_of(auditor), reverse("report_export")
    assert f"{address}?state=submitted" in text(client.get(reverse("report_list"), {"state": "submitted"}))
    rows = sheet_of(client.get(address, {"state": "submitted"}))
    assert rows[0] == ("活动年度", "填报单位", "状态", "报送期限", "更新时间")
    assert [(*row[:3], row[3].date()) for row in rows[1:]] == [("2014", district.name, "已报送", date(2014, 9, 1))]
    assert [row[1] for row in sheet_of(client_of(foreign_clerk).get(address))] == ["填报单位", foreign_district.name]
    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED, subject="报表", actor=auditor).count() == 1


def test_list_of_all_takes_as_many_queries_for_three_reports_as_for_one(
    client_of, auditor, year_2014, district, foreign_district, bureau
):
    client, counts = client_of(auditor), []
    for units in ((district,), (foreign_district, bureau)):
        for unit in units:
            report_in(year_2014, unit)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("report_list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# One report


def test_page_shows_derived_adjusted_reported_and_last_year(get, report, district, clerk):
    report_in(make.campaign(2013), district, ReportState.ACCEPTED, aided=7)
    make.payment(district)
    adjust_figure(report, slug="aided", difference=Decimal(3), reason="他处资助", by=By(clerk))
    response = get("report_show", report.pk)
    rows = {row.figure.slug: (row, url) for _n, _title, rows in response.context["forms"] for row, url, *_more in rows}
    assert list(rows) == [figure.slug for figure in FIGURES]
    row, url = rows["aided"]
    assert row.texts == {
        "derived": "1",
        "difference": "+3",
        "reported": "4",
        "last": "7",
        "last_note": "",
        "change": "-3",
    }
    assert url == reverse("figure_records", args=[2014, district.code, "aided"])
    assert "调整原因：他处资助" in text(response)


def test_page_shows_findings_with_records_and_explanation(get, report, clerk):
    adjust_figure(report, slug="certificates", difference=Decimal(2), reason="补记", by=By(clerk))
    body = text(get("report_show", report.pk))
    assert "没有填写填报人、联系电话" in body
    assert "超过“就业技能培训”0 人次" in body
    assert reverse("report_explain", args=[report.pk, "within_certificates"]) in body
    explain_check(report, code="within_certificates", text="去年培训", by=By(clerk))
    assert "说明：去年培训" in text(get("report_show", report.pk))


def test_page_tells_the_history(get, year_2014, district, clerk, lead, reviewer):
    report = ready(year_2014, district)
    adjust_figure(report, slug="event_posts", difference=Decimal(3), reason="漏记", by=By(clerk))
    submit_report(report, by=By(lead))
    return_report(
        report, figures=[Returned("event_posts", "adjustment", "缺附件")], comment="请补充理由", by=By(reviewer)
    )
    response = get("report_show", report.pk)
    assert [(past.who, past.what) for past in response.context["past"]] == [
        ("王保障", "退回"),
        ("李审核", "确认并报送"),
        ("陈经办", f"调整“{FIGURES['event_posts']}”+3"),
    ]
    for words in ("退回后要办的事", "请补充理由", "调整理由不足", "缺附件"):
        assert words in text(response)


def test_handed_in_report_shows_what_was_frozen_and_no_way_to_edit(get, year_2014, district, lead):
    report = ready(year_2014, district)
    submission = submit_report(report, by=By(lead))
    make.event(district)
    response = get("report_show", report.pk)
    rows = {row.figure.slug: (row, url) for _n, _title, rows in response.context["forms"] for row, url, *_more in rows}
    assert rows["job_events"][0].reported == 0
    assert rows["job_events"][1] == reverse("submission_records", args=[submission.pk, "job_events"])
    for name in ("report_contact", "report_summary", "report_nil", "report_annex_upload", "report_submit"):
        assert f'"{reverse(name, args=[report.pk])}"' not in text(response)
    assert "/adjust/" not in text(response)
    assert get("report_contact", report.pk).url == reverse("report_show", args=[report.pk])


def test_buttons_come_from_the_table(client_of, report, lead, clerk, reviewer, auditor):
    button = reverse("report_submit", args=[report.pk])
    edit = reverse("report_contact", args=[report.pk])
    for user, may_submit, may_edit in (
        (lead, True, True),
        (clerk, False, True),
        (reviewer, False, False),
        (auditor, False, False),
    ):
        body = text(client_of(user).get(reverse("report_show", args=[report.pk])))
        assert (button in body, edit in body) == (may_submit, may_edit), user


def test_page_takes_as_many_queries_for_three_adjustments_as_for_one(get, report, clerk):
    counts = []
    for slugs in (["event_posts"], ["employer_posts", "practice_posts"]):
        for slug in slugs:
            adjust_figure(report, slug=slug, difference=Decimal(3), reason="漏记", by=By(clerk))
        with CaptureQueriesContext(connection) as queries:
            get("report_show", report.pk)
        counts.append(len(queries))
    assert counts[0] == counts[1]


EDIT_PAGES = [
    ("report_contact", ()),
    ("report_adjust", ("aided",)),
    ("report_explain", ("within_certificates",)),
    ("report_summary", ()),
    ("report_nil", ()),
    ("report_annex_upload", ()),
]


@pytest.mark.parametrize(("name", "args"), [("report_show", ()), *EDIT_PAGES])
@pytest.mark.parametrize("who", ["foreign_clerk", "grassroots_clerk"])
def test_stranger_or_union_below_finds_no_report(client_of, report, name, args, who, request):
    client = client_of(request.getfixturevalue(who))
    assert client.get(reverse(name, args=[report.pk, *args])).status_code == 404


@pytest.mark.parametrize(("name", "args"), EDIT_PAGES)
def test_clerk_of_the_city_is_told_who_prepares(client_of, report, city, name, args):
    client = client_of(UserFactory(union=city))
    response = client.get(reverse(name, args=[report.pk, *args]))
    assert response.status_code == 403
    assert "只能由填报单位（东湖区总工会）自己填报" in text(response)


# Editing


def test_contact_is_saved_and_an_error_keeps_what_was_typed(post, report):
    response = post("report_contact", report.pk, name="陈经办", telephone="12", version=1)
    assert "电话应为 11 位手机号" in text(response)
    assert 'value="陈经办"' in text(response)
    assert post("report_contact", report.pk, name="陈经办", telephone="63211939", version=1).status_code == 302
    assert Report.objects.get().contact_telephone == "63211939"


def test_contact_changed_meanwhile_is_told_once_and_then_saved(post, report):
    post("report_contact", report.pk, name="孙经办", telephone="63211939", version=1)
    response = post("report_contact", report.pk, name="陈经办", telephone="63211940", version=1)
    assert "已改为：孙经办，63211939" in text(response)
    assert 'value="陈经办"' in text(response)
    assert 'name="version" value="2"' in text(response)


@pytest.mark.parametrize(
    ("slug", "typed", "kept"),
    [
        ("paid", "-0.002048", "-20.48"),
        ("microloan_amount", "12.50", "12.50"),
        ("microloan_amount", "１２．５", "12.50"),
        ("paid", "－０．００２０４８", "-20.48"),
        ("paid", "−0.002048", "-20.48"),
        ("aided", "3", "3"),
        ("aided", " ３ ", "3"),
    ],
)
def test_adjustment_is_typed_in_the_unit_of_the_form(post, report, district, slug, typed, kept):
    make.payment(district)
    response = post("report_adjust", report.pk, slug, difference=typed, reason="核对", seen="")
    assert response.status_code == 302
    assert Adjustment.objects.get().difference == Decimal(kept)


@pytest.mark.parametrize("typed", ["0.5", "１２．５", "3.0"])
def test_count_is_asked_for_as_a_whole_number(post, report, typed):
    response = post("report_adjust", report.pk, "aided", difference=typed, reason="核对", seen="")
    assert response.context["form"].errors["difference"] == ["请填整数。"]
    assert not Adjustment.objects.exists()


@pytest.mark.parametrize(("slug", "typed"), [("paid", "0.0000001"), ("aided", "0.5"), ("aided", "x"), ("aided", "-1")])
def test_adjustment_that_cannot_be_is_answered_on_the_form(post, report, slug, typed):
    response = post("report_adjust", report.pk, slug, difference=typed, reason="核对这一处", seen="")
    assert response.status_code == 200
    assert response.context["form"].errors["difference"]
    assert "核对这一处" in text(response)
    assert not Adjustment.objects.exists()


def test_adjustment_shows_the_earlier_one_and_is_withdrawn(get, post, report, clerk):
    adjust_figure(report, slug="paid", difference=Decimal("20.48"), reason="漏记", by=By(clerk))
    response = get("report_adjust", report.pk, "paid")
    assert response.context["form"].initial == {"difference": "0.002048", "reason": "漏记", "seen": "20.48"}
    assert reverse("report_adjust_withdraw", args=[report.pk, "paid"]) in text(response)
    for _turn in range(2):
        assert post("report_adjust_withdraw", report.pk, "paid").status_code == 302
    assert not Adjustment.objects.exists()


def test_adjustment_of_no_figure_is_not_found(get, post, report):
    assert get("report_adjust", report.pk, "nonsense").status_code == 404
    assert post("report_adjust_withdraw", report.pk, "nonsense").status_code == 404


def test_explanation_is_saved(get, post, report, clerk):
    adjust_figure(report, slug="certificates", difference=Decimal(2), reason="补记", by=By(clerk))
    assert "超过“就业技能培训”" in text(get("report_explain", report.pk, "within_certificates"))
    assert post("report_explain", report.pk, "within_certificates", text="去年培训", seen="").status_code == 302
    assert Explanation.objects.get().text == "去年培训"
    for code in ("nonsense", "contact"):
        assert get("report_explain", report.pk, code).status_code == 404


def test_summary_is_uploaded_and_taken_away_again(get, post, report):
    assert get("report_summary_download", report.pk).status_code == 404
    assert post("report_summary", report.pk, file=SimpleUploadedFile("年度总结.pdf", PDF)).status_code == 302
    response = get("report_summary_download", report.pk)
    assert (response.content, response["Content-Type"]) == (PDF, "application/pdf")
    assert "attachment" in response["Content-Disposition"]
    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED).count() == 1


def test_summary_of_another_kind_is_answered_on_the_form(post, report):
    response = post("report_summary", report.pk, file=SimpleUploadedFile("年度总结.pdf", b"MZ"))
    assert "这不是 Word" in text(response)
    assert not SummaryFile.objects.exists()


def test_nil_report_is_declared_and_taken_back(get, post, report):
    for nil, words in (("1", "声明零报告"), ("0", "撤销零报告")):
        assert words in text(get("report_nil", report.pk))
        assert post("report_nil", report.pk, nil=nil).status_code == 302
        assert Report.objects.get().is_nil == (nil == "1")


@pytest.mark.parametrize(
    ("name", "args", "data"),
    [
        ("report_contact", (), {"name": "陈", "telephone": "63211939", "version": 1}),
        ("report_adjust", ("aided",), {"difference": "3", "reason": "漏记"}),
        ("report_explain", ("within_certificates",), {"text": "去年"}),
        ("report_nil", (), {"nil": "1"}),
    ],
)
def test_forged_form_for_what_was_handed_in_is_refused(post, year_2014, district, name, args, data):
    report = report_in(year_2014, district, ReportState.SUBMITTED)
    response = post(name, report.pk, *args, **data)
    assert response.status_code == 200
    assert "不能修改" in text(response)
    assert not Report.objects.get().is_nil
    assert not Adjustment.objects.exists()


def test_extension_moves_the_due_date_on_the_page(get, report):
    Report.objects.filter(pk=report.pk).update(extended_to=date(2014, 10, 9))
    assert "2014-10-09" in text(get("report_show", report.pk))


# What is left to do


def test_what_is_left_stands_on_top_and_the_button_comes_when_nothing_is(client_of, lead, clerk, year_2014, district):
    report = Report.objects.open(year_2014, district)
    button = f'<a class="btn btn-primary" href="{reverse("report_submit", args=[report.pk])}">'
    response = client_of(lead).get(reverse("report_show", args=[report.pk]))
    steps = [(step.words, step.url) for step in response.context["steps"]]
    assert steps[:2] == [
        ("没有填写填报人、联系电话。", reverse("report_contact", args=[report.pk])),
        ("没有上传总结报告。", reverse("report_summary", args=[report.pk])),
    ]
    assert "才能报送" in text(response)
    assert button not in text(response)
    ready(year_2014, district)
    bodies = {user: text(client_of(user).get(reverse("report_show", args=[report.pk]))) for user in (lead, clerk)}
    assert bodies[lead].count(button) == 1
    assert button not in bodies[clerk]
    assert "请单位审核人核对后确认并报送" in bodies[clerk]
