"""A case that asks for another sum than the campaign's table: said where it is decided, explained when submitted."""

from decimal import Decimal

import pytest
from django.urls import reverse

from aid.casework.batches import run_batch
from aid.casework.departures import departure_of, departures
from aid.casework.moving import Why, move_case
from aid.models import AidStandard, CaseEvent
from portal.audit import By
from portal.workflow import MoveRefused
from tests.aid import cases as casework
from tests.forms import errors

FAR_ABOVE = "标准 2,000.00 元，申请 999,999.00 元，高出 997,999.00 元"


@pytest.fixture
def case_of(district, campaign):
    AidStandard.objects.create(campaign=campaign, stage="senior", amount=2000)

    def make(standard, status="draft", **fields):
        return casework.answered(casework.case(district, status, stage="senior", standard=standard, **fields))

    return make


@pytest.mark.parametrize(
    ("standard", "words"),
    [
        ("999999", FAR_ABOVE),
        ("1999.99", "标准 2,000.00 元，申请 1,999.99 元，低 0.01 元"),
        ("2000", None),
    ],
)
def test_difference_is_told_in_yuan(case_of, standard, words):
    departure = departure_of(case_of(Decimal(standard)))
    assert (departure and departure.words) == words


def test_stage_without_standard_departs_from_nothing(district, case_of):
    assert departure_of(casework.case(district, stage="junior", standard=999999)) is None


def test_what_was_decided_is_not_judged_again(case_of):
    decided, open_still = case_of(999999, "approved"), case_of(999999)
    assert departure_of(decided) is None
    assert [found.case for found in departures([decided, open_still])] == [open_still]


def test_case_that_departs_is_submitted_with_a_reason_only(client_of, clerk, case_of):
    of, usual, client = case_of(999999), case_of(2000), client_of(clerk)
    address = reverse("case_move", args=[of.pk, "submit"])
    assert FAR_ABOVE in client.get(address).text
    assert list(errors(client.post(address, {"comment": " "}))) == ["comment"]
    with pytest.raises(MoveRefused, match=r"高出 997,999\.00 元，请在“说明”中写明理由"):
        move_case(of, "submit", by=By(clerk))
    of.refresh_from_db()
    assert (of.status, CaseEvent.objects.count()) == ("draft", 0)
    assert client.post(address, {"comment": "大病，经会议研究"}).status_code == 302
    assert move_case(usual, "submit", by=By(clerk)).status == "submitted"


def test_who_decides_sees_it_on_the_case_its_move_and_in_the_batch(client_of, clerk, lead, case_of, district):
    of, usual = case_of(999999), case_of(2000)
    move_case(of, "submit", by=By(clerk), why=Why(comment="大病，经会议研究"))
    move_case(usual, "submit", by=By(clerk))
    casework.notice(district, of, usual)
    client = client_of(lead)
    batch = {"action": "approve", "ids": [of.pk, usual.pk]}
    pages = [
        client.get(reverse("aidcase_detail", args=[of.pk])).text,
        client.get(reverse("case_move", args=[of.pk, "approve"])).text,
        client.post(reverse("case_batch"), batch).text,
    ]
    assert [(page.count(FAR_ABOVE), "提交时的说明：大病，经会议研究" in page) for page in pages] == [(1, True)] * 3
    assert pages[2].count("与年度帮扶标准不同") == 1
    assert "与年度帮扶标准不同" not in client.get(reverse("aidcase_detail", args=[usual.pk])).text


def test_batch_refuses_the_row_that_is_not_explained(clerk, case_of):
    of, usual = case_of(999999), case_of(2000)
    outcomes = {each.case: each.refusal for each in run_batch([of.pk, usual.pk], "submit", by=By(clerk), why=Why())}
    assert outcomes == {of: f"{FAR_ABOVE}，请在“说明”中写明理由。", usual: ""}


def test_many_cases_are_compared_with_three_questions(case_of, django_assert_num_queries):
    cases = [case_of(999999) for _turn in range(3)]
    with django_assert_num_queries(3):  # the city's table, the units', what was said
        assert len(departures(cases)) == 3
