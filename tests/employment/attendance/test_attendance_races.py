"""The same code read at many doors at once, on PostgreSQL with real threads; also with the lock taken away."""

import pytest
from django.db import IntegrityError

from employment.attendance import services as attending
from employment.attendance.code import code_of
from employment.attendance.services import scan
from employment.models import Attendance, JobEvent
from portal.audit import By
from portal.enums import Role
from portal.models import AuditEntry
from tests import builders
from tests.employment.referrals.test_referral_races import CROWD, all_meet_after
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.reports.handed_in.test_races import at_once, without_locks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture
def fair(district):
    return make.event(district, kind="job_fair")


@pytest.fixture
def doors(district, fair):
    """The work of as many clerks as there are doors, all with the code of one graduate."""
    code = code_of(builders.graduate(district).pk)

    def scanning(clerk):
        return lambda: scan(JobEvent.objects.select_related("union").get(pk=fair.pk), code, by=By(clerk))

    return [scanning(UserFactory(role=Role.CLERK, union=district)) for _turn in range(CROWD)]


def test_one_code_at_many_doors_is_one_row(fair, doors):
    outcomes = at_once(*doors)
    assert sorted(outcome.is_new for outcome in outcomes) == [False] * (CROWD - 1) + [True]
    assert Attendance.objects.filter(event=fair).count() == 1
    assert AuditEntry.objects.filter(action="record_saved").count() == 1


def test_without_the_lock_the_database_still_lets_one_in(monkeypatch, fair, doors):
    """The race itself: everybody saw that nobody was signed in."""
    without_locks(monkeypatch)
    all_meet_after(monkeypatch, attending, "_row")
    outcomes = at_once(*doors)
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == CROWD - 1
    assert Attendance.objects.filter(event=fair).count() == 1
