"""The cast: a small city and the people who work in it.

                  city 示例市总工会  (reviewer, auditor, admin, security)
    ┌───────────────────┼──────────────────────┐
district 东湖区       foreign_district 西山区     bureau 邮政局
(clerk, lead)       (foreign_clerk)
┌───┴──────────┐        │
grassroots     sibling    foreign_grassroots
(grassroots_clerk)
"""

import gc
import os
import shutil

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver

from portal.desk.todos import all_todos
from portal.documents import pdf as printing
from portal.documents.pdf import PdfUnavailableError
from portal.enums import Role, UnionKind
from portal.models import Campaign
from portal.models.append_only import STATEMENTS, truncate_trigger
from reports.handed_in import guard as kept_reports
from tests.factories import CampaignFactory, UserFactory, make_union, sign_in
from tests.logged import searched
from tests.migrated import migrated_once

APPEND_ONLY_TABLES = (
    "portal_auditentry",
    "portal_evidencelink",
    "aid_caseevent",
    "aid_payeeline",
    "reports_submission",
    "reports_frozenfigure",
    "reports_frozenrecords",
    "reports_reportevent",
    "reports_returnedfigure",
    "reports_consolidation",
    "reports_frozenfile",
    "reports_comment",
    "reports_note",
    "reports_endorsement",
    "reports_reminder",
    "reports_seal",
)


def past_triggers_of_sqlite(flush: list[str]) -> list[str]:
    """It has no TRUNCATE, and the triggers refuse DELETE."""
    triggers = [pair for table in APPEND_ONLY_TABLES for pair in STATEMENTS["sqlite"](table)]
    triggers += kept_reports.STATEMENTS["sqlite"]()
    return [drop for _create, drop in triggers] + flush + [create for create, _drop in triggers]


def past_triggers_of_postgresql(flush: list[str]) -> list[str]:
    triggers = [(table, truncate_trigger(table)) for table in APPEND_ONLY_TABLES]
    off, on = ([f"ALTER TABLE {table} {to} TRIGGER {name}" for table, name in triggers] for to in ("DISABLE", "ENABLE"))
    return off + flush + on


PAST_TRIGGERS = {"sqlite": past_triggers_of_sqlite, "postgresql": past_triggers_of_postgresql}


def pytest_collection_modifyitems(config, items):
    """Where SQLite is tested, what only a database with several writers can show is left to the run on PostgreSQL."""
    if connection.vendor != "postgresql":
        elsewhere = [item for item in items if item.get_closest_marker("postgresql")]
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


def pytest_collection_finish():
    """What was imported and collected stays to the end: garbage is not looked for in it, again and again."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Migrate once, not for each worker and each run."""
    with migrated_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def _flush_past_append_only():
    """Let the database be emptied between transactional tests, past the triggers that refuse it."""
    operations = connection.ops.__class__
    plain_flush, around = operations.sql_flush, PAST_TRIGGERS[connection.vendor]

    def flush(self, style, tables, **options):
        return around(plain_flush(self, style, tables, **options))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", flush)
        yield


@pytest.fixture(scope="session", autouse=True)
def _log_names_nobody():
    """At the end of the run: no line of the log, written as in production, holds anybody's data."""
    with searched() as log:
        yield
    assert log.found == []


@pytest.fixture(scope="session", autouse=True)
def _views_loaded():
    """Views and to-dos are imported by who asks first: not while a test has replaced what they import, as today."""
    assert get_resolver().url_patterns
    assert all_todos()


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """What a fixture of the module's scope writes, each test of the module finds, and nobody after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(db):
    return make_union(None, "310000", "示例市总工会", UnionKind.CITY)


@pytest.fixture
def district(city):
    return make_union(city, "310001", "东湖区总工会", UnionKind.DISTRICT)


@pytest.fixture
def foreign_district(city, district):
    return make_union(city, "310002", "西山区总工会", UnionKind.DISTRICT)


@pytest.fixture
def bureau(city, foreign_district):
    return make_union(city, "310003", "示例市邮政局工会", UnionKind.BUREAU)


@pytest.fixture
def grassroots(district):
    return make_union(district, "310001001", "东湖纺织厂工会", UnionKind.GRASSROOTS)


@pytest.fixture
def sibling(district, grassroots):
    return make_union(district, "310001002", "东湖机床厂工会", UnionKind.GRASSROOTS)


@pytest.fixture
def foreign_grassroots(foreign_district):
    return make_union(foreign_district, "310002001", "西山水泥厂工会", UnionKind.GRASSROOTS)


@pytest.fixture
def clerk(district):
    return UserFactory(username="clerk", name="陈经办", role=Role.CLERK, union=district)


@pytest.fixture
def lead(district):
    return UserFactory(username="lead", name="李审核", role=Role.LEAD, union=district)


@pytest.fixture
def reviewer(city):
    return UserFactory(username="reviewer", name="王保障", role=Role.REVIEWER, union=city)


@pytest.fixture
def auditor(city):
    return UserFactory(username="auditor", name="周监督", role=Role.AUDITOR, union=city)


@pytest.fixture
def admin(city):
    return UserFactory(username="sysadmin", name="吴系统", role=Role.ADMIN, union=city)


@pytest.fixture
def security(city):
    return UserFactory(username="secadmin", name="郑安全", role=Role.SECURITY, union=city)


@pytest.fixture
def system(district):
    """No person: an outside system, which signs in nowhere."""
    return UserFactory(username="hotline", name="热线系统", role=Role.SYSTEM, union=district)


@pytest.fixture
def foreign_clerk(foreign_district):
    return UserFactory(username="foreign_clerk", name="赵西山", role=Role.CLERK, union=foreign_district)


@pytest.fixture
def grassroots_clerk(grassroots):
    return UserFactory(username="grassroots_clerk", name="钱基层", role=Role.CLERK, union=grassroots)


@pytest.fixture
def campaign(db) -> Campaign:
    return CampaignFactory(year=2014)


@pytest.fixture
def client_of(db):
    """A browser in which a person is fully signed in: `client_of(clerk)`."""

    def open_client(user, **kwargs) -> Client:
        client = Client(**kwargs)
        sign_in(client, user)
        return client

    return open_client


@pytest.fixture(scope="session")
def printer():
    """Pango, Chinese type, pdftotext; without them a test is skipped, unless PORTAL_PDF_REQUIRED says it must run."""
    try:
        printing._weasyprint()
        printing._check_font()
        missing = None if shutil.which("pdftotext") else "pdftotext is not installed"
    except PdfUnavailableError as error:
        missing = str(error)
    if missing and os.environ.get("PORTAL_PDF_REQUIRED"):
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
