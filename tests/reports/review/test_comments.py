"""Comments between unit and department, and the department's own notes, which no page of the unit shows."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.audit import By
from portal.enums import AuditAction
from portal.models import AuditEntry
from reports.enums import ReportState
from reports.models import Comment, Note
from reports.review.commenting import add_comment, add_note
from tests.reports.submissions import report


@pytest.fixture
def handed_in(year_2014, district):
    return report(year_2014, district, ReportState.SUBMITTED, aided=4)


def thread_of(of, slug="aided"):
    return reverse("figure_comments", args=[of.pk, slug])


def test_unit_and_reviewer_talk_about_a_figure(client_of, handed_in, clerk, lead, reviewer, auditor):
    for user, text in ((reviewer, "请说明增加的原因"), (clerk, "今年新增两所学校。\n名单已补")):
        assert client_of(user).post(thread_of(handed_in), {"text": text}).status_code == 302
    for user in (clerk, lead, reviewer, auditor):
        page = client_of(user).get(thread_of(handed_in)).content.decode()
        assert page.index("请说明增加的原因") < page.index("今年新增两所学校。\n名单已补")
    assert "<textarea" in client_of(clerk).get(thread_of(handed_in)).content.decode()
    assert "<textarea" not in client_of(auditor).get(thread_of(handed_in)).content.decode()
    entries = AuditEntry.objects.filter(action=AuditAction.COMMENTED)
    assert [(entry.union_path, entry.detail["figure"]) for entry in entries] == [(handed_in.union_path, "资助子女")] * 2
    assert "学校" not in str([entry.detail for entry in entries])


def test_count_stands_beside_the_figure_on_both_pages(client_of, handed_in, clerk, reviewer):
    for text in ("一", "二"):
        add_comment(handed_in, slug="aided", text=text, by=By(clerk))
    add_comment(handed_in, slug="", text="整体很好", by=By(reviewer))
    for user, name in ((clerk, "report_show"), (reviewer, "review_show")):
        response = client_of(user).get(reverse(name, args=[handed_in.pk]))
        page = response.content.decode()
        assert "整体很好" in page
        assert page.count("2 条") == 1
        assert f'href="{thread_of(handed_in)}"' in page


def test_words_about_the_whole_lead_back_to_where_they_were_written(client_of, handed_in, lead, reviewer):
    url = reverse("report_comments", args=[handed_in.pk])
    for user, name in ((lead, "report_show"), (reviewer, "review_show")):
        home = client_of(user).post(url, {"text": f"看过了{name}"})["Location"]
        assert home == f"{reverse(name, args=[handed_in.pk])}#comments"


def test_pressed_twice_it_is_one_comment(handed_in, clerk, reviewer):
    first = add_comment(handed_in, slug="aided", text="请核对 ", by=By(clerk))
    assert add_comment(handed_in, slug="aided", text="请核对", by=By(clerk)) == first
    assert add_comment(handed_in, slug="aided", text="请核对", by=By(reviewer)) != first
    assert add_comment(handed_in, slug="", text="请核对", by=By(clerk)) != first
    assert AuditEntry.objects.filter(action=AuditAction.COMMENTED).count() == 3


@pytest.mark.parametrize("text", ["", " \n ", "字" * 1001, "含\u202e方向"])
def test_bad_words_are_refused_and_stay_in_the_form(client_of, handed_in, clerk, text):
    with pytest.raises(ValidationError):
        add_comment(handed_in, slug="aided", text=text, by=By(clerk))
    response = client_of(clerk).post(thread_of(handed_in), {"text": text})
    assert response.status_code == 200
    assert response.context["form"].errors["text"]
    assert text.strip() in response.content.decode()
    assert not Comment.objects.exists()


def test_invisible_characters_go_and_punctuation_stays(handed_in, clerk):
    assert (
        add_comment(handed_in, slug="", text="好\u200b，请看（附件）\r\n谢谢 ", by=By(clerk)).text
        == "好，请看（附件）\n谢谢"
    )


def test_figure_that_the_form_has_not_is_not_found(client_of, handed_in, clerk):
    assert client_of(clerk).get(thread_of(handed_in, "nonsense")).status_code == 404
    with pytest.raises(ValidationError):
        add_comment(handed_in, slug="nonsense", text="请核对", by=By(clerk))


def test_those_who_only_read_write_nothing(handed_in, auditor, foreign_clerk, grassroots_clerk, lead):
    for user in (auditor, foreign_clerk, grassroots_clerk):
        with pytest.raises(PermissionDenied):
            add_comment(handed_in, slug="", text="请核对", by=By(user))
    for user in (auditor, lead):
        with pytest.raises(PermissionDenied):
            add_note(handed_in, slug="", text="请核对", by=By(user))
    assert not Comment.objects.exists()
    assert not Note.objects.exists()


def test_pages_take_as_many_queries_for_three_comments_as_for_one(client_of, handed_in, reviewer, clerk):
    browser, counts = client_of(reviewer), []
    for texts in (["一"], ["二", "三"]):
        for text in texts:
            add_comment(handed_in, slug="", text=text, by=By(clerk))
            add_note(handed_in, slug="", text=text, by=By(reviewer))
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("review_show", args=[handed_in.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


SECRET = "疑似虚报，拟现场核查"


def test_notes_are_read_by_reviewer_and_auditor_alone(client_of, handed_in, clerk, lead, reviewer, auditor):
    """On every other page of the unit the access matrix looks for them."""
    for slug in ("", "aided"):
        add_note(handed_in, slug=slug, text=f"{SECRET}{slug}", by=By(reviewer))
    for user in (clerk, lead):
        for address in (reverse("report_show", args=[handed_in.pk]), thread_of(handed_in)):
            page = client_of(user).get(address).content.decode()
            assert SECRET not in page
            assert "内部备注" not in page
    for user in (reviewer, auditor):
        page = client_of(user).get(reverse("review_notes", args=[handed_in.pk])).content.decode()
        assert f"{SECRET}aided" in page
    assert SECRET in client_of(reviewer).get(reverse("review_show", args=[handed_in.pk])).content.decode()
    assert SECRET in client_of(auditor).get(thread_of(handed_in)).content.decode()


def test_note_is_written_on_its_page(client_of, handed_in, reviewer):
    url = reverse("review_notes", args=[handed_in.pk])
    assert "请填写内容" in client_of(reviewer).post(url, {"slug": "aided", "text": ""}).content.decode()
    assert client_of(reviewer).post(url, {"slug": "aided", "text": SECRET}).status_code == 302
    note = Note.objects.get()
    assert (note.report, note.slug, note.text, note.author) == (handed_in, "aided", SECRET, reviewer)
