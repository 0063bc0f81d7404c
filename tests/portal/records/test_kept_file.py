"""Every file that is kept with a record is handed out with a row in the audit log, and no page is drawn from it.

An auditor has it only with a second person's consent; that no other address hands one out is tried for every address
by the access matrix.
"""

import io

import pytest
from django.apps import apps
from django.urls import reverse
from PIL import Image

from aid.casework.notices import attach_photo
from aid.models import Household, PublicNotice, Visit
from portal.audit import By
from portal.enums import AuditAction
from portal.fields import EncryptedBinaryField
from portal.gate import limits
from portal.gate.thumbnail import thumbnail
from portal.models import AuditEntry, RevealRequest
from tests import builders
from tests.access_rows import ROWS

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 50 + b"\xff\xd9"
HANDED_OUT = (
    "document_download",
    "visit_photo",
    "exemplar_file",
    "contribution_voucher",
    "publicnotice_photo",
    "objection_file",
    "officequestion_paper",
)
# Of a report: the unit wrote them for the city, and its pages tell the log of them.
OF_REPORTS = {"AdjustmentFile", "SummaryFile", "FrozenFile"}
# Handed out by no address to who needs consent: the clerk's own, lists of accounts, the bank's, and parts of jobs.
OF_NO_RECORD = {"AccountBatch", "WorkbookUpload", "JobPart", "ListUpload", "ReturnFile"}


def test_every_kind_of_kept_file_is_among_them():
    kept = {
        model.__name__
        for model in apps.get_models()
        if any(isinstance(field, EncryptedBinaryField) for field in model._meta.fields)
    }
    assert kept - OF_REPORTS - OF_NO_RECORD == {
        "VisitPhoto", "ExemplarFile", "ContributionVoucher", "NoticePhoto", "ObjectionFile", "Document",
        "OfficePaper",
    }  # fmt: skip


def address_in(district, clerk, name: str) -> str:
    """Where a file of `district` is handed out."""
    row = next(row for row in ROWS if row.name == name)
    made = row.make(district)
    if name == "publicnotice_photo":  # its address is that of the notice
        attach_photo(PublicNotice.objects.get(pk=made["pk"]), name="a.jpg", content=JPEG, by=By(clerk))
    return reverse(name, kwargs=made)


@pytest.mark.parametrize("name", HANDED_OUT)
def test_auditor_opens_what_a_second_person_agreed_to(client_of, auditor, clerk, lead, district, name):
    address, client = address_in(district, clerk, name), client_of(auditor)
    stamp = client.get(f"{address}?small=1")
    assert (stamp.status_code, stamp.content) == (204, b"")
    refused = client.get(address)
    assert refused.status_code == 302
    asking = client.get(refused.url)
    assert "先申请，由该单位的审核人或市总审核员同意" in asking.text
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED).exists()
    client.post(refused.url, {"reason": "oversight"})
    assert "正在等第二人同意" in client.get(refused.url).text
    assert client.get(address).status_code == 302
    client_of(lead).post(reverse("revealrequest_answer", args=[RevealRequest.objects.get().pk]), {"answer": "agree"})
    assert client.get(refused.url).status_code == 302
    assert client.get(address).status_code == 200
    assert AuditEntry.objects.get(action=AuditAction.EXPORTED).actor == auditor


@pytest.mark.parametrize("name", ["document_download", "objection_file", "visit_photo"])
def test_consent_to_a_household_opens_the_files_of_what_belongs_to_it(client_of, auditor, clerk, lead, district, name):
    address, client = address_in(district, clerk, name), client_of(auditor)
    if name == "visit_photo":
        Visit.objects.update(person=builders.household(district).worker)
    for home in Household.objects.all():
        client.post(reverse("revealrequest_ask", args=["household", home.pk]), {"reason": "oversight"})
    assert client.get(address).status_code == 302
    for asked in RevealRequest.objects.all():
        client_of(lead).post(reverse("revealrequest_answer", args=[asked.pk]), {"answer": "agree"})
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("kind", ["nothing", "campaign", "objection"])
def test_nothing_is_asked_for_that_has_no_page(client_of, auditor, kind):
    assert client_of(auditor).get(reverse("revealrequest_ask", args=[kind, 1])).status_code == 404


@pytest.mark.parametrize("name", HANDED_OUT)
def test_stamp_is_too_small_to_read_and_leaves_no_row(client_of, clerk, foreign_clerk, district, name):
    address = f"{address_in(district, clerk, name)}?small=1"
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
    address = address_in(district, clerk, name)
    told = AuditEntry.objects.filter(action=AuditAction.EXPORTED, actor=clerk)
    answer = client_of(clerk).get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert told.count() == 1
    assert told.get().detail["act"]
