from employment.records import FINAL
from portal.models import Campaign
from portal.models.voidable import VoidableRecord
from tests import builders
from tests.lists import shown
from tests.reports import builders as make


def test_household_filters(client_of, clerk, district, grassroots):
    client = client_of(clerk)
    old = builders.household(district, filed_on="2012-01-01", closed_on="2013-01-01", single_parent=True)
    new = builders.household(
        grassroots, filed_on="2014-05-01", worker_category="migrant", hardship_category="accident_household"
    )
    both = {old.number, new.number}
    for params, expected in [
        ({}, both),
        ({"open": "yes"}, {new.number}),
        ({"open": "no"}, {old.number}),
        ({"single_parent": "yes"}, {old.number}),
        ({"single_parent": "no"}, {new.number}),
        ({"worker_category": "migrant"}, {new.number}),
        ({"hardship_category": "minimum_income"}, {old.number}),
        ({"filed_from": "2012-01-01", "filed_to": "2012-01-01"}, {old.number}),
        ({"filed_from": "2012-01-02"}, {new.number}),
        ({"union": grassroots.code}, {new.number}),
        ({"union": district.code}, both),
        ({"union": grassroots.code, "open": "no"}, set()),
    ]:
        assert shown(client, "household", **params) == expected, params


def test_case_filters_by_year_status_and_date(client_of, clerk, district):
    client = client_of(clerk)
    old, new = make.case(district, year=2013), make.case(district, year=2014, status="closed")
    Campaign.objects.open(2012)
    assert shown(client, "aidcase", campaign="2013") == {old.number}
    assert shown(client, "aidcase", campaign="2012") == set()
    assert shown(client, "aidcase", status="closed") == {new.number}
    assert shown(client, "aidcase", applied_from="2014-02-01", applied_to="2014-02-01") == {new.number}


def test_visit_filter_finds_one_way_of_several(client_of, clerk, district):
    both = builders.visit(district, ways="talk,books")
    builders.visit(district, ways="tutoring")
    assert shown(client_of(clerk), "visit", way="books") == {both.number}


def test_every_named_list_is_found_among_void_records_too(rf, clerk):
    narrowed = 0
    for kind in (kind for kind in FINAL.values() if issubclass(kind.model, VoidableRecord)):
        filterset = kind.filterset({}, queryset=kind.listed_to(clerk, voided=True), request=rf.get("/"))
        lists = [each for each in filterset.filters.values() if getattr(each, "_method", None) == "narrow"]
        for value, _label in (choice for each in lists for choice in each.extra["choices"]):
            assert filterset.narrow(filterset.queryset, "", value).count() == 0
            narrowed += 1
    assert narrowed
