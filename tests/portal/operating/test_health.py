"""Monitors are told what fails and nothing more; the administrator sees how everything stands."""

import datetime
import shutil
import socket
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.enums import Duty, JobState
from portal.models import Job, SlowPage
from portal.operating import readiness, state
from portal.operating.duties import did, failed_at
from portal.operating.middleware import note_slow

TOKEN = "a-token-of-the-monitor"


@pytest.fixture(autouse=True)
def _asked_anew():
    readiness.settled.cache_clear()
    yield
    readiness.settled.cache_clear()


def test_health_asks_nothing_of_the_database(client, django_assert_num_queries):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text, answer["Content-Type"]) == (200, "ok\n", "text/plain; charset=utf-8")


def test_ready_process_says_so_and_asks_lasting_things_once(client, db, django_assert_num_queries):
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ok\n")
    with django_assert_num_queries(1):
        client.get("/readyz")


def broken():
    message = "password of host db.example is wrong"
    raise DatabaseError(message)


@pytest.mark.parametrize("name", ["migrations", "keys", "static", "disk"])
def test_what_fails_is_named_without_detail(client, db, monkeypatch, caplog, name):
    monkeypatch.setitem(readiness.QUESTIONS, name, (lambda: False, False))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, f"{name}\n")
    monkeypatch.setitem(readiness.QUESTIONS, name, (broken, True))
    assert client.get("/readyz").text == f"{name}\n"


def test_database_that_is_gone_is_named_alone(client, db, monkeypatch):
    monkeypatch.setitem(readiness.QUESTIONS, "database", (broken, False))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "database\n")


def test_disk_without_room_is_told(client, db, settings):
    settings.LEAST_FREE_DISK_BYTES = shutil.disk_usage("/").total * 1000
    assert client.get("/readyz").text == "disk\n"


def test_migration_that_is_missing_is_told(db):
    assert readiness.is_migrated() is True
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'reports'")
    assert readiness.is_migrated() is False


def test_metrics_are_there_for_the_token_alone(client, db, settings):
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 404
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, "text/plain")


def test_empty_token_opens_nothing(client, db, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_metrics_tell_duties_and_jobs(client, clerk, settings):
    settings.METRICS_TOKEN = TOKEN
    did(Duty.BACKUP)
    Job.objects.create(kind="count", owner=clerk)
    Job.objects.create(kind="count", owner=clerk, state=JobState.FAILED, finished_at=timezone.now())
    page = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    told = dict(line.rsplit(" ", 1) for line in page.splitlines() if line.startswith("portal_"))
    assert float(told['portal_duty_age_seconds{duty="backup"}']) < 60
    assert told['portal_duty_age_seconds{duty="verification"}'] == "-1.0"
    assert told['portal_duty_longest_silence_seconds{duty="backup"}'] == "93600.0"
    assert told['portal_jobs{state="waiting"}'] == "1.0"
    assert told['portal_jobs{state="failed_within_a_week"}'] == "1.0"
    assert float(told["portal_disk_free_bytes"]) > 0


def test_page_of_the_administrator(client_of, admin, clerk):
    did(Duty.WORKER, "here-7")
    did(Duty.BACKUP)
    failed_at(Duty.BACKUP, "磁盘已满")
    job = Job.objects.create(
        kind="count", owner=clerk, state=JobState.FAILED, finished_at=timezone.now(), problem="程序出错"
    )
    note_slow("household_list", 2.5)
    note_slow("household_list", 1.5)
    page = client_of(admin).get("/state/").text
    for text in ("here-7", "磁盘已满", str(job.pk), "程序出错", "household_list", "近 7 天失败 1 个", "从来没有"):
        assert text in page
    row = SlowPage.objects.get()
    assert (row.times, row.worst, row.day) == (2, 2.5, timezone.localdate())
    assert "陈经办" not in page


def test_page_has_the_same_number_of_queries_with_more_rows(client_of, admin, clerk, django_assert_max_num_queries):
    client = client_of(admin)
    client.get("/state/")
    counts = []
    for _round in range(2):
        Job.objects.create(kind="count", owner=clerk, state=JobState.FAILED, finished_at=timezone.now())
        did(Duty.WORKER, f"here-{_round}")
        note_slow(f"page-{_round}", 2)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/state/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_slow_pages_of_more_than_a_month_are_forgotten(db):
    SlowPage.objects.create(name="old", day=timezone.localdate() - datetime.timedelta(days=32), times=1, worst=2)
    SlowPage.objects.create(name="new", day=timezone.localdate() - datetime.timedelta(days=30), times=1, worst=2)
    state.forget_slow_pages()
    assert list(SlowPage.objects.values_list("name", flat=True)) == ["new"]


def test_request_slower_than_allowed_is_noted_by_its_name(client, db, settings):
    settings.SLOW_SECONDS = 0
    client.get("/sign-in/?next=/households/7/")
    assert list(SlowPage.objects.values_list("name", "times")) == [("sign_in", 1)]


@pytest.fixture
def https(tmp_path):
    """A server on this machine with a certificate of its own making that ends on a known day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    ends = datetime.datetime(2031, 5, 6, tzinfo=datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    signed = made.not_valid_after(ends).sign(key, hashes.SHA256())
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "pem").write_bytes(pem + signed.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "pem")

    def answer():
        with context.wrap_socket(plain.accept()[0], server_side=True) as secure:
            secure.recv(1)

    with socket.create_server(("127.0.0.1", 0)) as plain:
        thread = threading.Thread(target=answer)
        thread.start()
        yield f"https://localhost:{plain.getsockname()[1]}", ends
        thread.join(5)


def test_end_of_the_certificate_is_read_from_who_answers(https, settings):
    cache.clear()
    settings.PORTAL_ADDRESS, ends = https
    assert state.certificate_ends() == ends


@pytest.mark.parametrize("address", ["", "http://portal.example", "https://127.0.0.1:9"])
def test_certificate_that_nobody_shows_is_unknown(address, settings):
    settings.PORTAL_ADDRESS = address
    assert state.certificate_ends() is None
