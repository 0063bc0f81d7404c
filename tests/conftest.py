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

from portal.codes import kept
from portal.desk.todos import all_todos
from portal.documents import pdf as printing
from portal.documents.pdf import PdfUnavailableError
from portal.enums import Role, UnionKind
from portal.models import Campaign
from tests.emptied import emptied_past_triggers
from tests.factories import CampaignFactory, UserFactory, make_union, sign_in
from tests.logged import searched
from tests.migrated import migrated_once
from tests.reading_here import read_by_child, read_here
from tests.second_lock import EVERYWHERE, in_force


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
def _emptied_past_triggers():
    with emptied_past_triggers():
        yield


@pytest.fixture(scope="session", autouse=EVERYWHERE)
def _second_lock_everywhere(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), in_force():
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


@pytest.fixture(scope="session", autouse=True)
def _read_here():
    with read_here():
        yield


@pytest.fixture
def by_child():
    """Files are read by a process of their own, as they are for the users."""
    with read_by_child():
        yield


@pytest.fixture(autouse=True)
def _code_lists_forgotten():
    """What one test changed of a code list is gone with it."""
    yield
    kept._known = None


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
