"""资助来源 in the grid of cases: what each level grants, typed beside the standard, with the rule of the form."""

import csv
from decimal import Decimal

import pytest
from django.urls import reverse

from aid.models import AidCase, CaseShare
from portal.models import AuditEntry
from tests import builders, grids
from tests.aid import cases as casework

pytestmark = pytest.mark.django_db


def line(child, **cells):
    return {"child": child.person.id_number, "standard": "3000", "mode": "社会助学", **cells}


def told(case: AidCase) -> list[tuple]:
    return list(case.shares.order_by("level").values_list("level", "source", "amount"))


@pytest.fixture
def children(district, campaign):
    return [builders.child(district) for _each in range(3)]


def test_many_cases_come_with_what_each_level_grants(client_of, clerk, children):
    of_two, of_one, of_none = children
    answer = grids.send(
        client_of(clerk),
        "aidcase",
        line(of_two, city_share="2000", unit_share="0", social_share="1000"),
        line(of_one, unit_share="3000", unit_source="各级党委政府资助"),
        line(of_none),
    )
    assert answer.status_code == 302, grids.faults(answer)
    cases = {case.child: case for case in AidCase.objects.all()}
    assert told(cases[of_two]) == [
        ("city_level", "union", Decimal("2000.00")),
        ("social_level", "social", Decimal("1000.00")),
    ]
    assert told(cases[of_one]) == [("unit_level", "government", Decimal("3000.00"))]
    assert told(cases[of_none]) == []
    assert {(share.union, share.history.count()) for share in CaseShare.objects.all()} == {(of_two.union, 1)}


def test_parts_that_do_not_fit_are_told_at_their_cell_and_nothing_is_made(client_of, clerk, children):
    short, donated, _right = children
    answer = grids.send(
        client_of(clerk),
        "aidcase",
        line(short, city_share="2000", social_share="999"),
        line(donated, city_share="3000", city_source="社会捐助"),
    )
    assert grids.faults(answer) == {
        "social_share-1": ["各来源合计 2,999.00 元，应等于帮扶标准 3,000.00 元"],
        "city_source-2": ["社会的资助从社会捐助支出，市级和区级的不从社会捐助支出"],
    }
    assert not AidCase.objects.exists()
    assert not CaseShare.objects.exists()


def test_parts_on_file_are_changed_in_the_grid_and_told_to_the_log(client_of, clerk, district):
    draft = casework.case(district, standard=Decimal(3000), status="draft")
    other = casework.case(district, standard=Decimal(3000), status="draft")
    for case in (draft, other):
        share = CaseShare(case=case, level="city_level", source="government", amount=Decimal(3000))
        share.place_with(case)
        share.save()
    client = client_of(clerk)
    sent = grids.opened(client, draft, other)
    assert (sent["city_share-1"], sent["city_source-1"], sent["unit_share-1"]) == ("3000.00", "各级党委政府资助", "")
    refused = grids.save(client, sent, draft, standard_1="3500")
    assert grids.faults(refused) == {"city_share-1": ["各来源合计 3,000.00 元，应等于帮扶标准 3,500.00 元"]}
    answer = grids.save(client, sent, draft, city_share_1="", unit_share_1="3000")
    assert answer.status_code == 302, grids.faults(answer)
    changed = AidCase.objects.get(pk=draft.pk)
    assert (told(changed), changed.version) == ([("unit_level", "union", Decimal("3000.00"))], draft.version + 1)
    assert (told(other), AidCase.objects.get(pk=other.pk).version) == (
        [("city_level", "government", Decimal("3000.00"))],
        other.version,
    )
    row = AuditEntry.objects.filter(action="record_saved").latest("pk")
    assert row.detail["fields"] == ["市级资金(元)", "区级资金(元)"]


def test_parts_stand_on_the_page_of_the_family_and_in_the_export(client_of, clerk, district):
    case = casework.case(district, standard=Decimal(3000))
    for level, source, amount in (("city_level", "union", 2000), ("social_level", "social", 1000)):
        share = CaseShare(case=case, level=level, source=source, amount=Decimal(amount))
        share.place_with(case)
        share.save()
    client, words = client_of(clerk), "市级 2,000.00 元、社会 1,000.00 元"
    assert words in client.get(reverse("household_detail", args=[case.child.household_id])).text
    file = client.get(reverse("aidcase_export"), {"format": "csv", "campaign": case.campaign.year})
    told = next(csv.DictReader(b"".join(file.streaming_content).decode("utf-8-sig").splitlines()))
    assert [told[name] for name in ("资助来源", "市级资金(元)", "区级资金(元)", "社会资金(元)")] == [
        words,
        "2000.00",
        "",
        "1000.00",
    ]
