"""稳岗回访: due after 3 and 6 months, at the ends of months too; asked once; nothing more once the work has ended."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from employment import todos
from employment.models import Assistance, RetentionCheck
from employment.retention.services import RetentionAnswer, check_retention, due, due_months, last_placed, months_later
from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from tests import builders
from tests.employment.builders import employer, retention_check
from tests.forms import errors, opened, send
from tests.lists import questions
from tests.reports import builders as make

PLACED = date(2014, 1, 10)
ASKED = date(2014, 4, 10)


def placement(union, given_on=PLACED, **fields) -> Assistance:
    return make.assistance(union, kind="placement", given_on=given_on, **fields)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2014, 1, 10), 3, date(2014, 4, 10)),
        (date(2014, 1, 31), 3, date(2014, 4, 30)),
        (date(2014, 8, 31), 6, date(2015, 2, 28)),
        (date(2015, 8, 31), 6, date(2016, 2, 29)),
        (date(2014, 11, 29), 3, date(2015, 2, 28)),
        (date(2014, 10, 1), 3, date(2015, 1, 1)),
        (date(2014, 9, 30), 3, date(2014, 12, 30)),
        (date(2014, 12, 31), 6, date(2015, 6, 30)),
    ],
)
def test_months_later_ends_with_the_month(day, months, expected):
    assert months_later(day, months) == expected


@pytest.mark.parametrize("months", [3, 6])
def test_last_day_of_placement_is_months_later_turned_round(months):
    """Every day of five years, two of which have a 29 February: all placed by then, and nobody placed later."""
    for number in range(5 * 366):
        today = date(2012, 1, 1) + timedelta(days=number)
        last = last_placed(today, months)
        assert months_later(last, months) <= today < months_later(last + timedelta(days=1), months)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2014, 4, 9), None),
        (date(2014, 4, 10), 3),
        (date(2014, 7, 9), 3),
        (date(2014, 7, 10), 3),
        (date(2020, 1, 1), 3),
    ],
)
def test_placement_is_due_from_the_day_on_which_the_months_are_over(district, today, expected):
    placement(district)
    make.assistance(district, kind="training", given_on=PLACED)
    assert [each.due_months for each in due(Assistance.objects.all(), today)] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("answers", "today", "expected"),
    [
        ({3: True}, date(2014, 7, 9), None),
        ({3: True}, date(2014, 7, 10), 6),
        ({3: True, 6: True}, date(2015, 7, 10), None),
        ({6: True}, date(2015, 7, 10), 3),
        ({3: False}, date(2015, 7, 10), None),
    ],
)
def test_each_question_is_asked_once_and_none_when_the_work_has_ended(district, answers, today, expected):
    of = placement(district)
    for months, employed in answers.items():
        retention_check(district, placement=of, months=months, employed=employed)
    assert [each.due_months for each in due(Assistance.objects.all(), today)] == ([expected] if expected else [])


def test_answer_is_written_once_with_its_audit_row(district, clerk):
    of, told = placement(district), RetentionAnswer(ASKED, employed=True, note=" 工作稳定 ")
    first = check_retention(of, 3, told=told, by=By(clerk))
    assert check_retention(of, 3, told=told, by=By(clerk)) == first
    check = RetentionCheck.objects.get()
    assert (check.placement, check.months, check.asked_on, check.employed) == (of, 3, ASKED, True)
    assert (check.note, check.asked_by, check.union) == ("工作稳定", clerk, district)
    row = AuditEntry.objects.get(action="record_saved")
    assert (row.subject, row.detail) == (f"稳岗回访 {of.number}", {"months": 3})
    with pytest.raises(MoveRefused, match="这一次稳岗回访已登记。"):
        check_retention(of, 3, told=RetentionAnswer(ASKED, employed=False), by=By(clerk))


@pytest.mark.parametrize("day", [ASKED - timedelta(days=1), localdate() + timedelta(days=1)])
def test_day_of_asking_lies_between_the_end_of_the_months_and_today(district, clerk, day):
    with pytest.raises(ValidationError) as refused:
        check_retention(placement(district), 3, told=RetentionAnswer(day, employed=True), by=By(clerk))
    assert list(refused.value.error_dict) == ["asked_on"]


def test_what_is_not_due_is_not_asked(district, clerk):
    of = placement(district, localdate() - timedelta(days=80))
    with pytest.raises(MoveRefused, match="现在不需要做满 3 个月的回访"):
        check_retention(of, 3, told=RetentionAnswer(localdate(), employed=True), by=By(clerk))
    with pytest.raises(MoveRefused, match="现在不需要做满 6 个月的回访"):
        check_retention(placement(district), 6, told=RetentionAnswer(localdate(), employed=True), by=By(clerk))


@pytest.mark.parametrize("role", ["lead", "reviewer", "auditor", "admin"])
def test_only_who_keeps_records_writes_an_answer(request, district, role):
    with pytest.raises(MoveRefused):
        check_retention(
            placement(district), 3, told=RetentionAnswer(ASKED, employed=True), by=By(request.getfixturevalue(role))
        )


def test_answer_is_given_in_the_browser_and_shown_with_graduate_and_employer(client_of, clerk, district):
    of = placement(district, provider="晨光公司")
    factory = employer(district, name="晨光公司")
    client, address = client_of(clerk), reverse("retention_create", args=[of.pk])
    page = client.get(reverse("assistance_detail", args=[of.pk]))
    assert ("登记稳岗回访", address) in page.context["links"]
    typed = opened(client, address) | {"employed": "yes", "note": "一切正常"}
    assert typed["months"] == 3
    assert list(errors(client.post(address, typed | {"employed": ""}))) == ["employed"]
    assert client.post(address, typed).status_code == 302
    assert client.post(address, typed).status_code == 302  # pressed twice: six months are due by now, and not asked
    assert RetentionCheck.objects.get().months == 3
    for noun, record in (("graduate", of.graduate), ("employer", factory)):
        assert "一切正常" in client.get(reverse(f"{noun}_detail", args=[record.pk])).content.decode()
    assert "一切正常" in client.get(address).content.decode()
    assert send(client, address, employed="no").status_code == 302
    assert due_months(of) is None
    assert address not in client.get(reverse("assistance_detail", args=[of.pk])).content.decode()
    assert "现在不需要回访" in client.get(address).content.decode()


def test_todo_counts_the_rows_of_the_list(client_of, clerk, auditor, district, grassroots, foreign_district):
    today = localdate()
    early, late = placement(grassroots), placement(district, months_ago(today, 4))
    placement(district, today)
    placement(foreign_district)
    retention_check(grassroots, placement=early, months=3)
    page = client_of(clerk).get(todos.to_be_asked_url(clerk))
    assert [record for record, _row in page.context["rows"]] == [early, late]
    assert [record.due_months for record, _row in page.context["rows"]] == [6, 3]
    assert todos.to_be_asked(clerk).count() == 2
    assert reverse("retention_create", args=[late.pk]) in page.content.decode()
    assert reverse("retention_create", args=[late.pk]) not in client_of(auditor).get("/retention/").content.decode()
    narrowed = client_of(clerk).get("/retention/?months=6")
    assert [record for record, _row in narrowed.context["rows"]] == [early]


def months_ago(day: date, months: int) -> date:
    return months_later(day, -months)


def test_list_asks_as_many_questions_for_three_as_for_one(client_of, clerk, district):
    client = client_of(clerk)
    placement(district)
    with_one = questions(client, "retention")
    placement(district)
    placement(district)
    assert questions(client, "retention") == with_one


def test_training_has_no_form(client_of, clerk, district):
    of = make.assistance(district, kind="training", given_on=PLACED, graduate=builders.graduate(district))
    assert client_of(clerk).get(reverse("retention_create", args=[of.pk])).status_code == 404


def test_name_of_a_graduate_who_moved_away_is_not_shown(client_of, clerk, district, foreign_district):
    of = placement(district, graduate=builders.graduate(foreign_district, "曾远走"))
    client = client_of(clerk)
    for address in (reverse("retention_list"), reverse("retention_create", args=[of.pk])):
        assert "曾远走" not in client.get(address).content.decode()


def test_many_are_asked_in_one_form_all_or_none(client_of, clerk, district, grassroots, foreign_district):
    stays, left, unreached = placement(grassroots), placement(district), placement(district)
    chosen = {"ids": [stays.pk, left.pk, unreached.pk, placement(foreign_district).pk], "filters": ""}
    client, address = client_of(clerk), reverse("retention_many")
    shown = client.post(address, chosen).context["form"]
    assert [(each.pk, months.value()) for each, months, *_rest in shown.lines] == [
        (each.pk, 3) for each in (stays, left, unreached)
    ]
    sent = chosen | {f"months-{each.pk}": 3 for each in (stays, left, unreached)}
    sent |= {"employed": "yes", f"employed-{left.pk}": "no", f"note-{left.pk}": "换了城市"}
    sent |= {f"employed-{unreached.pk}": "not_asked"}
    early = client.post(address, sent | {"asked_on": "2014-04-09"})
    assert early.status_code == 400
    assert set(early.context["form"].errors) == {f"employed-{stays.pk}", f"employed-{left.pk}"}
    assert not RetentionCheck.objects.exists()
    for _press in range(2):
        assert client.post(address, sent | {"asked_on": "2014-04-10"}).status_code == 302
    answers = RetentionCheck.objects.order_by("pk").values_list("placement", "months", "employed", "note")
    assert list(answers) == [(stays.pk, 3, True, ""), (left.pk, 3, False, "换了城市")]
    assert client.get(address).url == reverse("retention_list")
