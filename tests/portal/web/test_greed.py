"""Who takes away, looks at or searches for more than an hour's work needs is stopped in words, and the auditor told."""

from contextlib import suppress

import pytest
from django.urls import reverse

from portal.audit import TooMuchError, spend
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.models.operating import pace
from portal.settings import base
from tests import builders
from tests.workbook.sheets import fresh_id


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is moved."""
    now = [1_900_000_000.0]
    monkeypatch.setattr(pace.time, "time", lambda: now[0])
    return now


@pytest.fixture
def limits(settings):
    """Ten an hour of each, two of them at once; then one in six minutes."""
    settings.HOURLY_LIMITS = dict.fromkeys(settings.HOURLY_LIMITS, 10)


def codes(ask, times: int) -> list[int]:
    return [ask().status_code for _turn in range(times)]


def rows(action: AuditAction) -> int:
    return AuditEntry.objects.filter(action=action).count()


def export(client):
    answer = client.get(reverse("household_export") + "?format=xlsx")
    if answer.streaming:
        assert b"".join(answer.streaming_content)  # read to its end the file is closed
    return answer


def test_exports_are_counted_by_the_hour_and_told_to_the_auditor(
    client_of, clerk, foreign_clerk, auditor, limits, clock
):
    client = client_of(clerk)
    assert codes(lambda: export(client), 5) == [200, 200, 429, 429, 429]
    refused = export(client)
    assert refused["Retry-After"] == "360"
    assert "“导出和下载”一小时最多 10 次" in refused.text
    assert (rows(AuditAction.EXPORTED), rows(AuditAction.LIMITED)) == (2, 1)  # told once a minute
    told = AuditEntry.objects.get(action=AuditAction.LIMITED)
    assert (told.actor, told.detail) == (clerk, {"limited": "导出和下载", "limit": 10})
    assert export(client_of(foreign_clerk)).status_code == 200  # nobody else is stopped
    clock[0] += 361
    assert codes(lambda: export(client), 2) == [200, 429]
    assert "超过用量被拦" in client_of(auditor).get("/").text


def test_what_is_masked_is_shown_so_often_and_no_more(client_of, clerk, district, limits, clock):
    client, home = client_of(clerk), builders.household(district)
    address = reverse("household_reveal", args=[home.pk])
    answers = [client.post(address, {"reason": "check"}) for _turn in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert home.worker.id_number in answers[0].text
    assert home.worker.id_number not in answers[2].text
    assert (rows(AuditAction.REVEALED), rows(AuditAction.LIMITED)) == (2, 1)


def test_whole_numbers_are_looked_up_so_often_and_no_more(client_of, clerk, limits, clock):
    client = client_of(clerk)
    found = codes(lambda: client.post(reverse("find"), {"q": fresh_id()}), 3)
    assert found == [200, 200, 429]
    assert codes(lambda: client.post(reverse("find"), {"q": "王建国"}), 5) == [302] * 5  # names are what work is about


# One each 0.3 s for a minute: of 600 an hour 120 at once and one more in 6 s, of 300 an hour 60 and one more in 12 s.
@pytest.mark.parametrize(("what", "passed"), [("exported", 129), ("revealed", 64), ("searched", 64)])
def test_hundreds_in_a_minute_are_stopped_by_the_limits_as_installed(clerk, clock, settings, what, passed):
    settings.HOURLY_LIMITS, counted = base.HOURLY_LIMITS, 0
    for turn in range(200):
        clock[0] = 1_900_000_000 + turn * 0.3
        with suppress(TooMuchError):
            spend(what, clerk)
            counted += 1
    assert counted == passed
