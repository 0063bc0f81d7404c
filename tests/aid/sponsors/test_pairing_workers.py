"""牵手困难职工: a pairing with a worker; and a pairing that begins from an application by one press."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from aid.models import Pairing
from aid.sponsors.pairing import begin_pairing
from aid.sponsors.sponsoring import reach
from aid.timeline.events import story_of_person, timeline
from aid.timeline.sources import SOURCES
from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from reports.counting.derive import derive
from tests import builders
from tests.aid import cases as casework
from tests.aid.visiting import pairing, sponsor
from tests.forms import create_address, doubts, send
from tests.portal.records.test_detail import open_page
from tests.printing import docx_text
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
TEAMS = "千个文明班组、红旗文明岗牵手千名困难职工"


@pytest.fixture
def team(district):
    return sponsor(district, "三车间文明班组", kind="civilised_team")


@pytest.fixture
def home(district):
    return builders.household(district, worker_name="赵大勇")


def test_team_is_paired_with_a_worker_on_the_page_of_the_family(client_of, clerk, team, home):
    client, address = client_of(clerk), create_address("pairing", household=home)
    form = client.get(address).context["form"]
    assert form["programme"].value() == TEAMS
    assert send(client, address, sponsor=team.number, starts_on="2014-05-04").status_code == 302
    made = Pairing.objects.get()
    assert (made.household, made.child, made.programme, made.whom) == (home, None, "civilised_teams", home)
    assert "已有未结束的结对" in send(client, address, sponsor=team.number).text
    assert "三车间文明班组" in open_page(client, home).text
    assert "赵**" in client.get(reverse("pairing_list")).text
    assert "赵大勇" in open_page(client, made).text


def test_worker_in_a_programme_of_pupils_must_be_confirmed(client_of, clerk, district, home):
    giver = sponsor(district, kind="enterprise")
    typed = {"sponsor": giver.number, "programme": "百名企业帮助百名学生"}
    asked = doubts(send(client_of(clerk), create_address("pairing", household=home), **typed))
    assert asked == ["“百名企业帮助百名学生”是与学生结对，这里登记的是职工本人，请核对"]
    assert doubts(
        send(client_of(clerk), create_address("pairing", household=home), **typed | {"programme": TEAMS})
    ) == [f"结对方类别是“企业”，与结对项目“{TEAMS}”不符，请核对"]


def test_pairing_is_with_one_child_or_one_worker(district, team, home):
    made = pairing(district, sponsor=team, household=home, programme="civilised_teams")
    for wrong in ({"child": builders.child(district)}, {"household": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pairing.objects.filter(pk=made.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        pairing(district, sponsor=team, household=home, programme="civilised_teams")


def test_sponsor_reaches_workers_beside_children_and_thanks_tell_both(client_of, clerk, district, team, home):
    for programme in ("civilised_teams", "other_programme"):
        pairing(district, sponsor=team, household=home, programme=programme)
    pairing(district, sponsor=team)
    found = reach(team, clerk)
    assert (found.children, found.workers) == (1, 1)
    assert "牵手的困难职工（人）" in open_page(client_of(clerk), team).text
    text = docx_text(client_of(clerk).get(reverse("sponsor_letter", args=[team.pk]), {"as": "docx"}).content)
    assert "贵方牵手帮扶了1名困难职工。" in text
    assert "1名学生" in text


def test_story_of_the_family_tells_pairings_with_worker_and_child(clerk, district, team, home):
    child = builders.child(district, "赵小勇", household=home)
    pairing(district, sponsor=team, household=home, programme="civilised_teams", ends_on=date(2014, 6, 1))
    pairing(district, sponsor=team, child=child, programme="other_programme")
    told = [event.words for event in timeline(home, clerk, SOURCES) if "结对" in event.title]
    assert sorted(told) == sorted([f"赵大勇 三车间文明班组 {TEAMS}"] * 2 + ["赵小勇 三车间文明班组 其他结对助学"])
    of_worker = [event.title for event in story_of_person(home.worker_id, clerk, SOURCES)]
    assert of_worker == ["结束结对", "结对"]


def paired_case(district, giver, programme, **fields):
    return casework.case(district, mode="pairing", sponsor=giver.name, programme=programme, **fields)


def test_one_press_on_an_application_pairs_the_child_as_it_says(client_of, clerk, district):
    giver = sponsor(district)
    case = paired_case(district, giver, "百名企业帮助百名学生")
    client, address = client_of(clerk), reverse("case_pair", args=[case.pk])
    assert address in open_page(client, case).text
    answer = client.post(address)
    made = Pairing.objects.get()
    assert answer.url == reverse("pairing_detail", args=[made.pk])
    assert (made.child, made.household, made.sponsor, made.programme) == (case.child, None, giver, "enterprises")
    assert (made.starts_on, made.ends_on, made.union) == (localdate(), None, giver.union)
    assert AuditEntry.objects.filter(subject=f"结对关系 {made.number}").count() == 1
    assert address not in open_page(client, case).text
    assert "已有未结束的结对" in client.post(address, follow=True).text
    assert Pairing.objects.count() == 1


def test_application_of_the_programme_for_workers_pairs_the_worker(clerk, district, team):
    case = paired_case(district, team, TEAMS)
    made = begin_pairing(case, by=By(clerk))
    assert (made.household, made.child) == (case.child.household, None)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"mode": "social"}, "只有办理中或已通过的结对助学申请"),
        ({"status": "withdrawn"}, "只有办理中或已通过的结对助学申请"),
        ({"sponsor": "名录中没有的"}, "须与名录中的一致"),
        ({"programme": "去年的项目"}, "须与名录中的一致"),
    ],
)
def test_nothing_begins_from_what_names_no_pairing(clerk, district, fields, why):
    giver = sponsor(district)
    values = {"mode": "pairing", "sponsor": giver.name, "programme": "百名企业帮助百名学生"}
    with pytest.raises(MoveRefused, match=why):
        begin_pairing(casework.case(district, **values | fields), by=By(clerk))


def test_who_decides_registers_no_pairing_and_an_ended_one_may_begin_again(clerk, lead, district):
    giver = sponsor(district)
    case = paired_case(district, giver, "百名企业帮助百名学生")
    with pytest.raises(MoveRefused, match="岗位"):
        begin_pairing(case, by=By(lead))
    last = localdate() - timedelta(1)
    pairing(district, sponsor=giver, child=case.child, starts_on=last, ends_on=last)
    assert begin_pairing(case, by=By(clerk)).ends_on is None


def test_no_figure_of_the_forms_counts_a_pairing(campaign, district, team, home):
    before = derive(campaign, district, make.AS_OF)
    pairing(district, sponsor=team, household=home, programme="civilised_teams")
    assert derive(campaign, district, make.AS_OF) == before
