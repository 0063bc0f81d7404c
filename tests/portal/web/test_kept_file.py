"""Every file that is kept with a record is handed out with a row in the audit log, and no page is drawn from it."""

import io

import pytest
from django.apps import apps
from django.urls import reverse
from PIL import Image

from aid.casework.notices import attach_photo
from aid.models import PublicNotice
from portal.audit import By
from portal.enums import AuditAction
from portal.gate import limits
from portal.gate.thumbnail import thumbnail
from portal.models import AuditEntry
from portal.models.upload import KeptFile
from tests.access_rows import ROWS

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 50 + b"\xff\xd9"
HANDED_OUT = (
    "document_download",
    "visit_photo",
    "exemplar_file",
    "contribution_voucher",
    "publicnotice_photo",
    "objection_file",
)
# Of a report: handed out by its pages, which tell the log of them.
OF_REPORTS = {"AdjustmentFile", "SummaryFile"}


def test_every_kind_of_kept_file_is_among_them():
    kinds = {model.__name__ for model in apps.get_models() if issubclass(model, KeptFile)} - OF_REPORTS
    assert kinds == {
        "VisitPhoto", "ExemplarFile", "ContributionVoucher", "NoticePhoto", "ObjectionFile",
    }  # fmt: skip


@pytest.mark.parametrize("name", HANDED_OUT)
def test_stamp_is_too_small_to_read_and_leaves_no_row(client_of, clerk, foreign_clerk, district, name):
    row = next(row for row in ROWS if row.name == name)
    made = row.make(district)
    if name == "publicnotice_photo":
        attach_photo(PublicNotice.objects.get(pk=made["pk"]), name="a.jpg", content=JPEG, by=By(clerk))
    address = f"{reverse(name, kwargs=made)}?small=1"
    assert client_of(clerk).get(address).status_code == 204  # what tests keep is no picture
    assert client_of(foreign_clerk).get(address).status_code == 404
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED).exists()


@pytest.mark.parametrize(
    ("mode", "kind", "content_type"),
    [("RGB", "JPEG", "image/jpeg"), ("RGBA", "PNG", "image/png"), ("1", "PNG", "image/png")],
)
def test_stamp_of_a_picture_keeps_its_shape(mode, kind, content_type):
    into = io.BytesIO()
    Image.new(mode, (1600, 400)).save(into, kind)
    with Image.open(io.BytesIO(thumbnail(into.getvalue(), content_type))) as stamp:
        assert (stamp.size, stamp.format) == ((96, 24), "JPEG")
    assert thumbnail(into.getvalue(), "application/pdf") is None
    assert thumbnail(into.getvalue()[:60], content_type) is None


def test_stamp_is_not_drawn_of_more_pixels_than_a_picture_may_have(monkeypatch):
    into = io.BytesIO()
    Image.new("RGB", (100, 100)).save(into, "PNG")
    monkeypatch.setattr(limits, "PIXELS", 9_999)
    assert thumbnail(into.getvalue(), "image/png") is None


@pytest.mark.parametrize("name", HANDED_OUT)
def test_opening_is_told_and_the_file_stays_a_file(client_of, clerk, district, name):
    row = next(row for row in ROWS if row.name == name)
    made = row.make(district)
    if name == "publicnotice_photo":  # its address is that of the notice
        attach_photo(PublicNotice.objects.get(pk=made["pk"]), name="a.jpg", content=JPEG, by=By(clerk))
    address = reverse(name, kwargs=made)
    told = AuditEntry.objects.filter(action=AuditAction.EXPORTED, actor=clerk)
    answer = client_of(clerk).get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert told.count() == 1
    assert told.get().detail["act"]
