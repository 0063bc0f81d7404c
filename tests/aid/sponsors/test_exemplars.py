"""Exemplars: public only with a consent that is dated and scanned."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from aid.models import Exemplar, ExemplarFile
from tests.aid.visiting import PNG, exemplar, exemplar_file
from tests.forms import create_address, edit_address, send
from tests.papers import PDF


def page(name: str, record) -> str:
    return reverse(f"exemplar_{name}", args=[record.pk])


def test_exemplar_is_written_by_hand_with_its_paragraphs(client_of, clerk, district):
    story = "第一段。\n第二段。"
    typed = {"kind": "优秀学子", "name": "曾**", "title": "自强", "story": story, "union": district.code}
    assert send(client_of(clerk), create_address("exemplar"), **typed).status_code == 302
    made = Exemplar.objects.get()
    assert (made.kind, made.story.splitlines(), made.published_on) == ("outstanding_student", story.splitlines(), None)


def test_exemplar_is_public_only_with_a_dated_and_scanned_consent(client_of, clerk, lead, district):
    one, client = exemplar(district), client_of(clerk)

    def published():
        client.post(page("publish", one))
        one.refresh_from_db()
        return one.published_on

    assert published() is None
    exemplar_file(one, "consent")
    assert published() is None
    Exemplar.objects.filter(pk=one.pk).update(consent_on=date(2014, 6, 1))
    assert published() is None
    Exemplar.objects.filter(pk=one.pk).update(consent_by="曾建国（父亲）")
    ExemplarFile.objects.update(kind="picture")
    assert published() is None
    assert client.get(page("print", one)).status_code == 403
    ExemplarFile.objects.update(kind="consent")
    assert client_of(lead).post(page("publish", one)).status_code == 403
    assert published() == localdate()
    sheet = client.get(page("print", one)).content.decode()
    assert "每年资助十名学生。" in sheet
    client.post(page("withdraw", one))
    assert client.get(page("print", one)).status_code == 403


def test_database_refuses_a_public_exemplar_without_consent(district):
    with pytest.raises(IntegrityError), transaction.atomic():
        exemplar(district, published_on=date(2014, 6, 2))


def test_consent_cannot_be_taken_back_while_the_exemplar_is_public(client_of, clerk, district):
    one = exemplar(district, consent_on=date(2014, 6, 1), published_on=date(2014, 6, 2))
    answer = send(client_of(clerk), edit_address(one), consent_on="")
    assert "没有本人（单位）同意，不能公开。" in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "name", "content", "kept"),
    [
        ("picture", "a.png", PNG, 1),
        ("consent", "a.pdf", PDF, 1),
        ("picture", "a.pdf", PDF, 0),
        ("picture", "a.png", PDF, 0),
        ("other", "a.png", PNG, 0),
    ],
)
def test_file_is_judged_by_its_content(client_of, clerk, foreign_clerk, district, kind, name, content, kept):
    one, client = exemplar(district), client_of(clerk)
    answer = client.post(page("detail", one), {"kind": kind, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == (302 if kept else 200)
    assert one.files.count() == kept
    if kept:
        address = reverse("exemplar_file", args=[one.files.get().pk])
        assert client.get(address).content == content
        assert client_of(foreign_clerk).get(address).status_code == 404


def test_pictures_stand_on_the_printed_sheet_and_the_consent_does_not(client_of, clerk, district):
    one = exemplar(district, consent_on=date(2014, 6, 1), published_on=date(2014, 6, 2))
    picture = exemplar_file(one)
    consent = exemplar_file(one, "consent", PDF)
    sheet = client_of(clerk).get(page("print", one)).content.decode()
    assert reverse("exemplar_file", args=[picture.pk]) in sheet
    assert reverse("exemplar_file", args=[consent.pk]) not in sheet
