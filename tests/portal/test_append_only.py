import pytest
from django.db import DatabaseError, transaction

from portal.audit import record
from portal.enums import AuditAction
from portal.models import AuditEntry


@pytest.fixture
def entry(clerk):
    return record(AuditAction.VIEWED, actor=clerk, subject="H-1")


def test_update_of_audit_row_is_refused_by_the_database(entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(subject="H-2")
    entry.refresh_from_db()
    assert entry.subject == "H-1"


def test_delete_of_audit_row_is_refused_by_the_database(entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all()._raw_delete("default")
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", [1, 2])
def test_emptying_between_transactional_tests_leaves_the_refusal(_round):
    assert AuditEntry.objects.count() == 0
    record(AuditAction.VIEWED, subject="H-1")
    with pytest.raises(DatabaseError, match="append-only"):
        AuditEntry.objects.all().delete()
