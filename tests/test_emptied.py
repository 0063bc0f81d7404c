"""Nothing of one transactional test is left to the next."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError

from portal.audit import By, record
from portal.enums import AuditAction
from portal.models import AuditEntry
from portal.models.append_only import REFUSAL
from tests import builders
from tests.emptied import OF_MODELS


def rows_left() -> set[str]:
    tables = {model._meta.db_table: model for model in apps.get_models() if model._meta.managed}
    return {table for table, model in tables.items() if model._base_manager.exists()} - OF_MODELS


@pytest.mark.django_db(transaction=True)
def test_everything_is_emptied_past_the_triggers_that_keep_it(district, clerk):
    builders.one_of_each(district)
    record(AuditAction.FORM_CHANGED, by=By(clerk, None))
    assert {"aid_household", "aid_person", "portal_auditentry", "portal_union"} <= rows_left()
    call_command("flush", interactive=False, verbosity=0)
    assert rows_left() == set()


@pytest.mark.django_db(transaction=True)
def test_the_triggers_keep_what_comes_after(clerk):
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    entry = record(AuditAction.FORM_CHANGED, by=By(None, None))
    with pytest.raises(DatabaseError, match=REFUSAL):
        AuditEntry.objects.filter(pk=entry.pk)._raw_delete(using="default")
