"""Numbers of records: none begins like that of another kind, and none is given twice."""

from django.utils.timezone import localdate

from aid.activities import services as activities
from aid.casework import notices
from aid.models import Child, Household
from aid.payments import batches
from aid.social import giving
from employment.editing.enquiry import HOTLINE_FORM
from employment.lists.kinds import LIST_KINDS
from employment.records import FINAL
from portal.models import GoneNumber
from portal.workbook.numbers import next_number, next_numbers, remember_gone
from tests import builders


def test_no_two_kinds_share_a_beginning():
    forms = [(name, kind.editing.prefix) for name, kind in FINAL.items() if kind.editing and kind.editing.prefix]
    others = {"publicnotice": notices, "paymentbatch": batches, "participation": activities, "projectgain": giving}
    given = dict(forms) | {name: module.PREFIX for name, module in others.items()} | {"hotline": HOTLINE_FORM.prefix}
    assert len(set(given.values())) == len(given), sorted(given.items(), key=lambda pair: pair[1])


def test_list_gives_the_numbers_that_the_form_gives():
    by_model = {kind.model: kind.editing.prefix for kind in FINAL.values() if kind.editing}
    for kind in LIST_KINDS:
        for part in kind.parts:
            if part.prefix:
                assert part.prefix == by_model[kind.sheets[part.title].model], part.title


def test_number_of_a_removed_record_is_not_given_again_in_its_unit(district, foreign_district):
    year = localdate().year
    gone = [builders.household(district, number=f"D{year}-{serial:06d}") for serial in (1, 2)]
    typed = builders.household(district, number="旧-7")
    child = builders.child(district, household=typed)
    remember_gone(Household, [*gone, typed], unit=district)
    remember_gone(Child, [child], unit=district)  # has no number
    for home in gone:
        home.delete()
    assert next_numbers(Household, unit=district, prefix="D", count=2) == [f"D{year}-000003", f"D{year}-000004"]
    assert next_number(Household, unit=foreign_district, prefix="D") == f"D{year}-000001"
    assert [str(each) for each in GoneNumber.objects.all()] == [f"D{year}-000002"]
