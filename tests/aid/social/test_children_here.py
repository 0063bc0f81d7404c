"""Children written down from the page of the project or the activity they gained by; what was written is corrected."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.models import Activity, Participation, ProjectGain
from tests import builders
from tests.aid import cases as casework
from tests.aid.visiting import activity, project, project_gain
from tests.forms import create_address, edit_address, errors, send
from tests.portal.records.test_detail import open_page
from tests.reports import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(district):
    return project(district)


@pytest.fixture
def girl(campaign, district):
    """With a case in the campaign."""
    case = casework.case(district)
    case.child.name = "王小明"
    case.child.save()
    return case.child


def offered(answer) -> list[str]:
    return [child.name for child, _ticked, _known in answer.context["offered"]]


def test_children_of_the_campaign_are_ticked_on_the_page_of_the_project(client_of, clerk, district, runs, girl):
    other = builders.child(district, "李小红")
    client = client_of(clerk)
    address = f"{create_address('projectgain', project=runs)}&campaign=2014"
    assert address.split("&", maxsplit=1)[0] in open_page(client, runs).text
    page = client.get(address)
    assert offered(page) == ["王小明"]
    assert "全部 1 人" in page.text
    found = client.post(address, {"find": "1", "q": "李小红", "ids": [girl.pk], "what": "书包"})
    assert offered(found) == ["李小红"]
    assert [child.name for child in found.context["others"]] == ["王小明"]
    assert 'value="书包"' in found.text
    nobody = client.post(address, {"what": "书包"})
    assert nobody.status_code == 400
    assert "请勾选子女。" in nobody.text
    much = client.post(address, {"ids": [girl.pk], "what": "书包", "value": "1000000.01"})
    assert errors(much) == {"value": ["不能大于 1,000,000，请核对"]}
    sent = {"ids": [girl.pk, other.pk], "what": "书包", "value": "120.50"}
    assert client.post(address, sent)["Location"] == reverse("project_detail", args=[runs.pk])
    client.post(address, sent)
    gains = ProjectGain.objects.order_by("child__name").values_list("child__name", "what", "value")
    assert set(gains) == {("王小明", "书包", Decimal("120.50")), ("李小红", "书包", Decimal("120.50"))}


def test_nobody_of_another_union_is_found_or_written_down(client_of, clerk, foreign_district, runs):
    stranger, client = builders.child(foreign_district, "周小康"), client_of(clerk)
    address = create_address("projectgain", project=runs)
    assert offered(client.post(address, {"find": "1", "q": "周小康"})) == []
    client.post(address, {"ids": [stranger.pk], "what": "书包"})
    assert not ProjectGain.objects.exists()
    assert client.get(create_address("projectgain", project=project(foreign_district))).status_code == 404
    planned = project(runs.union, way="volunteer_project", state="project_planned")
    assert client.get(create_address("projectgain", project=planned)).status_code == 403


def test_a_gain_is_corrected_and_voided_for_a_reason(client_of, clerk, runs, district):
    gain = project_gain(district, project=runs)
    client = client_of(clerk)
    assert send(client, edit_address(gain), what="课业辅导 12 次", value="300").status_code == 302
    gain.refresh_from_db()
    assert (gain.what, gain.value, gain.version) == ("课业辅导 12 次", Decimal(300), 2)
    assert errors(send(client, edit_address(gain), value="0")) == {"value": ["应大于 0"]}
    assert reverse("projectgain_void", args=[gain.pk]) in open_page(client, gain).text
    make.change(runs, state="project_closed")
    assert client.get(edit_address(gain)).status_code == 403


def test_who_came_is_ticked_on_the_page_of_the_activity(client_of, clerk, district, girl):
    held, client = activity(district), client_of(clerk)
    address = reverse("activity_children", args=[held.pk])
    assert address in open_page(client, held).text
    assert offered(client.get(f"{address}?campaign=2014")) == ["王小明"]
    assert client.post(address, {"ids": [girl.pk]}).status_code == 302
    assert "其余 1 人已登记过，没有重复登记。" in client.post(address, {"ids": [girl.pk]}, follow=True).text
    assert Participation.objects.get().child == girl
    Activity.objects.filter(pk=held.pk).update(held_on=localdate() + timedelta(days=1))
    assert client.get(address).status_code == 403
