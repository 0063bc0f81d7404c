"""A workbook between upload and confirmation: what is kept of it, how, and for how long."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from aid.models import Household, Person
from employment.workbook import CASE_WORKBOOK
from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry, WorkbookUpload
from portal.models.upload import UploadState
from portal.workbook.importing.service import Outcome
from portal.workbook.uploading import confirm_upload, upload_workbook
from tests import builders
from tests.workbook.outcomes import row_counts
from tests.workbook.sheets import HOUSEHOLD, MING, WANG, light_book, valid_book, write

ZIP_MAGIC = b"PK\x03\x04"
ADDRESS = "10.0.0.7"
OF_AN_UPLOAD = ("portal.WorkbookUpload", "portal.AuditEntry")


@pytest.fixture
def upload(tmp_path, district, grassroots, clerk):
    """Upload a workbook as the district, or as another union and person."""

    def upload(book, *, unit=district, actor=clerk, name="家庭.xlsx") -> WorkbookUpload:
        content = write(book, tmp_path / "book.xlsx").read_bytes()
        return upload_workbook(content, name=name, workbook=CASE_WORKBOOK, unit=unit, by=By(actor, ADDRESS))

    return upload


@pytest.fixture
def confirm(clerk):
    return lambda upload: confirm_upload(upload, workbook=CASE_WORKBOOK, by=By(clerk, ADDRESS))


@pytest.fixture
def faulty_book():
    book = valid_book()
    book.put(HOUSEHOLD, "D001", "身份证号", WANG[:17] + "?")
    return book


def stored(upload: WorkbookUpload) -> tuple[bytes, str]:
    """Content and outcome as they lie in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, outcome FROM portal_workbookupload")
        ((content, outcome),) = cursor.fetchall()
    return bytes(content), outcome


def test_good_workbook_waits_for_confirmation_and_no_record_is_written(upload, district, clerk):
    before = row_counts()
    kept = upload(valid_book())
    after = row_counts()
    assert {name for name in after if after[name] != before[name]} == set(OF_AN_UPLOAD)
    assert (kept.state, kept.union, kept.union_path, kept.uploaded_by) == (
        UploadState.CHECKED,
        district,
        district.path,
        clerk,
    )
    outcome = Outcome.loads(kept.outcome)
    assert outcome.dry_run
    assert outcome.created[HOUSEHOLD] == 4


def test_faulty_workbook_is_kept_with_its_faults(upload, faulty_book):
    kept = upload(faulty_book)
    assert kept.state == UploadState.FAULTY
    assert ("困难职工家庭", 2, "身份证号") in [(e.sheet, e.row, e.column) for e in Outcome.loads(kept.outcome).errors]
    assert kept.content.startswith(ZIP_MAGIC)  # still needed for the marked copy


def test_file_that_is_no_workbook_is_kept_as_faulty(district, clerk):
    kept = upload_workbook(b"<html>", name="页面.xlsx", workbook=CASE_WORKBOOK, unit=district, by=By(clerk, ADDRESS))
    (error,) = Outcome.loads(kept.outcome).errors
    assert (kept.state, error.sheet, error.row) == (UploadState.FAULTY, None, None)


def test_upload_leaves_one_audit_row(upload, district, clerk, faulty_book):
    upload(faulty_book)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.union_path, entry.address) == (
        AuditAction.UPLOADED,
        clerk,
        district.path,
        ADDRESS,
    )
    assert entry.detail["errors"] >= 1


def test_content_and_outcome_are_encrypted_at_rest(upload, faulty_book):
    kept = upload(faulty_book)
    assert kept.content.startswith(ZIP_MAGIC)
    assert WANG[:17] in kept.outcome  # the cell is shown to whom it belongs
    content, outcome = stored(kept)
    assert content
    assert ZIP_MAGIC not in content
    for number in (WANG, WANG[:17], MING):
        assert number.encode() not in content
        assert number not in outcome


def test_upload_is_read_back_as_it_was(upload):
    kept = upload(valid_book())
    again = WorkbookUpload.objects.get(pk=kept.pk)
    assert (bytes(again.content), again.outcome) == (kept.content, kept.outcome)


def test_confirmed_upload_is_imported_and_its_content_wiped(upload, confirm, clerk):
    done = confirm(upload(light_book()))
    assert done.state == UploadState.IMPORTED
    assert Household.objects.count() == 4
    assert stored(done)[0] == b""
    entry = AuditEntry.objects.get(action=AuditAction.IMPORTED)
    assert (entry.actor, entry.address) == (clerk, ADDRESS)


def test_confirmed_twice_acts_once(upload, confirm):
    kept = upload(light_book())
    confirm(kept)
    before = row_counts()
    again = confirm(kept)  # what a second press still holds: the upload as it was before the first
    assert again.state == UploadState.IMPORTED
    assert row_counts() == before
    assert Outcome.loads(again.outcome).created[HOUSEHOLD] == 4  # still what the first press did


def test_faulty_upload_is_not_confirmed(upload, confirm, faulty_book):
    kept = upload(faulty_book)
    before = row_counts()
    assert confirm(kept).state == UploadState.FAULTY
    assert row_counts() == before


def test_records_that_changed_in_between_stop_the_import(upload, confirm, foreign_district):
    kept = upload(valid_book())
    worker = Person.of(WANG)
    worker.save()
    builders.household(foreign_district, worker=worker)
    before = row_counts()
    done = confirm(kept)
    assert done.state == UploadState.FAULTY
    assert row_counts() == before
    assert done.content.startswith(ZIP_MAGIC)
    (error,) = Outcome.loads(done.outcome).errors
    assert (error.sheet, error.column) == (HOUSEHOLD, "身份证号")
    assert foreign_district.name in error.reason


def test_uploads_older_than_a_week_go_with_the_next_one(upload):
    aged = {days: upload(valid_book().only("资金筹集")).pk for days in (6, 8)}
    for days, pk in aged.items():
        WorkbookUpload.objects.filter(pk=pk).update(uploaded_at=timezone.now() - timedelta(days=days))
    kept = upload(valid_book().only("资金筹集"))
    assert set(WorkbookUpload.objects.values_list("pk", flat=True)) == {aged[6], kept.pk}


def test_old_uploads_of_a_unit_that_uploads_no_more_go_too(upload, foreign_district, foreign_clerk):
    foreign = upload(valid_book(), unit=foreign_district, actor=foreign_clerk)
    WorkbookUpload.objects.update(uploaded_at=timezone.now() - timedelta(days=8))
    upload(valid_book())
    assert not WorkbookUpload.objects.filter(pk=foreign.pk).exists()


def test_overlong_name_is_cut_to_its_end(upload):
    kept = upload(valid_book().only("资金筹集"), name="长" * 300 + ".xlsx")
    assert len(kept.file_name) == 200
    assert kept.file_name.endswith("长.xlsx")


def test_upload_of_a_union_below_is_seen_from_above_only(
    upload, district, grassroots, clerk, grassroots_clerk, foreign_clerk
):
    above = upload(valid_book())
    below = upload(valid_book(), unit=grassroots, actor=grassroots_clerk)
    assert set(WorkbookUpload.objects.visible_to(clerk)) == {above, below}
    assert set(WorkbookUpload.objects.visible_to(grassroots_clerk)) == {below}
    assert not WorkbookUpload.objects.visible_to(foreign_clerk).exists()
