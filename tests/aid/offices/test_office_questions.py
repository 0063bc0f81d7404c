"""相关部门 and 部门问询: whom one calls there, what was asked about a family, what was answered; in no figure."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from aid.households.papers import remove_document
from aid.models import Office, OfficePaper, OfficeQuestion
from aid.timeline.events import story_of_person, timeline
from aid.todos.families import first_late_question, told_of_question
from employment.timeline.events import SOURCES
from portal.audit import By
from portal.models import AuditEntry
from reports.counting.derive import derive
from tests import builders
from tests.aid import cases as casework
from tests.aid.asking import office, paper, question
from tests.forms import create_address, edit_address, errors, send
from tests.papers import PDF
from tests.portal.records.test_detail import open_page
from tests.reports import builders as make

pytestmark = pytest.mark.django_db
NOT_AUTHORISED = "没有书面授权，不能向有关部门核对"
ANSWER = {"answered_on": "2014-07-10", "answered_by": "王科长", "answer": "2014 年 3 月起享受低保"}


@pytest.fixture
def home(district):
    made = builders.household(district, worker_name="赵大勇")
    builders.document(made, "application")
    return made


@pytest.fixture
def bureau(district):
    return office(district, name="区民政局救助科")


def test_office_is_typed_found_and_its_telephone_masked(client_of, clerk, lead, district):
    client = client_of(clerk)
    typed = {"kind": "人社部门", "name": "区就业促进中心", "district": "杨浦区", "telephone": "021-65001234"}
    assert send(client, create_address("office"), union=district.code, **typed).status_code == 302
    made = Office.objects.get()
    assert (made.kind, made.district, made.number[:2]) == ("labour_office", "杨浦区", "OB")
    assert "021-65001234" in open_page(client, made).text  # who works on families reads it without a reason
    assert "021-65001234" not in client.get(reverse("office_list")).text
    assert "区就业促进中心" in client.get(reverse("office_list"), {"q": "就业促进"}).text
    assert "同名的部门" in send(client, create_address("office"), union=district.code, **typed).text


def test_question_is_put_on_the_page_of_a_family_and_answered_by_correcting(client_of, clerk, bureau, home):
    client, address = client_of(clerk), create_address("officequestion", household=home)
    assert address in open_page(client, home).text
    form = client.get(address).context["form"]
    today = localdate()
    assert (form["asked_on"].value(), form["due_on"].value()) == (
        today.isoformat(), (today + timedelta(15)).isoformat(),
    )  # fmt: skip
    asked = {"office": bureau.number, "subject": "是否享受低保", "asked_on": "2014-07-01", "due_on": "2014-07-16"}
    assert "due_on" in errors(send(client, address, **asked | {"due_on": "2014-06-30"}))
    assert send(client, address, **asked).status_code == 302
    made = OfficeQuestion.objects.get()
    assert (made.household, made.person_id, made.case, made.union, made.number[:2]) == (
        home, home.worker_id, None, home.union, "OW",
    )  # fmt: skip
    assert "请催问" in open_page(client, made).text
    half = errors(send(client, edit_address(made), answered_on="2014-07-10"))
    assert half == {"answered_on": ["答复日期、答复人和答复内容须同时填写"]}
    assert "answered_on" in errors(send(client, edit_address(made), **ANSWER | {"answered_on": "2014-06-30"}))
    assert send(client, edit_address(made), **ANSWER).status_code == 302
    made.refresh_from_db()
    assert (made.answered_on, made.answered_by, made.answer) == (date(2014, 7, 10), "王科长", ANSWER["answer"])
    page = open_page(client, made).text
    assert ANSWER["answer"] in page
    assert "请催问" not in page
    told = [(event.title, event.words) for event in timeline(home, clerk, SOURCES) if event.title.startswith("部门")]
    assert sorted(told) == [("部门答复", "区民政局救助科 是否享受低保"), ("部门问询", "区民政局救助科 是否享受低保")]
    assert [event.title for event in story_of_person(home.worker_id, clerk, SOURCES)] == ["部门答复", "部门问询"]
    assert "低保" not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("kind", ["application", "authorisation"])
def test_nobody_is_asked_about_a_family_that_did_not_authorise_it(client_of, clerk, district, bureau, kind):
    home = builders.household(district)
    builders.document(home, "identity")
    client, address = client_of(clerk), create_address("officequestion", household=home)
    asked = send(client, address, office=bureau.number, subject="住房情况")
    assert NOT_AUTHORISED in str(errors(asked))
    assert not OfficeQuestion.objects.exists()
    paper_of_it = builders.document(home, kind)
    assert send(client, address, office=bureau.number, subject="住房情况").status_code == 302
    made = OfficeQuestion.objects.get()
    remove_document(paper_of_it, by=By(clerk))
    assert send(client, edit_address(made), subject="住房面积").status_code == 302


def test_question_about_a_case_or_a_graduate_knows_whom_it_is_about(client_of, clerk, district, bureau, home):
    case = casework.case(district, child=builders.child(district, household=home))
    graduate = builders.graduate(district, "赵小芳", household=home)
    client = client_of(clerk)
    of_case = create_address("officequestion", child=case.child, aidcase=case)
    assert of_case.replace("&", "&amp;") in open_page(client, case).text
    assert create_address("officequestion", graduate=graduate) in open_page(client, graduate).text
    of_graduate = create_address("officequestion", graduate=graduate)
    for address, subject in (of_case, "是否在读"), (of_graduate, "社保是否缴纳"):
        assert send(client, address, office=bureau.number, subject=subject).status_code == 302
    made = OfficeQuestion.objects.order_by("pk").values_list("subject", "case", "household", "person")
    assert list(made) == [
        ("是否在读", case.pk, home.pk, case.child.person_id),
        ("社保是否缴纳", None, home.pk, graduate.person_id),
    ]
    stranger = create_address("officequestion", child=builders.child(district), aidcase=case)
    assert client.post(stranger, {"office": bureau.number}).status_code == 404
    assert "是否在读" in open_page(client, case).text
    page = open_page(client, graduate).text
    assert "社保是否缴纳" in page
    assert "是否在读" not in page
    listed = client.get(reverse("officequestion_list")).text
    assert "赵小芳" in listed
    assert all(subject in open_page(client, home).text for subject in ("是否在读", "社保是否缴纳"))


def test_open_questions_wait_and_the_first_that_is_late_is_named(client_of, clerk, foreign_clerk, district, bureau):
    late = question(district, office=bureau, number="OW-1")
    later = question(district, office=bureau, asked_on=date(2014, 7, 2), due_on=date(2014, 7, 20))
    soon = question(district, office=bureau, due_on=localdate())
    question(district, office=bureau, answered_on=date(2014, 7, 3), answered_by="王科长", answer="属实")
    assert set(OfficeQuestion.objects.unanswered()) == {late, later, soon}
    assert set(OfficeQuestion.objects.overdue(localdate())) == {late, later}
    assert first_late_question(clerk) == late.pk
    assert told_of_question(late.pk).words == "区民政局救助科，OW-1，应于 2014-07-16 前答复"
    found = client_of(clerk).get(reverse("officequestion_list"), {"overdue": "yes"}).context["listing"].page.records
    assert set(found) == {late, later}
    assert first_late_question(foreign_clerk) is None


def test_paper_of_the_answer_is_kept_once_and_can_be_taken_away(client_of, clerk, lead, district):
    asked = question(district)
    client, address = client_of(clerk), reverse("officequestion_detail", args=[asked.pk])
    for _time in range(2):
        sent = client.post(address, {"file": SimpleUploadedFile("复函.pdf", PDF, "application/pdf")})
        assert sent.status_code == 302
    kept = OfficePaper.objects.get()
    assert "复函.pdf" in client.get(address).text
    assert client.get(reverse("officequestion_paper", args=[kept.pk])).content == PDF
    assert client_of(lead).post(address, {}).status_code == 403
    client.post(reverse("officequestion_paper_remove", args=[kept.pk]))
    assert not OfficePaper.objects.exists()
    assert OfficePaper.everything.get().removed_by == clerk


def test_office_that_was_asked_is_not_voided_and_others_see_nothing(client_of, clerk, foreign_clerk, district):
    asked = question(district)
    kept = paper(asked)
    assert "部门问询" in client_of(clerk).get(reverse("office_void", args=[asked.office_id])).text
    client = client_of(foreign_clerk)
    for name, pk in (("office_detail", asked.office_id), ("officequestion_paper", kept.pk)):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    assert client.get(create_address("officequestion", household=asked.household)).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": date(2014, 6, 30)},
        {"answered_on": date(2014, 7, 2)},
        {"answered_on": date(2014, 6, 30), "answered_by": "王科长", "answer": "属实"},
        {"answered_by": "王科长"},
    ],
)
def test_database_forbids_half_an_answer_and_one_before_the_question(district, wrong):
    asked = question(district)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeQuestion.objects.filter(pk=asked.pk).update(**wrong)


def test_no_figure_of_the_forms_counts_a_question(campaign, district):
    question(district)
    assert not any(derive(campaign, district, make.AS_OF).values())
