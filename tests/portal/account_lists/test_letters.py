"""The letters with first passwords: whom they are for, that they open the account, and that nothing else knows them."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from portal.account_lists import letters as module
from portal.account_lists.letters import Letter, letter_of, to_write_to
from portal.account_lists.services import agree_to_batch, confirm_batch
from portal.audit import By
from portal.enums import Role
from portal.models import AccountRequest, AuditEntry, Job, JobPart, User
from tests.factories import UserFactory
from tests.portal.account_lists.lists import CLERK, LEAD, bring_batch, workbook_of
from tests.printing import pdf_pages

pytestmark = pytest.mark.django_db
OTHER = ("li4", "李四", "经办人", "310002", "")


@pytest.fixture
def second(city, security):
    return UserFactory(username="second", name="郑第二", role=Role.SECURITY, union=city)


@pytest.fixture
def batch(security, second, district, foreign_district):
    """A list of a clerk and a lead of one unit, and a clerk of another; the lead waits for the second person."""
    brought = bring_batch(workbook_of(CLERK, LEAD, OTHER), name="名单.xlsx", by=By(security))
    return confirm_batch(brought, by=By(security))


@pytest.fixture
def drawn(monkeypatch):
    """Letters as plain text instead of a .pdf, and the passwords on them by user name."""
    found = {}

    def printed(printouts):
        for one in printouts:
            table = next(block for block in one.blocks if block.kind == "ruled")
            told = {line.boxes[0].text: line.boxes[1].text for line in table.lines}
            found[told["用户名"]] = told["首次密码"]
        return b"%PDF-1.7 letters"

    monkeypatch.setattr(module, "printouts_pdf", printed)
    return found


def make(client, batch):
    answer = client.post(reverse("accountbatch_letters", args=[batch.pk]))
    return Job.objects.order_by("made_at").last(), answer


def names(batch, user):
    return [account.username for account in to_write_to(batch, user)]


def test_letters_are_for_who_may_have_them(batch, security, second):
    assert names(batch, security) == ["sunli", "li4"]
    agree_to_batch(batch, by=By(second))
    assert names(batch, security) == ["sunli", "zhoujie", "li4"]
    assert names(batch, second) == ["sunli", "li4"]
    User.objects.filter(username="sunli").update(last_login=timezone.now())
    User.objects.filter(username="li4").update(is_active=False)
    assert names(batch, security) == ["zhoujie"]
    AccountRequest.objects.update(decided_at=timezone.now() - timedelta(days=7))
    assert names(batch, security) == []


def test_password_of_the_letter_signs_in_and_must_be_changed(batch, client_of, client, security, drawn):
    job, answer = make(client_of(security), batch)
    assert answer.url == reverse("job_show", args=[job.pk])
    assert (job.state, job.detail, job.file_name) == ("done", {"count": 2}, "账号首次密码信.zip")
    assert set(drawn) == {"sunli", "li4"}
    client.post("/sign-in/", {"username": "sunli", "password": drawn["sunli"]})
    assert client.get("/").url == "/password/"


def test_file_is_by_unit_and_fetched_once_by_its_maker(batch, client_of, security, second, drawn):
    job, _answer = make(client_of(security), batch)
    address = reverse("job_download", args=[job.pk])
    assert client_of(second).get(address).status_code == 404
    content = b"".join(client_of(security).get(address).streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["001_东湖区总工会.pdf", "002_西山区总工会.pdf"]
    assert client_of(security).get(address).status_code == 404
    assert not JobPart.objects.exists()


def test_passwords_stand_nowhere_in_the_clear(batch, client_of, security, drawn):
    make(client_of(security), batch)
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.db_table in tables:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
                kept = b" ".join(
                    bytes(cell) if isinstance(cell, memoryview) else str(cell).encode()
                    for row in cursor.fetchall()
                    for cell in row
                )
                assert not [name for name, password in drawn.items() if password.encode() in kept], model
    assert len(drawn) == 2


def test_made_again_other_passwords_are_drawn_for_who_never_signed_in(batch, client_of, security, drawn):
    browser = client_of(security)
    make(browser, batch)
    first = dict(drawn)
    User.objects.filter(username="li4").update(last_login=timezone.now())
    drawn.clear()
    make(browser, batch)
    assert set(drawn) == {"sunli"}
    user, other = User.objects.get(username="sunli"), User.objects.get(username="li4")
    assert (user.check_password(first["sunli"]), user.check_password(drawn["sunli"])) == (False, True)
    assert other.check_password(first["li4"])
    told = (
        AuditEntry.objects.filter(detail__act="印制首次密码信").order_by("id").values_list("subject", "actor__username")
    )
    assert list(told) == [("sunli", "secadmin"), ("li4", "secadmin"), ("sunli", "secadmin")]


def test_password_that_two_people_opened_is_drawn_once(batch, client_of, security, second, drawn):
    agree_to_batch(batch, by=By(second))
    browser = client_of(security)
    make(browser, batch)
    assert set(drawn) == {"sunli", "zhoujie", "li4"}
    asked = AccountRequest.objects.get()
    assert asked.handed_at is not None
    drawn.clear()
    make(browser, batch)
    assert set(drawn) == {"sunli", "li4"}


def test_who_did_not_bring_the_list_makes_no_letters(batch, client_of, second, drawn):
    job, _answer = make(client_of(second), batch)
    assert (job.state, job.size) == ("failed", 0)
    assert not drawn
    assert "制作首次密码信" not in client_of(second).get(reverse("accountbatch_show", args=[batch.pk])).text


def test_who_signs_in_while_letters_are_made_keeps_the_password(batch, client_of, security, monkeypatch):
    def printed(printouts):
        User.objects.filter(username="li4").update(last_login=timezone.now())
        return b""

    monkeypatch.setattr(module, "printouts_pdf", printed)
    job, _answer = make(client_of(security), batch)
    assert (job.state, "密码都没有改" in job.problem) == ("failed", True)
    assert not User.objects.get(username="sunli").has_usable_password()
    assert not AuditEntry.objects.filter(detail__act="印制首次密码信").exists()


def test_day_of_the_letter_is_that_of_the_suspension(batch, settings, security):
    user = User.objects.get(username="sunli")
    user.date_joined = timezone.make_aware(timezone.datetime(2026, 3, 1, 12))
    settings.ACCOUNT_UNUSED_DAYS = 90
    assert "请在 2026 年 5 月 30 日前登录" in str(letter_of(Letter(user, "x", ""), "https://portal.example"))
    settings.ACCOUNT_UNUSED_DAYS = 0
    assert "日前登录" not in str(letter_of(Letter(user, "x", ""), "https://portal.example"))


@pytest.mark.pdf
def test_letters_as_pdf(batch, client_of, security, second, tmp_path, printer):
    agree_to_batch(batch, by=By(second))
    job, _answer = make(client_of(security), batch)
    assert job.state == "done", job.problem
    content = b"".join(client_of(security).get(reverse("job_download", args=[job.pk])).streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pages = pdf_pages(archive.read("001_东湖区总工会.pdf"), tmp_path)
    assert len(pages) == 2
    written = (("孙丽", "sunli", "经办人"), ("周杰", "zhoujie", "单位审核人"))
    for page, (name, username, role) in zip(pages, written, strict=True):
        table = f"网址http://testserver单位东湖区总工会姓名{name}岗位{role}用户名{username}首次密码"
        assert table in page
        assert "马上改成自己的密码" in page
        password = re.search(r"首次密码([A-Za-z0-9]{6}-[A-Za-z0-9]{6})", page)[1]
        assert User.objects.get(username=username).check_password(password)
