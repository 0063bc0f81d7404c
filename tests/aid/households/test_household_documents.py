from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from aid.enums import DocumentKind
from aid.households.papers import note_seen
from aid.models import Document, Household
from portal.audit import By
from portal.enums import AuditAction, Role
from portal.models import AuditEntry
from tests import builders
from tests.factories import UserFactory
from tests.forms import errors
from tests.papers import PDF, PNG


@pytest.fixture
def home(district):
    return builders.household(district)


def upload(client, home, name, content, kind="identity"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("household_documents", args=[home.pk]), {"kind": kind, "file": file})


def test_paper_is_kept_sealed_and_comes_back_as_it_was(client_of, clerk, home):
    client = client_of(clerk)
    upload(client, home, "身份证.pdf", PDF)
    upload(client, home, "身份证.pdf", PDF)
    document = Document.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM aid_document")
        assert b"paper" not in bytes(cursor.fetchone()[0])
    answer = client.get(reverse("document_download", args=[document.pk]))
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    row = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (row.actor, row.subject) == (clerk, f"困难职工家庭 {home.number}")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("身份证.pdf", b"<html>", "PDF、JPG 或 PNG"),
        ("身份证.pdf", PNG, "后缀"),
        ("身份证.exe", PDF, "后缀"),
        ("身份证.pdf", PDF + b" " * 10 * 1024 * 1024, "10 MB"),
    ],
)
def test_anything_else_is_refused(client_of, clerk, home, name, content, word):
    response = upload(client_of(clerk), home, name, content)
    assert word in str(errors(response))
    assert not Document.objects.exists()


def test_what_is_missing_is_listed(client_of, clerk, district, home):
    client = client_of(clerk)
    builders.document(home, "application")
    address = reverse("household_detail", args=[home.pk])
    assert "还缺：身份证明、收入证明、公示记录。" in client.get(address).text
    builders.child(district, household=home)
    assert "还缺：身份证明、收入证明、在读证明、公示记录。" in client.get(address).text


def test_readers_read_and_strangers_find_nothing(client_of, lead, foreign_clerk, home):
    document = builders.document(home)
    address = reverse("document_download", args=[document.pk])
    assert client_of(lead).get(address).status_code == 200
    assert upload(client_of(lead), home, "证明.pdf", PDF).status_code == 403
    assert client_of(lead).post(reverse("document_remove", args=[document.pk])).status_code == 403
    assert client_of(foreign_clerk).get(address).status_code == 404
    assert client_of(foreign_clerk).post(reverse("document_remove", args=[document.pk])).status_code == 404
    assert Document.objects.count() == 1


def test_wrong_paper_is_taken_away(client_of, clerk, home):
    document = builders.document(home)
    client_of(clerk).post(reverse("document_remove", args=[document.pk]))
    assert not Document.objects.exists()
    row = AuditEntry.objects.get(action=AuditAction.RECORD_SAVED)
    assert row.detail == {"act": "作废材料", "document": "身份证明"}
    kept = Document.everything.get()
    assert (kept.removed_by, bytes(kept.content)) == (clerk, bytes(document.content))


def test_paper_taken_away_comes_back_by_the_same_hand_within_the_day(client_of, clerk, home):
    document = builders.document(home)
    hand = client_of(clerk)
    hand.post(reverse("document_remove", args=[document.pk]))
    restore = reverse("document_restore", args=[document.pk])
    page = hand.get(reverse("household_documents", args=[home.pk])).text
    assert f"<s>{document.file_name}</s>" in page
    assert restore in page
    another = UserFactory(role=Role.CLERK, union=home.union)
    client_of(another).post(restore)
    assert not Document.objects.exists()
    Document.everything.update(removed_at=timezone.now() - timedelta(days=1))
    hand.post(restore)
    assert not Document.objects.exists()
    Document.everything.update(removed_at=timezone.now())
    hand.post(restore)
    assert Document.objects.get() == document
    assert AuditEntry.objects.latest("id").detail["act"] == "撤销作废材料"


def test_paper_taken_away_can_be_uploaded_again(client_of, clerk, home):
    document = builders.document(home, content=PDF)
    hand = client_of(clerk)
    hand.post(reverse("document_remove", args=[document.pk]))
    upload(hand, home, "身份证.pdf", PDF)
    again = Document.objects.get()
    assert again.pk != document.pk
    hand.post(reverse("document_restore", args=[document.pk]))  # it is there already
    assert Document.objects.get() == again


def test_only_who_keeps_files_is_offered_to_upload(client_of, clerk, auditor, reviewer, home):
    address = reverse("household_detail", args=[home.pk])
    offered = {}
    for person in (clerk, auditor, reviewer):
        page = client_of(person).get(address).text
        assert "材料不全，还缺：" in page
        offered[person] = ">登记材料</a>" in page
    assert offered == {clerk: True, auditor: False, reviewer: False}


def see(client, home, kind="identity", **also):
    address = reverse("household_documents", args=[home.pk])
    return client.post(address, {"kind": kind, "seen": "on", **also})


def test_paper_that_was_only_seen_counts_as_there_with_name_and_day(client_of, clerk, home):
    hand = client_of(clerk)
    assert see(hand, home).status_code == 302
    assert see(hand, home).status_code == 302  # said twice it is said once
    paper = Document.objects.get()
    assert (paper.kind, paper.uploaded_by, paper.seen_on, paper.size) == ("identity", clerk, localdate(), 0)
    page = hand.get(reverse("household_detail", args=[home.pk])).text
    assert "还缺：申请书、收入证明、公示记录。" in page
    assert "见过原件，没有文件" in page
    row = AuditEntry.objects.get(action=AuditAction.RECORD_SAVED)
    assert row.detail == {"act": "见过材料原件", "document": "身份证明"}
    assert hand.get(reverse("document_download", args=[paper.pk])).status_code == 404


def test_papers_seen_make_the_file_complete(home, clerk):
    assert home in Household.objects.lacking_documents()
    note_seen(home, [DocumentKind.APPLICATION, DocumentKind.IDENTITY, DocumentKind.INCOME], by=By(clerk))
    assert home in Household.objects.lacking_documents()
    note_seen(home, [DocumentKind.NOTICE, DocumentKind.INCOME], by=By(clerk))
    assert home not in Household.objects.lacking_documents()
    assert Document.objects.count() == 4


def test_seen_by_mistake_is_taken_away_and_can_be_said_anew(client_of, clerk, home):
    hand = client_of(clerk)
    see(hand, home)
    hand.post(reverse("document_remove", args=[Document.objects.get().pk]))
    assert not Document.objects.exists()
    see(hand, home)
    assert Document.objects.count() == 1


def test_file_or_seen_is_asked_for_and_not_both(client_of, clerk, home):
    address = reverse("household_documents", args=[home.pk])
    neither = client_of(clerk).post(address, {"kind": "identity"})
    assert list(errors(neither)) == ["file"]
    both = see(client_of(clerk), home, file=SimpleUploadedFile("身份证.pdf", PDF))
    assert list(errors(both)) == ["file"]
    assert not Document.objects.exists()
