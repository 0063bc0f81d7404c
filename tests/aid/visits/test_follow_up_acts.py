"""A to-do of a visit leads to where it is done: the file, the case, what can be offered (三个掌握)."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.enums import FollowUpKind
from aid.models import FollowUp
from tests import builders
from tests.aid.visiting import follow_up
from tests.forms import create_address
from tests.reports import builders as make


@pytest.fixture
def daughter(district):
    return builders.child(district, "曾小丽", household=builders.household(district))


HOME, CASE, ENTRY = "修改家庭档案", "办理助学申请", "登记升学"


def offered(client, todo) -> dict[str, str]:
    """The buttons of a to-do, but for the way back, with their addresses."""
    return dict(client.get(reverse("followup_detail", args=[todo.pk])).context["links"])


def test_to_do_leads_to_where_it_is_done(client_of, clerk, campaign, daughter):
    todos = {kind: follow_up(builders.visit(daughter.union, person=daughter.person), kind) for kind in FollowUpKind}
    client = client_of(clerk)
    found = {kind: offered(client, todo) for kind, todo in todos.items()}
    child = f"?child={daughter.pk}"
    assert found == {
        "update_file": {HOME: reverse("household_edit", args=[daughter.household_id])},
        "adjust_standard": {CASE: reverse("aidcase_create") + child, ENTRY: reverse("entry_create") + child},
        "offer_project": {
            "安排结对": reverse("pairing_create") + child,
            "安排社会实践": reverse("practiceplacement_create") + child,
        },
    }
    for addresses in found.values():
        assert [client.get(address).status_code for address in addresses.values()] == [200] * len(addresses)


def test_to_do_on_the_standard_opens_the_case_of_the_running_campaign(client_of, clerk, campaign, daughter):
    case = make.case(daughter.union, child=daughter)
    todo = follow_up(builders.visit(daughter.union, person=daughter.person), "adjust_standard")
    assert offered(client_of(clerk), todo)[CASE] == reverse("aidcase_detail", args=[case.pk])


def test_to_do_about_a_worker_or_a_graduate_leads_to_the_file_and_to_help(client_of, clerk, campaign, district):
    home, graduate = builders.household(district), builders.graduate(district)
    client = client_of(clerk)
    of_worker = follow_up(builders.visit(district, person=home.worker), "offer_project")
    assert offered(client, of_worker) == {
        "安排结对": create_address("pairing", household=home),
        "打开家庭档案": reverse("household_detail", args=[home.pk]),
    }
    of_graduate = follow_up(builders.visit(district, person=graduate.person), "offer_project")
    assert offered(client, of_graduate) == {"登记就业帮扶": f"{reverse('assistance_create')}?graduate={graduate.pk}"}


def test_to_do_that_is_done_or_of_a_closed_file_leads_nowhere(client_of, clerk, lead, daughter):
    todo = follow_up(builders.visit(daughter.union, person=daughter.person))
    assert offered(client_of(lead), todo) == {}
    home = daughter.household
    home.closed_on = localdate()
    home.save()
    assert offered(client_of(clerk), todo) == {}


def test_to_do_about_somebody_who_moved_away_leads_nowhere(client_of, clerk, daughter, foreign_district):
    todo = follow_up(builders.visit(daughter.union, person=daughter.person))
    for record in (daughter, daughter.household):
        record.place_in(foreign_district)
        record.save()
    assert offered(client_of(clerk), todo) == {}


def test_many_are_settled_in_one_form(client_of, clerk, district, daughter, foreign_district):
    visit = builders.visit(daughter.union, person=daughter.person)
    first, second, done = (follow_up(visit, kind) for kind in FollowUpKind)
    FollowUp.objects.filter(pk=done.pk).update(done_on=localdate(), done_by=clerk, outcome="早已办结")
    strange = follow_up(builders.visit(foreign_district), FollowUpKind.UPDATE_FILE)
    client, address = client_of(clerk), reverse("followup_many")
    chosen = {"ids": [each.pk for each in (first, second, done, strange)], "filters": ""}
    assert [each for each, _field in client.post(address, chosen).context["form"].lines] == [first, second]
    nothing = client.post(address, chosen | {"outcome": "", f"outcome-{second.pk}": "已调整"})
    assert list(nothing.context["form"].errors) == ["outcome"]
    told = chosen | {"outcome": "已更新", f"outcome-{second.pk}": "已调整"}
    for _press in range(2):
        assert client.post(address, told).status_code == 302
    outcomes = dict(FollowUp.objects.filter(done_on=localdate()).values_list("pk", "outcome"))
    assert outcomes == {first.pk: "已更新", second.pk: "已调整", done.pk: "早已办结"}
    assert FollowUp.objects.get(pk=strange.pk).done_on is None


def test_visits_of_many_ask_for_the_same_follow_up_of_each(client_of, clerk, daughter):
    son = builders.child(daughter.union, "曾小明")
    client, address = client_of(clerk), reverse("visit_many")
    chosen = {"kind": "child", "filters": "", "ids": [daughter.pk, son.pk]}
    form = client.post(address, chosen).context["form"]
    sent = {field.html_name: field.value() or "" for field in form if field.html_name != "follow_ups"}
    answer = client.post(address, chosen | sent | {"follow_ups": ["offer_project"]})
    assert answer.status_code == 302, answer.context["form"].errors
    asked = FollowUp.objects.values_list("person", "kind")
    assert set(asked) == {(daughter.person_id, "offer_project"), (son.person_id, "offer_project")}
