"""What is sent twice acts once: the same answer, byte for byte, and another body under the same key is told."""

import threading
from uuid import UUID, uuid4

import pytest
from django.db import connection

from aid.models import Household
from portal.enums import AuditAction
from portal.models import ApiAnswer, AuditEntry, FormReceipt
from tests.portal.api.calling import Outside
from tests.portal.api.rows import sample_rows

AGAIN = "Idempotent-Replayed"


def households(*numbers: str) -> dict:
    return {"rows": [row for row in sample_rows("households") if row["number"] in numbers]}


@pytest.fixture
def outside(district, grassroots, admin):
    return Outside(district, admin)


@pytest.mark.django_db
def test_sent_again_it_is_answered_again(outside):
    key = uuid4()
    first = outside.send("households", households("D001"), key=key)
    again = outside.send("households", households("D001"), key=key)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
    assert first.json()["created"] == 1
    assert (AGAIN in first, again[AGAIN]) == (False, "true")
    assert AuditEntry.objects.filter(action=AuditAction.IMPORTED).count() == 1
    assert AuditEntry.objects.filter(action=AuditAction.API_CALLED).count() == 1


@pytest.mark.django_db
def test_another_body_under_the_same_key(outside):
    key = uuid4()
    outside.send("households", households("D001"), key=key)
    other = outside.send("households", households("D004"), key=key)
    assert (other.status_code, other.json()["error"]["code"]) == (409, "key_used")
    elsewhere = outside.send("visits", households("D001"), key=key)
    assert (elsewhere.status_code, elsewhere.json()["error"]["code"]) == (409, "key_used")
    assert [each.number for each in Household.objects.all()] == ["D001"]


@pytest.mark.django_db
def test_a_refused_call_leaves_its_key_free(outside):
    key, row = uuid4(), households("D001")["rows"][0]
    refused = outside.send("households", {"rows": [row | {"single_parent": "?"}]}, key=key)
    assert (refused.status_code, FormReceipt.objects.count()) == (422, 0)
    assert outside.send("households", {"rows": [row]}, key=key).status_code == 200


@pytest.mark.django_db
def test_the_key_of_another_system_is_another_key(outside, district, admin):
    key = uuid4()
    outside.send("households", households("D001"), key=key)
    other = Outside(district, admin).send("households", households("D001"), key=key)
    assert (other.status_code, other.json()["unchanged"], AGAIN in other) == (200, 1, False)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "1", "x" * 36, "0" * 32, f"{{{UUID(int=1)}}}", f"urn:uuid:{UUID(int=1)}"])
def test_a_key_is_a_uuid(outside, key):
    response = outside.send("households", households("D001"), **{"Idempotency-Key": key})
    assert (response.status_code, response.json()["error"]["code"]) == (400, "key_required")


@pytest.mark.django_db
def test_the_kept_answer_is_sealed(outside):
    outside.send("households", households("D001"))
    kept = ApiAnswer.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM portal_apianswer")
        assert "D001" not in cursor.fetchone()[0]
    assert "D001" in kept.body


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_at_once_act_once(outside):
    """Both get the one answer: the second waits for the first."""
    key, together, answers = uuid4(), threading.Barrier(2), []

    def send() -> None:
        together.wait()
        try:
            answers.append(outside.send("households", households("D001", "D002"), key=key))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert sorted(AGAIN in answer for answer in answers) == [False, True]
    assert Household.objects.count() == 2
    assert AuditEntry.objects.filter(action=AuditAction.IMPORTED).count() == 1
