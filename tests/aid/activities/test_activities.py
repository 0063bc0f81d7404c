"""精神帮扶: activities, who came, the lessons of a series; in no figure of the forms."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from aid.activities.services import record_came
from aid.models import Activity, Participation
from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.counting.derive import derive
from tests import builders, grids
from tests.aid.visiting import activity
from tests.forms import edit_address, errors, send
from tests.portal.records.test_detail import open_page
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
SUMMER = "2014年暑期数学班"


@pytest.fixture
def lessons(district):
    return [activity(district, series=SUMMER, held_on=date(2014, 7, day)) for day in (7, 14, 21)]


@pytest.fixture
def pupils(district):
    return [builders.child(district, name) for name in ("王小明", "李小红")]


def came() -> set[tuple]:
    return set(Participation.objects.values_list("activity__held_on__day", "child__name"))


def test_children_come_to_the_lessons_of_a_series_once_each(district, clerk, lessons, pupils):
    first, second, third = (each.pk for each in lessons)
    keys = [child.pk for child in pupils]
    assert record_came([first, second], keys, by=By(clerk)) == 4
    before = AuditEntry.objects.count(), Participation.history.count()
    assert record_came([first, second], keys, by=By(clerk)) == 0
    assert (AuditEntry.objects.count(), Participation.history.count()) == before
    assert record_came([first, third], keys[:1], by=By(clerk)) == 1
    assert came() == {(7, "王小明"), (14, "王小明"), (21, "王小明"), (7, "李小红"), (14, "李小红")}
    listed = {each.held_on.day: each.children_came for each in Activity.objects.as_listed()}
    assert listed == {7: 2, 14: 2, 21: 1}
    assert AuditEntry.objects.latest("pk").detail == {"count": 1}


def test_nobody_came_yet_to_what_is_still_to_come_nor_to_another_units(clerk, lead, district, foreign_district, pupils):
    keys = [child.pk for child in pupils]
    tomorrow = activity(district, held_on=localdate() + timedelta(days=1))
    with pytest.raises(MoveRefused, match="还没有举行"):
        record_came([tomorrow.pk], keys, by=By(clerk))
    with pytest.raises(MoveRefused, match="岗位"):
        record_came([tomorrow.pk], keys, by=By(lead))
    theirs, elsewhere = activity(foreign_district), builders.child(foreign_district, "周小康")
    assert record_came([theirs.pk], keys, by=By(clerk)) == 0
    assert record_came([activity(district).pk], [elsewhere.pk], by=By(clerk)) == 0
    assert came() == set()


def test_a_void_one_makes_room_and_the_database_keeps_one(district, clerk, lessons, pupils):
    record_came([lessons[0].pk], [pupils[0].pk], by=By(clerk))
    twice = Participation(number="C9", activity=lessons[0], child=pupils[0])
    twice.place_with(lessons[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()
    for wrong in ({"hours": Decimal(0)}, {"cost": Decimal(-1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Activity.objects.filter(pk=lessons[0].pk).update(**wrong)


def test_chosen_in_the_list_of_children_they_are_written_down_by_one_form(client_of, clerk, lessons, pupils):
    client, url = client_of(clerk), reverse("activity_came")
    chosen = {"ids": [child.pk for child in pupils]}
    asked = client.post(url, chosen)
    assert [str(each) for each in asked.context["form"].fields["activities"].queryset] == [
        f"2014-07-{day} 数学补习" for day in ("21", "14", "07")
    ]
    assert client.post(url, chosen | {"confirmed": "1"}).status_code == 400
    done = client.post(url, chosen | {"confirmed": "1", "activities": [lessons[0].pk, lessons[1].pk]}, follow=True)
    assert "已登记参加活动 4 人次。" in done.text
    assert len(came()) == 4
    page = open_page(client, lessons[0]).text
    assert "同一系列的出勤" in page
    assert "王小明" in page


def test_activity_is_typed_with_its_cost_and_hours(client_of, clerk, district):
    client, address = client_of(clerk), reverse("activity_create")
    typed = {
        "kind": "参观", "title": "参观科技馆", "held_on": "2014-07-15", "place": "示例科技馆", "hours": "3.5",
        "cost": "1200", "union": district.code,
    }  # fmt: skip
    assert errors(send(client, address, **typed | {"place": "", "cost": "-1"})).keys() == {"place", "cost"}
    send(client, address, **typed)
    saved = Activity.objects.get()
    assert (saved.kind, saved.hours, saved.cost, saved.number[0]) == ("outing", Decimal("3.50"), Decimal(1200), "Y")


def test_what_children_came_to_is_neither_put_off_nor_given_to_another_union(
    client_of, clerk, district, grassroots, lessons, pupils
):
    client, tomorrow = client_of(clerk), (localdate() + timedelta(days=1)).isoformat()
    first, second = lessons[:2]
    record_came([first.pk], [pupils[0].pk], by=By(clerk))
    words = "已登记 1 人参加，不能改为以后举行，也不能换工会"
    assert errors(send(client, edit_address(first), held_on=tomorrow)) == {"held_on": [words]}
    assert errors(send(client, edit_address(first), union=grassroots.code)) == {"union": [words]}
    assert send(client, edit_address(first), held_on="2014-07-08").status_code == 302
    assert send(client, edit_address(second), held_on=tomorrow).status_code == 302
    grid = grids.opened(client, first)
    assert grids.faults(grids.save(client, grid, first, held_on_1=tomorrow)) == {"held_on-1": [words]}


def test_names_of_series_are_offered_as_far_as_they_are_seen(client_of, clerk, foreign_district, lessons):
    activity(foreign_district, series="西山夏令营")
    page = client_of(clerk).get(reverse("activity_create")).text
    assert page.count(f'<option value="{SUMMER}"></option>') == 1
    assert "西山夏令营" not in page


def test_no_figure_of_the_forms_counts_activities(campaign, district, clerk, pupils):
    held = activity(district, held_on=date(2014, 7, 7), cost=Decimal(500))
    before = derive(campaign, district, make.AS_OF)
    record_came([held.pk], [child.pk for child in pupils], by=By(clerk))
    assert derive(campaign, district, make.AS_OF) == before
    assert not any(before.values())
