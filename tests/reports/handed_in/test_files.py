"""Files of adjustments, and all files as they were handed in."""

import hashlib
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from openpyxl import Workbook

from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.enums import ReportState
from reports.handed_in.files import files_are_whole
from reports.handed_in.submission import return_report, submit_report
from reports.models import Adjustment, AdjustmentFile, FrozenFile, Report, Submission
from reports.preparing.adjustment_file import attach_adjustment_file, remove_adjustment_file
from reports.preparing.preparation import adjust_figure, attach_summary, withdraw_adjustment
from reports.sealing.snapshot import kept
from tests.papers import JPEG, PNG
from tests.reports.getting_ready import PDF, docx, frozen, ready
from tests.reports.submissions import report as report_in


def xlsx() -> bytes:
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


@pytest.fixture
def report(year_2014, district, clerk):
    report = ready(year_2014, district)
    adjust_figure(report, slug="event_posts", difference=12, reason="另有岗位", by=By(clerk))
    return ready(year_2014, district)


@pytest.fixture
def attach(report, clerk):
    def act(name: str = "依据.pdf", content: bytes = PDF, slug: str = "event_posts", actor=clerk):
        return attach_adjustment_file(report, slug=slug, name=name, content=content, by=By(actor, "10.0.0.7"))

    return act


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", PDF), ("a.docx", docx()), ("a.XLSX", xlsx()), ("a.png", PNG), ("a.jpg", JPEG), ("a.jpeg", JPEG)],
)
def test_file_is_kept_encrypted_and_audited(attach, clerk, report, name, content):
    attach(name, content)
    file = AdjustmentFile.objects.get()
    assert (bytes(file.content), file.file_name) == (content, name)
    assert file.digest == hashlib.sha256(content).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM reports_adjustmentfile")
        assert content not in bytes(cursor.fetchone()[0])
    entry = AuditEntry.objects.get(action=AuditAction.UPLOADED)
    assert (entry.actor, entry.address, entry.union_path) == (clerk, "10.0.0.7", report.union.path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "空的"),
        ("a.jpg", PNG, "后缀不符"),
        ("a.pdf", xlsx(), "后缀不符"),
        ("a.png", b"\x89PNG cut short", "Word"),
        ("a.html", b"<html>", "Word"),
        ("a.png", PNG + b"\0" * 20 * 1024 * 1024, "20 MB"),
    ],
)
def test_file_of_another_kind_is_refused(attach, name, content, words):
    with pytest.raises(ValidationError, match=words):
        attach(name, content)
    assert not AdjustmentFile.objects.exists()


def test_same_file_twice_acts_once_and_another_replaces_it(attach, report):
    attach()
    versions = report.history.count()
    attach()
    assert report.history.count() == versions
    attach("新.docx", docx())
    assert AdjustmentFile.objects.get().file_name == "新.docx"


def test_file_needs_an_adjustment_and_goes_with_it(attach, report, clerk):
    with pytest.raises(ValidationError, match="没有调整"):
        attach(slug="aided")
    attach()
    withdraw_adjustment(report, slug="event_posts", by=By(clerk))
    assert not AdjustmentFile.objects.exists()


def test_file_is_taken_away_and_the_adjustment_stays(attach, report, clerk):
    attach()
    for _press in range(2):
        remove_adjustment_file(report, slug="event_posts", by=By(clerk))
    assert not AdjustmentFile.objects.exists()
    assert Adjustment.objects.count() == 1


def test_what_was_handed_in_and_what_is_anothers_keeps_its_files(year_2014, foreign_district, attach, reviewer, clerk):
    with pytest.raises(MoveRefused):
        attach(actor=reviewer)
    submitted = report_in(year_2014, foreign_district, ReportState.SUBMITTED)
    with pytest.raises(MoveRefused):
        remove_adjustment_file(submitted, slug="event_posts", by=By(clerk))


