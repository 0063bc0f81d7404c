"""The forms of a report in preparation: as they would be handed in now, marked as a draft."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from docx import Document

from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry
from reports.handed_in.submission import submit_report
from reports.preparing.preparation import adjust_figure
from reports.render.frozen import FrozenForms
from reports.render.prepared import PreparedForms
from tests.reports import builders as make
from tests.reports.getting_ready import ready


@pytest.fixture
def report(year_2014, district, clerk):
    make.event(district)
    report = ready(year_2014, district)
    adjust_figure(report, slug="event_posts", difference=Decimal(12), reason="另有岗位", by=By(clerk))
    return ready(year_2014, district)


def address(report, name="report_forms", *more) -> str:
    return reverse(name, args=[report.pk, *more])


def test_draft_has_the_values_and_the_contact_that_would_be_handed_in(report, lead):
    draft = PreparedForms.of(report)
    handed_in = FrozenForms.of(submit_report(report, by=By(lead)))
    assert draft.values == handed_in.values
    assert draft.spaces == handed_in.spaces
    assert draft.text("event_posts") == "42"


def test_page_shows_both_forms_each_blank_with_its_records(client_of, clerk, report):
    body = client_of(clerk).get(address(report)).text
    records = reverse("figure_records", args=[2014, report.union.code, "event_posts"])
    assert f'<a class="annex-blank" href="{records}">42</a>' in body
    assert body.count('class="annex-blank"') == 49
    assert "草稿，尚未报送：按 2014-12-31 的记录统计并含调整" in body
    assert address(report) in client_of(clerk).get(reverse("report_show", args=[report.pk])).text


def test_download_says_that_it_is_a_draft_and_carries_no_code(client_of, clerk, report):
    response = client_of(clerk).get(address(report, "report_forms_download", 2, "docx"))
    book = Document(io.BytesIO(response.content))
    footer = book.sections[0].footer
    assert footer.paragraphs[0].text.startswith("草稿，尚未报送")
    assert not footer._element.xpath(".//pic:pic")
    assert any("就业岗位" in line.text and "42" in line.text for line in book.paragraphs)
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.actor, entry.detail["file"]) == (clerk, "附件2.docx")


def test_what_was_handed_in_has_no_draft(client_of, clerk, lead, report):
    submission = submit_report(report, by=By(lead))
    client = client_of(clerk)
    assert client.get(address(report)).url == reverse("submission_show", args=[submission.pk])
    assert client.get(address(report, "report_forms_download", 0, "xlsx")).status_code == 404


@pytest.mark.parametrize(("number", "kind"), [(3, "docx"), (0, "json"), (0, "exe")])
def test_file_of_what_is_none_is_not_found(client_of, clerk, report, number, kind):
    assert client_of(clerk).get(address(report, "report_forms_download", number, kind)).status_code == 404
