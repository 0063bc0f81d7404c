"""Pairings and placements begun from the sponsor, the post or the list: the form asks for the child first."""

import pytest
from django.urls import reverse

from aid.models import Pairing, PracticePlacement
from tests import builders
from tests.aid.visiting import sponsor
from tests.forms import opened, send
from tests.reports import builders as make

KINDS = (("pairing", "与谁结对"), ("practiceplacement", "安排谁上岗"))


@pytest.fixture
def daughter(district):
    return builders.child(district, "曾小丽", household=builders.household(district))


def found(client, address: str, typed: str) -> list[str]:
    """The addresses of the forms that a search offers."""
    return [address for _title, _name, _number, address in client.post(address, {"q": typed}).context["found"]]


def links(client, record) -> dict[str, str]:
    return dict(client.get(reverse(f"{record._meta.model_name}_detail", args=[record.pk])).context["links"])


@pytest.mark.parametrize(("name", "heading"), KINDS)
def test_list_begins_with_whom(client_of, clerk, lead, daughter, name, heading):
    address = reverse(f"{name}_create")
    assert client_of(clerk).get(reverse(f"{name}_list")).context["create_url"] == address
    assert client_of(lead).get(reverse(f"{name}_list")).context["create_url"] == ""
    listed = client_of(clerk).get(reverse(f"{name}_list"))
    assert (listed.context["made_on"], "先打开所属的记录" in listed.text) == ([], False)
    assert heading in client_of(clerk).get(address).text
    for typed in ("曾小", "ZXL", daughter.person.id_number):
        assert found(client_of(clerk), address, typed) == [f"?child={daughter.pk}"]


@pytest.mark.parametrize(("name", "heading"), KINDS)
def test_nobody_of_another_union_is_found_or_taken(client_of, foreign_clerk, daughter, name, heading):
    address, client = reverse(f"{name}_create"), client_of(foreign_clerk)
    assert found(client, address, "曾小") == []
    assert client.get(f"{address}?child={daughter.pk}").status_code == 404


def test_pairing_begun_from_the_sponsor_has_it_chosen(client_of, clerk, daughter):
    giver, client = sponsor(daughter.union), client_of(clerk)
    begun = links(client, giver)["新建结对关系"]
    address = reverse("pairing_create")
    client.post(begun, {"q": "曾小"})
    assert found(client, begun, "曾小") == [f"?sponsor={giver.pk}&child={daughter.pk}"]
    form = f"{address}?sponsor={giver.pk}&child={daughter.pk}"
    assert opened(client, form)["sponsor"] == giver.number
    assert send(client, form, programme="百名企业帮助百名学生").status_code == 302
    assert (Pairing.objects.get().sponsor, Pairing.objects.get().child) == (giver, daughter)


def test_placement_begun_from_the_post_has_it_chosen(client_of, clerk, daughter):
    post, client = make.practice_post(daughter.union), client_of(clerk)
    begun = links(client, post)["安排学生上岗"]
    form = f"{begun}&child={daughter.pk}"
    assert found(client, begun, "曾小") == [f"?practicepost={post.pk}&child={daughter.pk}"]
    assert send(client, form, post=post.number, starts_on="2014-07-01", ends_on="2014-07-31").status_code == 302
    assert PracticePlacement.objects.get().post == post


def test_sponsor_and_post_of_another_union_are_not_found(client_of, clerk, daughter, foreign_district):
    strange, post = sponsor(foreign_district), make.practice_post(foreign_district)
    for name, asked in (("pairing", f"sponsor={strange.pk}"), ("practiceplacement", f"practicepost={post.pk}")):
        address = f"{reverse(f'{name}_create')}?{asked}&child={daughter.pk}"
        assert client_of(clerk).get(address).status_code == 404


def test_who_may_not_keep_records_is_not_offered_to(client_of, auditor, daughter):
    assert "新建结对关系" not in links(client_of(auditor), sponsor(daughter.union))
