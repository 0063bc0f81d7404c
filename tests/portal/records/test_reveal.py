import json

import pytest
from django.urls import reverse

from portal.enums import AuditAction
from portal.models import AuditEntry
from tests import builders


def address(record):
    return reverse(f"{record._meta.model_name}_reveal", args=[record.pk])


def revealed():
    return AuditEntry.objects.filter(action=AuditAction.REVEALED)


def test_reveal_shows_every_sensitive_field_and_logs_no_value(client_of, clerk, grassroots):
    home = builders.household(grassroots)
    response = client_of(clerk).post(address(home), {"reason": "check"})
    secrets = [home.worker.id_number, builders.CARD, builders.TELEPHONE, builders.ADDRESS, builders.CAUSE]
    assert response.status_code == 200
    for secret in secrets:
        assert secret in response.text
    assert "no-store" in response["Cache-Control"]
    row = revealed().get()
    assert (row.actor, row.union_path, row.subject) == (clerk, grassroots.path, f"困难职工家庭 {home.number}")
    assert row.detail == {
        "reason": "核对",
        "fields": ["证件号码", "联系电话", "家庭住址", "致困原因", "银行卡号"],
    }
    stored = json.dumps(row.detail, ensure_ascii=False) + row.subject
    assert not any(secret in stored for secret in secrets)


@pytest.mark.parametrize("reason", ["", " ", "x", "核对", "核对310101199001011234"])
def test_reveal_without_a_proper_reason_shows_nothing(client_of, clerk, district, reason):
    home = builders.household(district)
    response = client_of(clerk).post(address(home), {"reason": reason})
    assert response.status_code == 400
    assert home.worker.id_number not in response.text
    assert "alert-danger" in response.text
    assert not revealed().exists()


@pytest.mark.parametrize("name", ["household", "child", "graduate", "visit"])
def test_foreign_record_is_a_404_and_leaves_no_row(client_of, clerk, foreign_district, name):
    record = builders.one_of_each(foreign_district)[name]
    assert client_of(clerk).post(address(record), {"reason": "check"}).status_code == 404
    assert not revealed().exists()


def test_reveal_by_get_is_refused(client_of, clerk, district):
    assert client_of(clerk).get(address(builders.household(district))).status_code == 405


def test_visit_reveals_the_person_and_the_needs(client_of, lead, district):
    child = builders.child(district)
    visit = builders.visit(district, person=child.person, needs="需要暑期补习")
    page = client_of(lead).post(address(visit), {"reason": "visit"}).text
    assert child.person.id_number in page
    assert "需要暑期补习" in page


def test_administrator_reveals_nothing(client_of, admin, district):
    assert client_of(admin).post(address(builders.household(district)), {"reason": "check"}).status_code == 403
