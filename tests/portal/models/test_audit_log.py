import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from portal.audit import By, record
from portal.audit_words import all_words
from portal.enums import AuditAction
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db


def subjects(page):
    return re.findall(r"<td>([HX]-\d+)</td>", page)


@pytest.fixture
def log(clerk, foreign_clerk):
    record(AuditAction.VIEWED, by=By(clerk), subject="H-1")
    record(AuditAction.EXPORTED, by=By(clerk), subject="H-2", rows=12)
    record(AuditAction.VIEWED, by=By(foreign_clerk), subject="X-3")
    record(AuditAction.LOGIN_FAILED, subject="X-4")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["X-4", "X-3", "H-2", "H-1"]),
        ("?action=viewed", ["X-3", "H-1"]),
        ("?person=陈", ["H-2", "H-1"]),
        ("?person=foreign_clerk", ["X-3"]),
        ("?since=2000-01-01&until=2000-12-31", []),
        ("?since=2000-01-01", ["X-4", "X-3", "H-2", "H-1"]),
        ("?action=nonsense&since=yesterday", ["X-4", "X-3", "H-2", "H-1"]),
        ("?before=x", ["X-4", "X-3", "H-2", "H-1"]),
    ],
)
def test_log_shows_newest_first_and_filters(client_of, auditor, log, query, expected):
    assert subjects(client_of(auditor).get(f"/audit/{query}").text) == expected


def test_log_shows_what_was_done_and_from_where(client_of, auditor, log):
    page = client_of(auditor).get("/audit/?action=exported").text
    assert "<div>记录数：12</div>" in page
    assert "陈经办" in page


def test_log_is_paged_by_id(client_of, auditor, clerk):
    for number in range(55):
        record(AuditAction.VIEWED, by=By(clerk), subject=f"H-{number}")
    client = client_of(auditor)
    first = client.get("/audit/?action=viewed")
    assert len(subjects(first.text)) == 50
    following = re.search(r'href="(\?[^"]*before=\d+)"', first.text)[1].replace("&amp;", "&")
    second = client.get(f"/audit/{following}")
    assert subjects(second.text) == ["H-4", "H-3", "H-2", "H-1", "H-0"]
    assert re.search(r'href="\?action=viewed"\s+rel="prev">回到最新</a>', second.text)


@pytest.mark.parametrize("before", ["9" * 30, "-1", "٣", "0"])
def test_odd_page_numbers_do_no_harm(client_of, auditor, before):
    assert client_of(auditor).get("/audit/", {"before": before}).status_code == 200


def test_rows_visible_to_a_person_are_those_of_the_scope(auditor, district, log):
    auditor.union = district
    assert set(AuditEntry.objects.visible_to(auditor).values_list("subject", flat=True)) == {"H-1", "H-2"}


@pytest.mark.parametrize("person", ["clerk", "lead", "reviewer", "admin"])
def test_rows_visible_without_the_right_are_none(request, log, person):
    assert not AuditEntry.objects.visible_to(request.getfixturevalue(person)).exists()


def test_log_takes_the_same_queries_for_one_and_many_rows(client_of, auditor, clerk, django_assert_num_queries):
    client = client_of(auditor)
    record(AuditAction.VIEWED, by=By(clerk), subject="H-1")
    client.get("/audit/")
    with django_assert_num_queries(4):
        client.get("/audit/")
    record(AuditAction.VIEWED, by=By(clerk), subject="H-2")
    record(AuditAction.VIEWED, by=By(auditor), subject="H-3")
    with django_assert_num_queries(4):
        client.get("/audit/")


def test_record_takes_no_forwarded_address(client, clerk):
    client.post(
        "/sign-in/",
        {"username": "clerk", "password": "Wrong-Word-99"},
        headers={"X-Forwarded-For": "6.6.6.6", "X-Real-IP": "6.6.6.6"},
    )
    assert AuditEntry.objects.get().address == "127.0.0.1"


def test_details_are_told_in_words(client_of, auditor, clerk):
    changes = {"before": {"启用": "是"}, "after": {"启用": "否"}, "locked": False, "filters": ["查找", "状态"]}
    record(AuditAction.ACCOUNT_CHANGED, by=By(clerk), subject="H-3", act="修改账号", reason="", **changes)
    page = client_of(auditor).get("/audit/").text
    told = re.findall(r"<div>([^<]+：[^<]+)</div>", page)
    assert told == ["办理：修改账号", "原为：启用 是", "改为：启用 否", "筛选条件：查找、状态", "已锁定：否"]


def test_detail_without_words_is_refused_and_nothing_written(clerk):
    with pytest.raises(ImproperlyConfigured, match="colour"):
        record(AuditAction.VIEWED, by=By(clerk), subject="H-1", colour="red")
    assert not AuditEntry.objects.exists()


def test_word_of_two_apps_must_be_the_same(monkeypatch):
    monkeypatch.setattr("portal.audit_words.import_string", lambda path: {"count": path})
    with pytest.raises(ImproperlyConfigured, match="count"):
        all_words.__wrapped__()


@pytest.mark.postgresql
def test_what_is_told_of_one_record_is_found_by_its_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "auditentry_subject" in AuditEntry.objects.about(["困难职工家庭 310101D00001"], "0001").explain()