def test_form_takes_adjustment_and_file_together_or_neither(report, client_of, clerk):
    browser, url = client_of(clerk), reverse("report_adjust", args=[report.pk, "aided"])
    data = {"difference": "3", "reason": "他处资助", "seen": ""}
    bad = browser.post(url, data | {"file": SimpleUploadedFile("a.pdf", b"MZ")})
    assert "这不是 Word" in bad.content.decode()
    assert "他处资助" in bad.content.decode()
    assert not Adjustment.objects.filter(slug="aided").exists()
    assert browser.post(url, data | {"file": SimpleUploadedFile("证明.pdf", PDF)}).status_code == 302
    assert "证明.pdf" in browser.get(url).content.decode()
    assert "证明.pdf" in browser.get(reverse("report_show", args=[report.pk])).content.decode()
    response = browser.get(reverse("report_adjust_file", args=[report.pk, "aided"]))
    assert (response.content, response["X-Content-Type-Options"]) == (PDF, "nosniff")
    assert response["Content-Disposition"].startswith("attachment")
    browser.post(reverse("report_adjust_file_remove", args=[report.pk, "aided"]))
    assert not AdjustmentFile.objects.exists()


# Frozen


@pytest.fixture
def submission(attach, report, lead):
    attach()
    attach_summary(report, name="总结.docx", content=docx(), by=By(lead))
    return submit_report(report, by=By(lead))


def test_bytes_are_frozen_and_the_digest_covers_them(submission):
    assert {file.slug: bytes(file.content) for file in submission.files.all()} == {"": docx(), "event_posts": PDF}
    again = Submission.objects.get(pk=submission.pk)
    assert again.content["files"]["event_posts"]["digest"] == hashlib.sha256(PDF).hexdigest()
    assert kept(again).digest == again.digest
    assert files_are_whole(again)


def test_damaged_file_is_told_and_not_given_out(submission, client_of, reviewer, monkeypatch):
    original = FrozenFile.from_db.__func__

    def damaged(cls, *args):
        file = original(cls, *args)
        if "content" in file.__dict__:
            file.content = b"%PDF-1.4 another"
        return file

    monkeypatch.setattr(FrozenFile, "from_db", classmethod(damaged))
    assert not files_are_whole(submission)
    browser = client_of(reviewer)
    assert "重新计算的结果不一致" in browser.get(reverse("submission_show", args=[submission.pk])).content.decode()
    assert browser.get(reverse("submission_summary", args=[submission.pk])).status_code == 302


def test_damaged_upload_keeps_the_report_from_going_in(report, attach, lead):
    attach()
    AdjustmentFile.objects.update(digest="0" * 64)
    with pytest.raises(MoveRefused, match="已损坏"):
        submit_report(report, by=By(lead))
    assert not Submission.objects.exists()


def test_reviewer_reads_what_was_handed_in_whatever_the_unit_does_later(submission, client_of, reviewer, lead):
    report = Report.objects.get(pk=submission.report_id)
    return_report(report, figures=[], comment="请补充", by=By(reviewer))
    report.refresh_from_db()
    attach_summary(report, name="新总结.pdf", content=PDF, by=By(lead))
    remove_adjustment_file(report, slug="event_posts", by=By(lead))
    browser = client_of(reviewer)
    for name, args, content in (("submission_summary", (), docx()), ("submission_file", ("event_posts",), PDF)):
        assert browser.get(reverse(name, args=[submission.pk, *args])).content == content
    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED, actor=reviewer).count() == 2
    assert browser.get(reverse("submission_file", args=[submission.pk, "aided"])).status_code == 404


def test_submission_from_before_files_were_kept_still_opens(year_2014, district, client_of, clerk):
    submission = frozen(ready(year_2014, district), keep_files=False)
    assert kept(submission).digest == submission.digest
    assert files_are_whole(submission)
    page = client_of(clerk).get(reverse("submission_show", args=[submission.pk]))
    assert "总结.pdf" in page.content.decode()
    assert reverse("submission_summary", args=[submission.pk]) not in page.content.decode()
    assert client_of(clerk).get(reverse("submission_summary", args=[submission.pk])).status_code == 404
