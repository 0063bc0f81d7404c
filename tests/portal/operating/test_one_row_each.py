"""Signing in, a refusal, an export, a look at a child's data, a change: one row each, of who, when, where and what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.models import AuditEntry
from tests.builders import one_of_each
from tests.factories import PASSWORD
from tests.posts import read

ADDRESS = "192.0.2.7"
SIGN_IN = {"username": "clerk", "password": PASSWORD}


@pytest.mark.parametrize(
    ("method", "page", "of", "data", "action", "what"),
    [
        ("get", "audit_log", "", {}, "refused", ""),
        ("get", "child_export", "", {}, "exported", "子女"),
        ("get", "child_detail", "child", {}, "viewed", "子女 {}"),
        ("post", "child_reveal", "child", {"reason": "check"}, "revealed", "子女 {}"),
        ("post", "household_verify", "household", {}, "record_saved", "困难职工家庭 {}"),
    ],
)
def test_act_leaves_one_row_that_tells_all(client, clerk, district, method, page, of, data, action, what):
    made = one_of_each(district)
    client.post("/sign-in/", SIGN_IN, REMOTE_ADDR=ADDRESS)
    (signed_in,) = AuditEntry.objects.all()
    record = made.get(of)
    address = reverse(page, args=[record.pk] if record else [])
    read(getattr(client, method)(address, data, REMOTE_ADDR=ADDRESS))
    (row,) = AuditEntry.objects.exclude(pk=signed_in.pk)
    assert told(signed_in) == (clerk, "login", ADDRESS, district.path, "")
    subject = what.format(getattr(record, "number", record and record.pk))
    assert told(row) == (clerk, action, ADDRESS, district.path, subject)
    assert timezone.now() - timedelta(minutes=1) < signed_in.at <= row.at <= timezone.now()


def told(row: AuditEntry) -> tuple:
    return row.actor, row.action, row.address, row.union_path, row.subject
