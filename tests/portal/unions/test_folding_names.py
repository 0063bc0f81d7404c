"""Names that came in before they were folded are folded by a migration, and nothing else is touched."""

import pytest
from django.apps import apps

from aid.models import Child, Household, Member
from employment.models import Enquiry, Graduate
from portal.migrating import fold_names
from tests import builders
from tests.employment import builders as employing
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
NAMES = ((Household, "worker_name"), (Child, "name"), (Member, "name"), (Graduate, "name"), (Enquiry, "name"))


def test_names_on_file_are_folded(district):
    home = builders.household(district)
    builders.member(district, home)
    builders.child(district, household=home)
    make.graduate(district, household=home)
    employing.enquiry(district, "某")
    for model, field in NAMES:
        model.objects.update(**{field: "买买提 • 艾力"})
    versions = Household.history.count()
    fold_names(*((model._meta.app_label, model.__name__, field) for model, field in NAMES)).code(apps, None)
    assert [set(model.objects.values_list(field, flat=True)) for model, field in NAMES] == [{"买买提·艾力"}] * 5
    assert Household.history.count() == versions


def test_latin_names_keep_their_blanks(district):
    home = builders.household(district)
    Household.objects.update(worker_name="Anna Maria Li")
    fold_names(("aid", "Household", "worker_name")).code(apps, None)
    assert Household.objects.get(pk=home.pk).worker_name == "Anna Maria Li"
