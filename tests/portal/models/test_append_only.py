import pytest
from django.db import DatabaseError, transaction

from portal.audit import By, record
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.models.append_only import REFUSAL
from tests.tampering import TAMPERINGS


@pytest.fixture
def entry(clerk):
    return record(AuditAction.VIEWED, by=By(clerk), subject="H-1")


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS)
def test_audit_row_refuses_every_change(entry, tamper):
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        tamper(AuditEntry)
    assert AuditEntry.objects.get().subject == entry.subject == "H-1"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", [1, 2])
def test_emptying_between_transactional_tests_leaves_the_refusal(_round):
    assert AuditEntry.objects.count() == 0
    record(AuditAction.VIEWED, subject="H-1")
    with pytest.raises(DatabaseError, match="append-only"):
        AuditEntry.objects.all().delete()
