"""An import is not taken back while a visit or a promise would be left without the name of whom it is about."""

import pytest
from django.core.management import call_command

from aid.models import Child, Household, Visit
from portal.audit import By
from portal.enums import Role, UnionKind, VoidReason
from portal.models import Import, Union
from portal.records.taking_back.acts import take_back
from portal.records.taking_back.hindrances import NotTakenBack
from tests import builders
from tests.aid import visiting
from tests.employment.lists.commands import import_list
from tests.employment.lists.test_samples import EXPECTED, SAMPLES
from tests.factories import UserFactory, make_union


@pytest.fixture
def hand(db):
    call_command("load_unions", SAMPLES / "unions.csv", verbosity=0)
    return UserFactory(role=Role.CLERK, union=Union.objects.get(code="310101"))


@pytest.fixture
def imported(hand) -> Import:
    wanted = EXPECTED["summary.xlsx"]
    assert import_list(SAMPLES / "summary.xlsx", year=wanted.get("year"), said=wanted.get("set", {}))["ok"]
    return Import.objects.latest("made_at")


def sentences(imported: Import, hand) -> list[str]:
    with pytest.raises(NotTakenBack) as refused:
        take_back(imported, by=By(hand))
    return refused.value.reasons


def test_visit_stands_in_the_way_and_nothing_is_removed(imported, hand):
    home, count = Household.objects.order_by("pk").first(), Household.objects.count()
    paid = builders.visit(home.union, person=home.worker)
    assert sentences(imported, hand) == [f"“走访慰问”{paid.number} 用到了这次导入的记录"]
    assert Household.objects.count() == count


def test_visit_to_a_child_stands_in_the_way(imported, hand):
    child = Child.objects.order_by("pk").first()
    paid = builders.visit(child.union, person=child.person)
    assert sentences(imported, hand) == [f"“走访慰问”{paid.number} 用到了这次导入的记录"]


def test_visit_to_whom_another_record_of_the_unit_names_stands_in_no_way(imported, hand):
    child = Child.objects.order_by("pk").first()
    builders.graduate(child.union, person=child.person)
    paid = builders.visit(child.union, person=child.person)
    take_back(imported, by=By(hand))
    assert not Child.objects.filter(pk=child.pk).exists()
    assert Visit.objects.get() == paid


def test_visit_of_another_unit_stands_in_no_way(imported, hand):
    home = Household.objects.order_by("pk").first()
    other = make_union(Union.objects.get(depth=1), "310199", "别区总工会", UnionKind.DISTRICT)
    builders.visit(other, person=home.worker)
    take_back(imported, by=By(hand))
    assert not Household.objects.exists()


def test_void_visit_stands_in_no_way(imported, hand):
    home = Household.objects.order_by("pk").first()
    paid = builders.visit(home.union, person=home.worker)
    Visit.everything.filter(pk=paid.pk).update(voided_at=paid.updated_at, void_reason=VoidReason.values[0])
    take_back(imported, by=By(hand))
    assert not Household.objects.exists()


def test_void_record_that_refers_to_the_import_says_what_is_left_to_do(imported, hand):
    child = Child.objects.order_by("pk").first()
    pair = visiting.pairing(child.union, child=child)
    type(pair).everything.filter(pk=pair.pk).update(voided_at=pair.updated_at, void_reason=VoidReason.values[0])
    words = "已作废，但按规定要保留，所以这次导入不能整批撤回；请逐条作废它所属的记录"
    assert sentences(imported, hand) == [f"“结对关系”{pair.number} {words}"]
