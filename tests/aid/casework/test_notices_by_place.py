"""Cases of several places put on notice in one press: a sheet for each place, printed together."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from aid.casework import notices_by_place
from aid.casework.notices import Details, NothingPosted, proposed_last_day
from aid.casework.notices_by_place import post_notices
from aid.enums import NoticeApart
from aid.models import AidCase, PublicNotice
from portal.audit import By
from portal.calendar.holidays import fill_calendar
from portal.models import HolidayYear, WorkdayException
from tests.aid import cases as casework

MILL, WORKS = "东湖纺织厂", "东湖机床厂"
TYPED = "东湖路居委会公告栏"


@pytest.fixture(autouse=True)
def official(db):
    fill_calendar(HolidayYear, WorkdayException)


def case_of(union, employer: str, state: str = "checked") -> AidCase:
    of = casework.case(union, state)
    home = of.child.household
    home.employer = employer
    home.save()
    return of


def details(place: str = TYPED) -> Details:
    first = localdate() + timedelta(days=1)
    return Details("community", place, first, proposed_last_day(first, 5), "021-63211939")


def on_sheets() -> dict[tuple[str, str], set[int]]:
    """The cases on each notice, by its kind and place."""
    return {
        (notice.kind, notice.place): set(notice.noticed.values_list("case", flat=True))
        for notice in PublicNotice.objects.all()
    }


def test_each_employer_has_its_own_sheet_and_who_has_none_the_place_typed(district, clerk):
    mill = [case_of(district, MILL), case_of(district, f" {MILL} ")]
    works, none, draft = case_of(district, WORKS), case_of(district, ""), case_of(district, WORKS, "draft")
    pks, key = [of.pk for of in (*mill, works, none, draft)], uuid.uuid4()
    notices, outcomes = post_notices(pks, details(), apart=NoticeApart.BY_EMPLOYER, by=By(clerk), key=key)
    assert on_sheets() == {
        ("employer", f"{MILL}公告栏"): {of.pk for of in mill},
        ("employer", f"{WORKS}公告栏"): {works.pk},
        ("community", TYPED): {none.pk},
    }
    assert {outcome.case.pk for outcome in outcomes if not outcome.is_done} == {draft.pk}
    works.refresh_from_db()
    assert (works.status, works.notice_place) == ("on_notice", f"{WORKS}公告栏")
    again, repeated = post_notices(pks, details(), apart=NoticeApart.BY_EMPLOYER, by=By(clerk), key=key)
    assert (again, len(repeated)) == (notices, 4)
    assert PublicNotice.objects.count() == 3


def test_each_union_has_its_own_sheet(district, grassroots, clerk):
    cases = {union: case_of(union, MILL) for union in (district, grassroots)}
    pks = [of.pk for of in cases.values()]
    post_notices(pks, details(), apart=NoticeApart.BY_UNION, by=By(clerk), key=uuid.uuid4())
    assert on_sheets() == {("community", f"{union.name}公告栏"): {of.pk} for union, of in cases.items()}


def test_together_they_hang_on_one_sheet(district, clerk):
    pks = {case_of(district, MILL).pk, case_of(district, WORKS).pk}
    post_notices(pks, details(), apart=NoticeApart.TOGETHER, by=By(clerk), key=uuid.uuid4())
    assert on_sheets() == {("community", TYPED): pks}


@pytest.mark.parametrize("place", ["", " "])
def test_without_employer_and_place_nothing_is_posted_at_all(district, clerk, place):
    pks = [case_of(district, MILL).pk, case_of(district, "").pk]
    with pytest.raises(ValidationError) as refused:
        post_notices(pks, details(place), apart=NoticeApart.BY_EMPLOYER, by=By(clerk), key=uuid.uuid4())
    assert refused.value.message_dict == {"place": ["请填写公示地点。"]}
    assert not PublicNotice.objects.exists()
    assert set(AidCase.objects.values_list("status", flat=True)) == {"checked"}


def test_a_place_of_which_no_case_can_hang_has_no_sheet(district, clerk):
    ready, draft = case_of(district, MILL), case_of(district, WORKS, "draft")
    post_notices([ready.pk, draft.pk], details(), apart=NoticeApart.BY_EMPLOYER, by=By(clerk), key=uuid.uuid4())
    assert on_sheets() == {("employer", f"{MILL}公告栏"): {ready.pk}}
    with pytest.raises(NothingPosted):
        post_notices([draft.pk], details(), apart=NoticeApart.BY_EMPLOYER, by=By(clerk), key=uuid.uuid4())


def test_more_places_than_one_press_takes_are_refused(district, clerk, monkeypatch):
    monkeypatch.setattr(notices_by_place, "MOST_SHEETS", 1)
    pks = [case_of(district, MILL).pk, case_of(district, WORKS).pk]
    with pytest.raises(ValidationError, match="要分成 2 张公示单，一次最多 1 张"):
        post_notices(pks, details(), apart=NoticeApart.BY_EMPLOYER, by=By(clerk), key=uuid.uuid4())
    assert not PublicNotice.objects.exists()


def test_the_form_tells_how_many_sheets_and_the_answer_prints_them_together(client_of, clerk, foreign_clerk, district):
    pks = [case_of(district, MILL).pk, case_of(district, WORKS).pk, case_of(district, WORKS).pk]
    client, address = client_of(clerk), reverse("case_batch")
    asked = client.post(address, {"action": "put_on_notice", "ids": pks})
    assert "每个工作单位一张（2 张）" in asked.text
    assert "每个所属工会一张（1 张）" in asked.text
    form = asked.context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data |= {"apart": "by_employer", "kind": "community", "place": "", "telephone": "021-63211939"}
    data |= {"action": "put_on_notice", "ids": pks, "confirmed": "1", "key": asked.context["key"]}
    done = client.post(address, data | {"digest": asked.context["selection"].digest})
    notices = list(PublicNotice.objects.order_by("pk"))
    assert [notice.place for notice in notices] == [f"{WORKS}公告栏", f"{MILL}公告栏"]
    together = reverse("publicnotice_print_many") + "?" + "&".join(f"ids={notice.pk}" for notice in notices)
    assert together.replace("&", "&amp;") in done.text
    printed = client.get(together).text
    assert printed.count('<article class="printout">') == 2
    assert all(notice.place in printed for notice in notices)
    assert client_of(foreign_clerk).get(together).status_code == 404


@pytest.mark.parametrize(
    ("employers", "before", "proposed"),
    [
        ((MILL, f" {MILL} "), f"{MILL}公告栏", ("together", f"{MILL}公告栏")),
        ((MILL, MILL), f"{WORKS}公告栏", ("together", "")),
        ((MILL, MILL), TYPED, ("together", "")),
        ((MILL, ""), f"{MILL}公告栏", ("together", "")),
        ((MILL, WORKS), f"{MILL}公告栏", ("by_employer", "")),
        ((MILL, WORKS, ""), TYPED, ("by_employer", "")),
        (("", ""), TYPED, ("together", TYPED)),
    ],
)
def test_place_of_the_last_notice_is_proposed_only_where_it_can_be_theirs(
    client_of, clerk, district, employers, before, proposed
):
    casework.notice(district, place=before)
    asked = client_of(clerk).post(
        reverse("case_batch"), {"action": "put_on_notice", "ids": [case_of(district, name).pk for name in employers]}
    )
    initial = asked.context["form"].initial
    assert (initial["apart"], initial["place"]) == proposed
    assert (initial["kind"], initial["telephone"]) == ("employer", "63211939")


def test_more_employers_than_sheets_are_not_proposed_apart(client_of, clerk, district, monkeypatch):
    monkeypatch.setattr(notices_by_place, "MOST_SHEETS", 1)
    pks = [case_of(district, MILL).pk, case_of(district, WORKS).pk]
    asked = client_of(clerk).post(reverse("case_batch"), {"action": "put_on_notice", "ids": pks})
    assert asked.context["form"].initial["apart"] == "together"


def test_sheets_of_others_are_left_out_of_what_is_printed(client_of, clerk, foreign_clerk, district, foreign_district):
    for union, person in ((district, clerk), (foreign_district, foreign_clerk)):
        post_notices([case_of(union, MILL).pk], details(), apart=NoticeApart.TOGETHER, by=By(person), key=uuid.uuid4())
    query = {"ids": list(PublicNotice.objects.values_list("pk", flat=True))}
    printed = client_of(clerk).get(reverse("publicnotice_print_many"), query)
    assert printed.text.count('<article class="printout">') == 1
    assert foreign_district.name not in printed.text
