"""What the matrix is told of writes: those that raise no revision, and none that was taken back."""

from django.db import transaction

from aid.models import Household
from portal.audit import By
from portal.keeping import keep
from tests.builders import household
from tests.raised import unraised


def test_a_write_past_the_functions_that_raise_is_found_and_no_other(clerk, district):
    home = household(district)
    with unraised() as past:
        Household.objects.filter(pk=home.pk).update(worker_name="曾建华")
    with unraised() as kept:
        keep(home, By(clerk), "更正")
    with unraised() as rolled_back, transaction.atomic():
        Household.objects.filter(pk=home.pk).update(worker_name="曾建华")
        transaction.set_rollback(True)
    assert (past, kept, rolled_back) == ({"aid_household"}, set(), set())
