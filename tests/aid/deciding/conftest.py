"""What the log says of who looked."""

import pytest

from portal.enums import AuditAction
from portal.models import AuditEntry


@pytest.fixture
def viewed(db):
    return lambda: list(AuditEntry.objects.filter(action=AuditAction.VIEWED))
