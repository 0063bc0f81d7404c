"""续办: who waits, where a child stands a year later, and drafts made all at once."""

import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.models import AidCase, AidStandard, Child, NotRenewed, PolicyAid
from aid.printouts.notice import notice_sheet
from aid.renewal.promotion import a_year_on
from aid.renewal.services import renewable
from portal.models import Campaign
from tests.aid import cases as casework
from tests.printing import lines_of
from tests.reports import builders as make

# Stage and grade a year ago: stage and grade now (None: ends school), and whether it has to be looked at.
A_YEAR_ON = {
    ("primary", "三年级"): ("primary", "四年级", False),
    ("primary", "小三"): ("primary", "四年级", False),
    ("primary", "5年级"): ("junior", "六年级", True),
    ("primary", "六年级"): ("junior", "七年级", False),
    ("junior", "预备班"): ("junior", "七年级", False),
    ("junior", "六年级"): ("junior", "七年级", False),
    ("junior", "初一"): ("junior", "八年级", False),
    ("junior", "二年级"): ("junior", "九年级", False),
    ("junior", "八年级"): ("junior", "九年级", False),
    ("junior", "初三"): ("senior", "高一", True),
    ("junior", "九年级"): ("senior", "高一", True),
    ("senior", "高一"): ("senior", "高二", False),
    ("senior", "高三"): ("bachelor", "大一", True),
    ("vocational", "二年级"): ("vocational", "职三", False),
    ("vocational", "三年级"): ("college", "大一", True),
    ("college", "大一"): ("college", "大二", False),
    ("college", "大三"): (None, "", False),
    ("bachelor", "大三"): ("bachelor", "大四", False),
    ("bachelor", "四年级"): (None, "", False),
    ("postgraduate", "研三"): (None, "", False),
    ("primary", ""): ("primary", "", True),
    ("bachelor", "2012级"): ("bachelor", "2012级", True),
}


@pytest.mark.parametrize(("before", "after"), A_YEAR_ON.items())
def test_a_year_on(before, after):
    proposal = a_year_on(*before)
    assert (proposal.stage, proposal.grade, bool(proposal.doubt)) == after


@pytest.fixture
def campaign(db):
    return Campaign.objects.open(localdate().year)


@pytest.fixture
def before(campaign):
    return Campaign.objects.open(campaign.year - 1)


def aided(union, before, *, stage="primary", grade="三年级", **fields) -> Child:
    child = make.child(union)
    Child.objects.filter(pk=child.pk).update(stage=stage, grade=grade)
    of = make.case(union, child=child, year=before.year, stage=stage, standard=Decimal(800), **fields)
    casework.answered(of)
    child.refresh_from_db()
    return child


def test_who_waits(district, grassroots, foreign_district, clerk, campaign, before):
    waits, below = aided(district, before), aided(grassroots, before)
    aided(foreign_district, before)
    closed, taken, declined = (aided(district, before) for _turn in range(3))
    Child.objects.filter(pk=closed.pk).update(on_file=False)
    casework.case(district, "draft", child=taken, year=campaign.year)
    refused = NotRenewed(child=declined, campaign=campaign, reason="no_longer_poor", decided_by=clerk)
    refused.place_with(declined)
    refused.save()
    withdrawn = make.child(district)
    casework.case(district, "withdrawn", child=withdrawn, year=before.year)
    two_years_ago = make.child(district)
    make.case(district, child=two_years_ago, year=before.year - 1)
    assert list(renewable(clerk, campaign)) == [waits, below]


def line(child: Child, **fields) -> dict:
    shown = {"stage": "小学", "grade": "四年级", "mode": "社会助学", "standard": "900"}
    return {f"{name}_{child.pk}": value for name, value in (shown | fields).items()}


def send(client, *lines: dict, **fields):
    data = {"key": uuid.uuid4()} | fields
    for each in lines:
        data |= each
    return client.post(reverse("case_renewal"), data)


def test_page_shows_last_year_and_proposes_this_one(client_of, district, clerk, campaign, before):
    child = aided(district, before, stage="primary", grade="六年级")
    AidStandard.objects.create(campaign=campaign, stage="junior", amount=Decimal(1200))
    form = client_of(clerk).get(reverse("case_renewal")).context["form"]
    shown = {name: form[f"{name}_{child.pk}"].value() for name in ("chosen", "stage", "grade", "standard", "reason")}
    assert shown == {"chosen": True, "stage": "初中", "grade": "七年级", "standard": "1200.00", "reason": ""}


def test_who_ends_school_is_not_ticked_and_has_its_reason(client_of, district, clerk, campaign, before):
    child = aided(district, before, stage="college", grade="大三")
    page = client_of(clerk).get(reverse("case_renewal"))
    form = page.context["form"]
    assert (form[f"chosen_{child.pk}"].value(), form[f"reason_{child.pk}"].value()) == (False, "finished")
    assert "学业期满，列入拟登记毕业生" in page.content.decode()


@pytest.mark.parametrize(("stage", "grade"), [("bachelor", "2023级"), ("college", "大三")])
def test_grade_of_which_nothing_is_proposed_stays_in_the_form(
    client_of, district, clerk, campaign, before, stage, grade
):
    child = aided(district, before, stage=stage, grade=grade)
    assert client_of(clerk).get(reverse("case_renewal")).context["form"][f"grade_{child.pk}"].value() == grade


