"""What is typed is kept until it is saved: sealed, per person and form, on whatever computer."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from aid.models import Household
from portal.models import FormDraft
from tests.forms import household_form
from tests.forms import opened as opened_fields
from tests.reports import builders as make

NUMBER = "310101197001011232"


@pytest.fixture
def typing(client_of, clerk):
    client = client_of(clerk)

    def send(page: str = "", **fields):
        return client.post(reverse("draft_keep"), {"draft_page": page or reverse("household_create"), **fields})

    return send


def opened(client_of, user, page: str = ""):
    return client_of(user).get(page or reverse("household_create"))


def test_what_was_typed_stands_in_the_form_on_another_computer(client_of, clerk, typing):
    assert typing(worker_name="张三丰", worker=NUMBER, family_size="两").json()["words"].startswith("草稿已保存 ")
    page = opened(client_of, clerk)
    form = page.context["form"]
    assert [form[name].value() for name in ("worker_name", "worker", "family_size")] == ["张三丰", NUMBER, "两"]
    assert not form.errors
    assert "还没有保存的内容" in page.content.decode()


def test_draft_is_sealed_in_the_database(typing):
    typing(worker_name="张三丰", worker=NUMBER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, page FROM portal_formdraft")
        ((content, page),) = cursor.fetchall()
    assert NUMBER not in content
    assert "worker" not in content
    assert NUMBER not in page


def test_nobody_else_and_no_other_form_has_it(client_of, clerk, grassroots_clerk, district, typing):
    typing(worker_name="张三丰")
    assert opened(client_of, grassroots_clerk).context["form"]["worker_name"].value() is None
    child = reverse("child_create") + f"?household={make.household(district).pk}"
    assert opened(client_of, clerk, child).context["restored"] is None


def test_saved_form_leaves_no_draft(client_of, district, clerk, typing):
    home = make.household(district)
    page = reverse("household_edit", args=[home.pk])
    typing(page, employer="机械厂", version=home.version)
    form = opened(client_of, clerk, page).context["form"]
    assert form["employer"].value() == "机械厂"
    plain = client_of(clerk)
    FormDraft.objects.all().delete()
    first = plain.get(page).context["form"]
    typing(page, employer="机械厂", version=home.version)
    sent = {name: first[name].value() or "" for name in first.fields} | {"employer": "钢铁厂"}
    assert plain.post(page, {name: value for name, value in sent.items() if value is not False}).status_code == 302
    assert Household.objects.get(pk=home.pk).employer == "钢铁厂"
    assert not FormDraft.objects.exists()


def test_draft_that_arrives_after_its_form_was_saved_is_not_shown(client_of, clerk, district, typing):
    client = client_of(clerk)
    address = reverse("household_create")
    sent = opened_fields(client, address) | household_form(district)
    assert client.post(address, sent).status_code == 302
    typing(**sent)
    assert opened(client_of, clerk).context["restored"] is None
    assert not FormDraft.objects.exists()


def test_draft_of_an_edit_form_that_somebody_overtook_is_told_when_it_is_saved(client_of, district, clerk, typing):
    home = make.household(district)
    page = reverse("household_edit", args=[home.pk])
    typing(page, employer="机械厂", version=home.version - 1)
    form = opened(client_of, clerk, page).context["form"]
    assert form["version"].value() == str(home.version - 1)


def test_draft_can_be_thrown_away(client_of, clerk, typing):
    typing(worker_name="张三丰")
    answer = client_of(clerk).post(reverse("draft_forget"), {"draft_page": reverse("household_create")})
    assert (answer.status_code, answer.url) == (302, reverse("household_create"))
    assert not FormDraft.objects.exists()


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_throwing_away_leads_nowhere_else(client_of, clerk, page):
    assert client_of(clerk).post(reverse("draft_forget"), {"draft_page": page}).url == reverse("home")


def test_too_much_is_not_kept(typing):
    assert typing(worker_name="字" * 100_000).status_code == 413
    assert not FormDraft.objects.exists()


def test_old_drafts_are_swept(clerk, typing):
    typing(worker_name="张三丰")
    FormDraft.objects.update(typed_at=timezone.now() - timedelta(days=31))
    call_command("sweep_jobs")
    assert not FormDraft.objects.exists()


def test_token_of_the_session_is_not_kept(typing):
    typing(worker_name="张三丰", csrfmiddlewaretoken="geheim", confirmed="x")
    assert FormDraft.objects.get().content == "worker_name=%E5%BC%A0%E4%B8%89%E4%B8%B0"
