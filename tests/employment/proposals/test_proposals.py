"""Children whose school years end are put forward as graduates: who, when, once; confirmed, declined, taken up."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from aid.enums import CaseState
from aid.models import Child
from employment import todos
from employment.models import DeclinedProposal, Graduate
from employment.proposals.services import decline_proposal, proposed, school_ends_on, take_up_again, with_school_end
from portal.audit import By
from portal.models import AuditEntry
from portal.records.lists import paging
from portal.workflow import MoveRefused
from tests import builders
from tests.employment import builders as work
from tests.forms import errors, opened, send
from tests.reports import builders as make

pytestmark = pytest.mark.django_db


def names(year: int = 2014) -> list[str]:
    return list(proposed(Child.objects.all(), year).order_by("name").values_list("name", flat=True))


def entered(child: Child, day: date, years: int | None, stage: str = "bachelor", **fields):
    return make.entry(child.union, child=child, stage=stage, entered_on=day, course_years=years, **fields)


def listed(client, **asked):
    answer = client.get(reverse("proposal_list"), {"campaign": 2014} | asked)
    assert answer.status_code == 200
    return answer.context


def shown(context) -> list[str]:
    return [row["child"].name for row in context["rows"]]


def confirm_address(child: Child) -> str:
    return f"{reverse('graduate_create')}?child={child.pk}"


ASKED = {"school_location": "本市", "origin": "外地", "intention": "需要就业帮扶"}
"""What no file knows and the clerk asks the graduate."""


@pytest.mark.parametrize("graduates_on", [date(2014, 1, 1), date(2014, 12, 31)])
def test_child_is_put_forward_in_the_year_its_school_ends(district, graduates_on):
    work.student(district, graduates_on=graduates_on)
    assert (names(2013), names(2014)) == ([], ["曾毕业"])


@pytest.mark.parametrize(
    ("day", "years", "found"),
    [
        (date(2010, 9, 1), 4, ["曾毕业"]),
        (date(2010, 9, 1), 5, []),
        (date(2010, 9, 1), 2, []),
        (date(2010, 9, 1), None, []),
    ],
)
def test_without_a_date_on_file_entry_and_length_of_course_tell(district, day, years, found):
    entered(work.student(district, graduates_on=None), day, years)
    assert names() == found


def test_date_on_file_goes_before_the_entry(district):
    entered(work.student(district, graduates_on=date(2015, 7, 1)), date(2010, 9, 1), 4)
    assert names() == []


def test_last_tertiary_entry_counts(district):
    child = work.student(district, graduates_on=None)
    entered(child, date(2008, 9, 1), 3, stage="senior")
    entered(child, date(2011, 9, 1), 3, stage="college")
    assert names() == ["曾毕业"]
    entered(child, date(2014, 9, 1), 2, stage="bachelor")
    assert names() == []


def test_child_without_any_school_end_is_not_put_forward(district):
    work.student(district, graduates_on=None)
    assert names() == []


@pytest.mark.parametrize("status", [CaseState.SUBMITTED, CaseState.REJECTED, CaseState.WITHDRAWN])
def test_case_that_is_not_approved_puts_nobody_forward(district, status):
    work.student(district).cases.update(status=status)
    assert names() == []


@pytest.mark.parametrize("status", [CaseState.APPROVED, CaseState.FOLLOWED_UP, CaseState.CLOSED])
def test_approved_case_puts_forward_when_followed_up_and_closed_too(district, status):
    work.student(district).cases.update(status=status)
    assert names() == ["曾毕业"]


def test_case_of_secondary_school_puts_nobody_forward(district):
    work.student(district, stage="senior")
    assert names() == []


def test_case_of_an_earlier_year_counts_and_of_a_later_one_does_not(district):
    earlier = builders.child(district, "曾早", graduates_on=date(2014, 7, 1))
    make.case(district, 2012, child=earlier, stage="college")
    later = builders.child(district, "曾晚", graduates_on=date(2014, 7, 1))
    make.case(district, 2015, child=later, stage="college")
    assert names() == ["曾早"]


def test_child_of_a_closed_household_is_not_put_forward(district):
    work.student(district, household=builders.household(district, closed_on=date(2014, 5, 1)))
    assert names() == []


def test_child_aided_in_three_campaigns_is_put_forward_once(district):
    child = work.student(district)
    for year in (2012, 2013):
        make.case(district, year, child=child, stage="bachelor")
    assert names() == ["曾毕业"]


def test_graduate_on_file_is_not_put_forward_wherever_in_the_unit(district, grassroots):
    child = work.student(district)
    builders.graduate(grassroots, person=child.person, household=child.household)
    assert names() == []


def test_graduate_of_another_unit_hides_nobody(district, foreign_district):
    child = work.student(district)
    builders.graduate(foreign_district, person=child.person)
    assert names() == ["曾毕业"]


def test_undecided_child_comes_once_more_next_year(district):
    work.student(district)
    assert (names(2014), names(2015), names(2016)) == (["曾毕业"], ["曾毕业"], [])


@pytest.mark.parametrize("reason", ["left_school", "wrong_facts", "unreachable"])
def test_declined_child_stays_away(district, reason):
    work.declined(work.student(district), reason=reason)
    assert (names(2014), names(2015)) == ([], [])


def test_child_still_studying_comes_again_each_year_until_decided(district):
    child = work.student(district)
    work.declined(child)
    assert (names(2014), names(2015)) == ([], ["曾毕业"])
    work.declined(child, year=2015)
    assert (names(2015), names(2016)) == ([], ["曾毕业"])


def test_declined_child_whose_date_was_corrected_comes_in_the_right_year(district):
    child = work.student(district, graduates_on=date(2016, 7, 1))
    work.declined(child, reason="wrong_facts")
    assert (names(2015), names(2016)) == ([], ["曾毕业"])


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [(date(2010, 9, 1), 4, date(2014, 9, 1)), (date(2012, 2, 29), 2, date(2014, 2, 28))],
)
def test_school_ends_so_many_years_after_the_entry(district, day, years, expected):
    child = work.student(district, graduates_on=None)
    entered(child, day, years)
    assert school_ends_on(with_school_end(Child.objects.all()).get()) == expected


def test_child_that_moved_with_its_household_is_put_forward_by_the_new_unit(
    client_of, clerk, foreign_clerk, district, foreign_district
):
    """The case stays with the unit that handled it."""
    child = work.student(district)
    for record in (child, child.household):
        record.place_in(foreign_district)
        record.save()
    assert shown(listed(client_of(clerk))) == []
    assert shown(listed(client_of(foreign_clerk))) == ["曾毕业"]


def test_list_shows_the_unit_its_children_and_to_do_counts_them(
    client_of, clerk, foreign_clerk, grassroots, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: date(2014, 8, 1))
    work.student(clerk.union, "曾一")
    work.student(grassroots, "曾二", stage="college")
    work.declined(work.student(grassroots, "曾三"))
    work.student(foreign_clerk.union, "曾外")
    client = client_of(clerk)
    context = listed(client)
    assert sorted(shown(context)) == ["曾一", "曾二"]
    assert [count for _words, count, _url, _current in context["tabs"]] == [2, 1]
    assert todos.proposed(clerk).count() == len(client.get(todos.proposed_url(clerk)).context["rows"]) == 2
    assert shown(listed(client, stage="college")) == ["曾二"]
    assert shown(listed(client, union=grassroots.code)) == ["曾二"]
    assert shown(listed(client, state="declined")) == ["曾三"]


def test_list_asks_as_often_for_three_as_for_one(client_of, clerk):
    client = client_of(clerk)
    counts = []
    for turn in range(3):
        work.student(clerk.union)
        work.declined(work.student(clerk.union))
        if turn != 1:
            for state in ("proposed", "declined"):
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    assert len(shown(listed(client, state=state))) == turn + 1
                counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_list_is_paged_and_exported_whole(client_of, clerk, monkeypatch):
    monkeypatch.setattr(paging.turn_to, "__defaults__", (2,))
    for serial in range(5):
        work.student(clerk.union, f"曾甲{serial}")
    client = client_of(clerk)
    first = listed(client)
    second = client.get(first["pages"]["next"]).context
    assert (first["page"].total, len(shown(first)), len(shown(second))) == (5, 2, 2)
    assert not set(shown(first)) & set(shown(second))
    answer = client.get(reverse("proposal_export"), {"campaign": 2014})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["姓名", *(f"曾甲{serial}" for serial in range(5))]
    assert rows[0][-4:] == ("学段", "毕业日期", "毕业日期来源", "处理情况")
    degree, ends_on, estimated, decided = rows[1][-4:]
    assert (degree, ends_on.date(), estimated, decided) == ("本科", date(2014, 7, 1), None, "待处理")
    entry = AuditEntry.objects.get(action="exported")
    assert (entry.subject, entry.detail) == ("拟登记毕业生 2014", {"count": 5})


def test_export_tells_why_a_child_was_declined_and_whose_end_was_worked_out(client_of, clerk):
    work.declined(work.student(clerk.union, "曾甲"), text="延期一年")
    guessed = work.student(clerk.union, "曾乙", graduates_on=None)
    entered(guessed, date(2010, 9, 1), 4)
    work.declined(guessed)
    answer = client_of(clerk).get(reverse("proposal_export"), {"campaign": 2014, "state": "declined"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [(row[0], *row[-2:]) for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        ("曾甲", None, "延期毕业或仍在读：延期一年"),
        ("曾乙", "推算", "延期毕业或仍在读"),
    ]


def test_faulty_filter_is_said_and_shows_nothing(client_of, clerk, foreign_district):
    work.student(clerk.union)
    answer = client_of(clerk).get(reverse("proposal_list"), {"campaign": 2014, "union": foreign_district.code})
    assert (answer.status_code, answer.context["rows"]) == (400, [])


def test_confirming_fills_the_form_and_makes_the_same_person_a_graduate_once(client_of, clerk):
    child, client = work.student(clerk.union, stage="college", graduates_on=None, school=""), client_of(clerk)
    entered(child, date(2011, 9, 1), 3, stage="college", school="示例学院")
    page = client.get(confirm_address(child))
    assert child.person.id_number not in page.content.decode()
    form = opened(client, confirm_address(child))
    assert {name: form[name] for name in ("name", "school", "degree", "graduated_on")} == {
        "name": "曾毕业",
        "school": "示例学院",
        "degree": "大专",
        "graduated_on": "2014-09-01",
    }
    sent = form | ASKED | {"graduated_on": "2014-07-01"}
    assert [client.post(confirm_address(child), sent).status_code for _turn in range(2)] == [302, 302]
    graduate = Graduate.objects.get()
    assert (graduate.person, graduate.household, graduate.union) == (child.person, child.household, clerk.union)
    assert (graduate.name, graduate.degree, graduate.graduated_on) == ("曾毕业", "college", date(2014, 7, 1))
    assert graduate.registered_on == localdate()
    assert graduate.history.count() == 1
    assert names() == []


def test_identity_number_sent_with_the_form_is_not_taken(client_of, clerk):
    child, client = work.student(clerk.union), client_of(clerk)
    other = make.person()
    sent = opened(client, confirm_address(child)) | ASKED | {"person": other.id_number}
    assert client.post(confirm_address(child), sent).status_code == 302
    assert Graduate.objects.get().person == child.person


def test_second_clerk_who_confirms_is_told(client_of, clerk, lead):
    child, client = work.student(clerk.union), client_of(clerk)
    sent = opened(client, confirm_address(child)) | ASKED
    builders.graduate(clerk.union, person=child.person, household=child.household)
    response = client.post(confirm_address(child), sent)
    assert errors(response) == {"person": ["本单位已有相同身份证号的记录"]}
    assert Graduate.objects.count() == 1


def test_faulty_confirmation_keeps_what_was_typed(client_of, clerk):
    child, client = work.student(clerk.union), client_of(clerk)
    response = send(client, confirm_address(child), school="改名大学", graduated_on="七月", **ASKED)
    assert list(errors(response)) == ["graduated_on"]
    assert response.context["form"]["school"].value() == "改名大学"


def test_child_of_another_unit_cannot_be_confirmed_or_declined(client_of, foreign_clerk, district):
    child, client = work.student(district), client_of(foreign_clerk)
    assert client.get(confirm_address(child)).status_code == 404
    assert client.get(reverse("proposal_decline", args=[2014, child.pk])).status_code == 404
    assert client.post(reverse("proposal_take_up", args=[2014, child.pk])).status_code == 404


def test_child_is_declined_with_a_reason_and_taken_up_after_all(client_of, clerk):
    child, client = work.student(clerk.union), client_of(clerk)
    address = reverse("proposal_decline", args=[2014, child.pk])
    assert client.get(address).status_code == 200
    sent = {"reason": "still_studying", "text": "延期一年"}
    assert [client.post(address, sent).status_code for _turn in range(2)] == [302, 302]
    decision = DeclinedProposal.objects.get()
    assert (decision.child, decision.year, decision.reason) == (child, 2014, "still_studying")
    assert (decision.text, decision.declined_by, decision.union) == ("延期一年", clerk, clerk.union)
    assert (
        "延期毕业或仍在读：延期一年"
        in client.get(reverse("proposal_list"), {"campaign": 2014, "state": "declined"}).content.decode()
    )
    undo = reverse("proposal_take_up", args=[2014, child.pk])
    assert [client.post(undo).status_code for _turn in range(2)] == [302, 302]
    assert (DeclinedProposal.objects.count(), names()) == (0, ["曾毕业"])
    assert [entry.detail["act"] for entry in AuditEntry.objects.filter(action="moved").order_by("pk")] == [
        "暂不登记",
        "恢复拟登记",
    ]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [({}, {"reason"}), ({"reason": "other_reason"}, {"text"}), ({"reason": "unknown", "text": "某事"}, {"reason"})],
)
def test_decline_without_reason_is_refused_and_keeps_what_was_typed(client_of, clerk, sent, wrong):
    address = reverse("proposal_decline", args=[2014, work.student(clerk.union).pk])
    response = client_of(clerk).post(address, sent)
    assert set(errors(response)) == wrong
    assert response.context["form"]["text"].value() == sent.get("text")
    assert not DeclinedProposal.objects.exists()


def test_decline_after_another_decision_is_refused(clerk):
    child = work.student(clerk.union)
    decline_proposal(child, year=2014, reason="left_school", by=By(clerk))
    with pytest.raises(MoveRefused):
        decline_proposal(child, year=2014, reason="unreachable", by=By(clerk))
    take_up_again(child, year=2014, by=By(clerk))
    builders.graduate(clerk.union, person=child.person, household=child.household)
    with pytest.raises(MoveRefused):
        decline_proposal(child, year=2014, reason="unreachable", by=By(clerk))
    assert not DeclinedProposal.objects.exists()


def test_reader_sees_the_list_without_buttons(client_of, auditor, district):
    work.student(district)
    page = client_of(auditor).get(reverse("proposal_list"), {"campaign": 2014}).content.decode()
    assert "曾毕业" in page
    assert reverse("graduate_create") not in page


def test_page_of_a_student_not_taken_up_yet_offers_the_form(client_of, clerk, foreign_district):
    student, pupil = work.student(clerk.union), builders.child(clerk.union, stage="senior")
    taken_up, elsewhere = work.student(clerk.union), work.student(clerk.union)
    make.graduate(clerk.union, person=taken_up.person)
    make.graduate(foreign_district, person=elsewhere.person)
    client = client_of(clerk)
    offered = [
        confirm_address(each) in client.get(reverse("child_detail", args=[each.pk])).content.decode()
        for each in (student, pupil, taken_up, elsewhere)
    ]
    assert offered == [True, False, False, True]
