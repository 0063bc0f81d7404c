"""A household that is transferred takes along what was taken back: the new unit sees the whole of its past."""

import pytest
from django.urls import resolve, reverse

from aid.models import Child, Entry, Income, Member
from employment.models import Graduate
from portal.audit import By
from portal.records.editing import change_record
from tests import builders
from tests.reports import builders as make
from tests.test_voiding_everywhere import kind_of, void

pytestmark = pytest.mark.django_db


def test_void_rows_move_with_their_household(clerk, lead, district, grassroots):
    home = make.household(district)
    child = builders.child(district, household=home)
    entry = make.entry(district, child=child)
    made = [
        builders.member(district, home),
        builders.income(district, home),
        entry,
        child,
        make.graduate(district, household=home),
    ]
    for record in made:
        void(record, clerk, lead)
    editing = resolve(reverse("household_edit", args=[home.pk])).func.view_initkwargs["kind"].editing
    change_record(editing, home, values={"union": grassroots.code}, by=By(clerk))
    for model in (Member, Income, Child, Entry, Graduate):
        moved = model.everything.get()
        assert (moved.union, moved.union_path, moved.is_voided) == (grassroots, grassroots.path, True), model
        assert moved.history.latest().union_id == grassroots.pk
        assert not model.objects.exists()
    assert kind_of(made[0]).visible_to(clerk, voided=True).filter(pk=made[0].pk).exists()
