"""The one box finds people by their school and employer, and names however they are padded."""

import pytest
from django.urls import reverse

from aid.models import Household
from tests import builders
from tests.employment import builders as employing
from tests.reports import builders as make


def found(client, text: str) -> set:
    page = client.get(reverse("find"), {"q": text})
    return {record for group in page.context["groups"] for record in group.records}


def test_employer_and_schools_are_found(client_of, clerk, district):
    home = builders.household(district, employer="沪东造船厂")
    child = make.child(district, household=home, school="浦东中学")
    client = client_of(clerk)
    assert found(client, "东造船") == {home}
    assert found(client, "浦东中") == {child}


@pytest.mark.parametrize("typed", ["欧阳　建国", "欧 阳 建 国", "欧阳建国"])
def test_padding_between_chinese_characters_is_overlooked(client_of, clerk, district, typed):
    home = builders.household(district, "欧阳建国")
    assert found(client_of(clerk), typed) == {home}


@pytest.mark.parametrize("typed", ["欧阳　建国", "欧阳建国", "阳建"])
def test_what_was_padded_before_names_were_folded_is_found(client_of, clerk, district, typed):
    home = builders.household(district, "周某")
    Household.objects.filter(pk=home.pk).update(worker_name="欧 阳 建 国")
    assert found(client_of(clerk), typed) == {home}


def test_employers_schools_and_enquiries_are_found_by_name(client_of, clerk, district):
    employer = employing.employer(district, name="浦江 机械厂")
    enquiry = employing.enquiry(district, "欧阳建国")
    graduate = make.graduate(district, school="东海大学")
    client = client_of(clerk)
    assert found(client, "浦江机械") == {employer}
    assert found(client, "欧阳　建国") == {enquiry}
    assert found(client, "东海大") == {graduate}


@pytest.mark.parametrize("typed", ["买买提·艾力", "买买提•艾力", "买买提.艾力", "买买提 · 艾力"])
def test_every_middle_dot_is_one(client_of, clerk, district, typed):
    home = builders.household(district, "买买提·艾力")
    assert found(client_of(clerk), typed) == {home}
