import re
from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from portal.accounts.passwords import classes_in, first_password
from portal.accounts.services import reset_password
from portal.audit import By
from portal.models import AuditEntry, User
from tests.factories import PASSWORD

NEW = "Maple-Street-31"


def change(client, old=PASSWORD, new=NEW, again=NEW):
    return client.post("/password/", {"old_password": old, "new_password1": new, "new_password2": again})


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("Ab1-xyz", "至少要有 8 个字符"),
        ("abcdefgh-qrs", "中的 3 种"),
        ("ABCDEFGH12", "中的 3 种"),
        ("Password123", "太常见"),
        ("Gonghui-2024-x", "与本平台有关"),
        ("金秋Maple-31x", "与本平台有关"),
    ],
)
def test_weak_password_is_refused_in_words(password, words):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password)
    assert words in "".join(refusal.value.messages)


def test_password_like_the_user_name_is_refused():
    with pytest.raises(ValidationError, match="用户名"):
        validate_password("Chenjingban-1", User(username="chenjingban1", name="陈经办"))


@pytest.mark.parametrize("password", ["Maple31x", "枫叶Maple31", "x" * 60 + "Y-31"])
def test_password_of_three_classes_is_accepted_up_to_any_length(password):
    assert validate_password(password) is None


@pytest.mark.parametrize(("password", "count"), [("", 0), ("ab", 1), ("aB", 2), ("aB1", 3), ("aB1-", 4), ("枫1", 2)])
def test_classes_in_counts_each_class_once(password, count):
    assert classes_in(password) == count


def test_first_passwords_are_valid_different_and_without_look_alikes():
    passwords = {first_password() for _round in range(200)}
    assert len(passwords) == 200
    for password in passwords:
        validate_password(password)
        assert not set(password) & set("0O1lI")


def test_change_of_password_is_logged_and_ends_other_sessions(client_of, clerk):
    here, elsewhere = client_of(clerk), client_of(clerk)
    assert change(here).url == "/"
    clerk.refresh_from_db()
    assert clerk.check_password(NEW)
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").url == "/sign-in/?next=/"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.detail) == ("password_changed", clerk, {})


def test_change_of_the_first_password_opens_the_portal(client_of, clerk):
    clerk.must_change_password = True
    clerk.save()
    client = client_of(clerk)
    assert client.get("/").url == "/password/"
    assert change(client).url == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"old": "Wrong-Word-99"}, "原密码不正确，请重新输入。"),
        ({"again": "Maple-Street-32"}, "两次输入的新密码不一致。"),
        ({"new": PASSWORD, "again": PASSWORD}, "新密码不能与原密码相同。"),
        ({"new": "short", "again": "short"}, "至少要有 8 个字符"),
    ],
)
def test_refused_change_says_why_and_changes_nothing(client_of, clerk, fields, words):
    response = change(client_of(clerk), **fields)
    assert response.status_code == 200
    assert words in response.text
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)
    assert not AuditEntry.objects.exists()


def test_change_needs_sign_in(db):
    assert change(Client()).url == "/sign-in/?next=/password/"


def aged(user, **age) -> None:
    """Let the password of `user` be so old."""
    user.password_set_at = timezone.now() - timedelta(**age)
    user.save()


@pytest.mark.parametrize("age", [{"days": 90}, {"days": 400}])
def test_password_in_use_for_ninety_days_must_be_changed_first(client_of, clerk, age):
    aged(clerk, **age)
    client = client_of(clerk)
    assert client.get("/unions/").url == "/password/"
    assert "密码已使用满 90 天。请先更换密码，再使用其他功能。" in client.get("/password/").text
    assert change(client).url == "/"
    assert client.get("/").status_code == 200
    clerk.refresh_from_db()
    assert timezone.now() - clerk.password_set_at < timedelta(minutes=1)


def test_password_younger_than_ninety_days_is_left_alone(client_of, clerk):
    aged(clerk, days=89, hours=23)
    assert client_of(clerk).get("/").status_code == 200


def test_passwords_do_not_age_where_the_setting_says_so(client_of, clerk, settings):
    settings.PASSWORD_MAX_AGE_DAYS = 0
    aged(clerk, days=4000)
    assert client_of(clerk).get("/").status_code == 200


@pytest.mark.parametrize(("days", "said"), [(82, None), (83, 7), (88, 2), (89, 1)])
def test_last_week_of_a_password_is_told_at_sign_in(client, clerk, days, said):
    aged(clerk, days=days, minutes=1)
    page = client.post("/sign-in/", {"username": clerk.username, "password": PASSWORD}, follow=True).text
    assert re.findall(r"您的密码还有 (\d+) 天到期", page) == ([str(said)] if said else [])


def test_new_first_password_is_new(clerk, admin):
    aged(clerk, days=89)
    reset_password(clerk, by=By(admin))
    clerk.refresh_from_db()
    assert timezone.now() - clerk.password_set_at < timedelta(minutes=1)