def test_ticked_become_drafts_with_all_of_last_year_and_the_child_moves_on(
    client_of, district, clerk, campaign, before
):
    child, left = aided(district, before), aided(district, before)
    said = PolicyAid.objects.filter(case__child=child, policy="grant")
    said.update(outcome="granted", amount=Decimal("1500.00"))
    answer = send(client_of(clerk), line(child, chosen="on"), line(left, reason="no_longer_poor"))
    assert answer.status_code == 302
    made = AidCase.objects.get(child=child, campaign=campaign)
    assert (made.status, made.stage, made.mode, made.standard) == ("draft", "primary", "social", Decimal("900.00"))
    assert made.applied_on == localdate()
    told = dict(made.policies.values_list("policy", "amount"))
    assert len(told) == 6
    assert {policy: amount for policy, amount in told.items() if amount} == {"grant": Decimal("1500.00")}
    moved = Child.objects.get(pk=child.pk)
    assert (moved.stage, moved.grade, moved.version) == ("primary", "四年级", child.version + 1)
    assert moved.history.first().history_user == clerk
    assert NotRenewed.objects.get().reason == "no_longer_poor"
    assert not renewable(clerk, campaign).exists()


def test_sent_twice_acts_once(client_of, district, clerk, campaign, before):
    child, client, key = aided(district, before), client_of(clerk), uuid.uuid4()
    for _turn in range(2):
        assert send(client, line(child, chosen="on"), ids=child.pk, key=key).status_code == 302
    assert AidCase.objects.filter(campaign=campaign).count() == 1


def test_one_fault_keeps_all_and_stands_on_its_line(client_of, district, clerk, campaign, before):
    good, bad, other = (aided(district, before) for _turn in range(3))
    page = send(
        client_of(clerk),
        line(good, chosen="on"),
        line(bad, chosen="on", standard="-5"),
        line(other, reason="other_reason"),
    )
    form = page.context["form"]
    assert set(form.errors) == {f"standard_{bad.pk}", f"text_{other.pk}"}
    assert not AidCase.objects.filter(campaign=campaign).exists()
    assert not NotRenewed.objects.exists()
    assert form[f"grade_{good.pk}"].value() == "四年级"


def test_rules_of_a_case_hold(client_of, district, clerk, campaign, before):
    """An application before the family was filed is refused as everywhere."""
    child = aided(district, before)
    type(child.household).objects.filter(pk=child.household_id).update(filed_on=localdate().replace(year=9000))
    page = send(client_of(clerk), line(child, chosen="on"))
    assert "申请日期不能早于该户的建档日期" in page.content.decode()
    assert not AidCase.objects.filter(campaign=campaign).exists()


def test_nothing_chosen_is_said(client_of, district, clerk, campaign, before):
    page = send(client_of(clerk), line(aided(district, before)))
    assert "请勾选要续办的子女，或为不再续办的选择原因。" in page.content.decode()


def test_child_of_another_union_cannot_be_renewed(client_of, foreign_district, clerk, campaign, before):
    child = aided(foreign_district, before)
    send(client_of(clerk), line(child, chosen="on"), ids=child.pk)
    assert not AidCase.objects.filter(campaign=campaign).exists()


def test_queries_do_not_grow_with_the_children(
    client_of, district, clerk, campaign, before, django_assert_max_num_queries
):
    client = client_of(clerk)

    def renewed(count: int) -> int:
        children = [aided(district, before) for _turn in range(count)]
        with django_assert_max_num_queries(120) as asked:
            send(client, *(line(child, chosen="on") for child in children))
        return len(asked)

    renewed(1)
    assert renewed(2) == renewed(8)
    assert PolicyAid.objects.filter(case__campaign=campaign).count() == 11 * 6


def test_todo_counts_who_waits(client_of, district, clerk, campaign, before):
    aided(district, before)
    assert "去年受助、今年还没有续办的子女" in client_of(clerk).get(reverse("home")).content.decode()


def test_new_and_continued_are_told_apart_in_the_list_and_on_the_notice(client_of, district, clerk, campaign, before):
    old, fresh = aided(district, before), make.child(district)
    continued, new = (casework.case(district, "submitted", child=each, year=campaign.year) for each in (old, fresh))
    address = reverse("aidcase_list")
    found = {
        value: [row[0].text for row in client_of(clerk).get(address, {"intake": value}).context["table"].rows]
        for value in ("new", "continued")
    }
    # Last year's own case was itself new then.
    assert found["continued"] == [continued.number]
    assert set(found["new"]) == {new.number, AidCase.objects.get(campaign=before).number}
    Campaign.objects.update(notice_columns="notice_child,notice_intake")
    lines = lines_of(notice_sheet(casework.notice(district, continued, new)))
    assert {line[2] for line in lines} == {"新纳入", "继续帮扶"}


def test_page_is_opened_from_the_list_by_who_keeps_records(client_of, clerk, lead, campaign):
    assert reverse("case_renewal") in client_of(clerk).get(reverse("aidcase_list")).content.decode()
    assert reverse("case_renewal") not in client_of(lead).get(reverse("aidcase_list")).content.decode()
