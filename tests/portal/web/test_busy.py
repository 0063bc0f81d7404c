"""What hinders for now is told in words with 503, page by page and cause by cause; what was typed is not lost."""

import errno
import sqlite3
from unittest import mock

import psycopg2
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.urls import reverse
from psycopg2 import errorcodes, errors

from aid.models import AidCase, Household
from portal.web.busy import AWAY, FULL, LOCKED, TOO_LONG, delay_of
from tests.aid import cases as casework
from tests.forms import create_address, household_form, opened
from tests.workbook.sheets import fresh_id


def of_postgresql(code: str) -> OperationalError:
    """As Django raises what PostgreSQL answers with this code."""
    return caused_by(type("Answer", (errors.lookup(code),), {"pgcode": code})())


def caused_by(cause: Exception, kind: type[Exception] = OperationalError) -> Exception:
    try:
        raise kind(*cause.args) from cause
    except kind as raised:
        return raised


@pytest.mark.parametrize(
    ("error", "delay"),
    [
        (of_postgresql(errorcodes.LOCK_NOT_AVAILABLE), LOCKED),
        (of_postgresql(errorcodes.DEADLOCK_DETECTED), LOCKED),
        (of_postgresql(errorcodes.QUERY_CANCELED), TOO_LONG),
        (of_postgresql(errorcodes.DISK_FULL), FULL),
        (of_postgresql(errorcodes.ADMIN_SHUTDOWN), AWAY),
        (of_postgresql(errorcodes.CANNOT_CONNECT_NOW), AWAY),
        (of_postgresql(errorcodes.TOO_MANY_CONNECTIONS), AWAY),
        (of_postgresql(errorcodes.CONNECTION_FAILURE), AWAY),
        (caused_by(psycopg2.OperationalError("server closed the connection unexpectedly")), AWAY),
        (caused_by(psycopg2.InterfaceError("connection already closed"), InterfaceError), AWAY),
        (caused_by(sqlite3.OperationalError("database is locked")), LOCKED),
        (caused_by(sqlite3.OperationalError("database or disk is full")), FULL),
        (caused_by(sqlite3.OperationalError("unable to open database file")), AWAY),
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (caused_by(sqlite3.OperationalError("no such table: x")), None),
        (caused_by(sqlite3.ProgrammingError("x"), ProgrammingError), None),
        (OSError(errno.ENOENT, "No such file"), None),
        (KeyError("x"), None),
        (None, None),
    ],
    ids=lambda given: str(getattr(given, "title", repr(given)))[:60],
)
def test_what_only_hinders_is_told_from_a_mistake_of_ours(error, delay):
    assert delay_of(error) is delay


@pytest.fixture
def browser(client_of, clerk):
    client = client_of(clerk)
    client.raise_request_exception = False
    return client


def hindered(where: str, error: Exception):
    return mock.patch(where, side_effect=error)


def test_page_that_shows_tries_again_by_itself(browser, district):
    locked = caused_by(sqlite3.OperationalError("database is locked"))
    with hindered("portal.records.views.listing.RecordList.get", locked):
        answer = browser.get("/households/")
    assert (answer.status_code, answer["Retry-After"], answer["Refresh"]) == (503, "5", "5")
    assert "正在被他人处理，请稍后再试。" in answer.text
    assert "object-src 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_question_that_takes_too_long_is_not_asked_again_by_itself(browser, district):
    with hindered("portal.records.views.listing.RecordList.get", of_postgresql(errorcodes.QUERY_CANCELED)):
        answer = browser.get("/households/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Refresh" not in answer
    assert "请缩小范围后再试" in answer.text


def test_form_is_kept_and_stands_again_on_its_page(browser, district):
    address = create_address("household")
    typed = opened(browser, address) | household_form(district, worker=fresh_id(), cause="长期患病")
    with hindered(
        "portal.records.views.edit.RecordCreate.save", caused_by(sqlite3.OperationalError("database is locked"))
    ):
        answer = browser.post(address, typed)
    assert (answer.status_code, "Refresh" in answer) == (503, False)
    assert f'href="{address}"' in answer.text
    assert typed["worker"] not in answer.text
    page = browser.get(address)
    assert {name: page.context["form"][name].value() for name in typed} == typed
    assert "您填写的内容已找回" in page.text
    assert not Household.objects.exists()
    assert browser.post(address, typed).status_code == 302
    assert Household.objects.count() == 1


GONE = (
    caused_by(psycopg2.OperationalError("server closed the connection unexpectedly")),
    caused_by(psycopg2.InterfaceError("connection already closed"), InterfaceError),
)


@pytest.mark.parametrize("away", GONE, ids=["operational", "interface"])
def test_form_that_cannot_be_kept_either_is_answered_all_the_same(browser, district, away):
    address = create_address("household")
    typed = opened(browser, address) | household_form(district, worker=fresh_id())
    with hindered("portal.records.views.edit.RecordCreate.save", away), hindered("portal.web.busy.keep_form", away):
        answer = browser.post(address, typed)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "再提交一次</a>" not in answer.text


@pytest.mark.parametrize("away", GONE, ids=["operational", "interface"])
def test_database_that_is_away_for_the_session_too_is_told_just_so(browser, district, away):
    with hindered("django.contrib.sessions.backends.db.SessionStore.load", away):
        for ask in (browser.get, browser.post):
            answer = ask(create_address("household"))
            assert (answer.status_code, answer["Retry-After"]) == (503, "10")
            assert "数据库暂时连不上，正在恢复。" in answer.text


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_case_that_another_holds_is_told_to_be_held(browser, client_of, lead, district):
    of = casework.on_notice(district)
    holder, deciding = connection.copy(), client_of(lead)
    deciding.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    try:
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            cursor.execute("SELECT 1 FROM aid_aidcase WHERE id = %s FOR UPDATE", [of.pk])
        answer = deciding.post(reverse("case_move", args=[of.pk, "approve"]), {"onward": "1"})
        assert answer.status_code == 503
        assert "正在被他人处理，请稍后再试。" in answer.text
        holder.rollback()
        assert AidCase.objects.get(pk=of.pk).status == "on_notice"
        assert deciding.post(reverse("case_move", args=[of.pk, "approve"]), {"onward": "1"}).status_code == 302
        assert AidCase.objects.get(pk=of.pk).status == "approved"
    finally:
        holder.close()
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
