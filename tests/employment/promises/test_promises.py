"""帮扶承诺: kept by help of the kind, however that is entered; dropped with a reason; counted where it is listed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from employment import todos
from employment.models import Assistance, Promise
from employment.promises.services import drop_promise, keep_promise
from employment.referrals.services import move_referral
from employment.workbook import CASE_WORKBOOK
from portal.audit import By
from portal.models import AuditEntry
from portal.workbook.importing.service import import_workbook
from portal.workflow import MoveRefused
from tests import builders
from tests.employment.builders import promise, referral
from tests.forms import create_address, errors, opened, send
from tests.lists import questions, shown
from tests.reports import builders as make
from tests.workbook.sheets import HEADINGS, HELP, CaseBook, day, write

pytestmark = pytest.mark.django_db

MANY = "/graduates/help/"
HELD = {"given_on": "2014-07-15", "kind": "技能培训", "provider": "东湖技校"}


@pytest.fixture
def promised(district):
    return promise(district)  # training, promised on 1 July, until 30 September


def result(of: Promise) -> tuple:
    of.refresh_from_db()
    return of.get_state_display(), of.closed_on, of.kept_by and of.kept_by.given_on, of.version


OPEN = ("待兑现", None, None, 1)
KEPT = ("已兑现", date(2014, 7, 15), date(2014, 7, 15), 2)


def test_promise_is_made_on_the_page_of_its_graduate_and_shown_there_and_on_the_path(client_of, clerk, district):
    who, client = builders.graduate(district), client_of(clerk)
    address = create_address("promise", graduate=who)
    assert address in client.get(reverse("graduate_detail", args=[who.pk])).content.decode()
    typed = {"kind": "技能培训", "promised_on": "2014-07-01", "due_on": "2014-09-30", "note": "电工班"}
    assert send(client, address, **typed).url == reverse("graduate_detail", args=[who.pk])
    made = Promise.objects.get()
    assert (made.graduate, made.person, made.union, made.kind) == (who, who.person, district, "training")
    assert (made.promised_on, made.due_on, made.note) == (date(2014, 7, 1), date(2014, 9, 30), "电工班")
    assert made.history.get().history_user == clerk
    assert "电工班" in client.get(reverse("graduate_detail", args=[who.pk])).content.decode()
    path = client.get(reverse("graduate_path", args=[who.pk])).content.decode()
    assert "曾大学 技能培训，2014-09-30 前兑现；待兑现" in path


def test_second_promise_of_the_kind_wrong_days_and_the_untracked_are_refused(client_of, clerk, promised):
    client = client_of(clerk)
    address = create_address("promise", graduate=promised.graduate)
    typed = {"kind": "技能培训", "promised_on": "2014-08-01", "due_on": "2014-09-30"}
    assert errors(send(client, address, **typed)) == {"kind": ["对该毕业生已有同一类别未兑现的承诺"]}
    late = typed | {"kind": "实习见习", "due_on": "2014-07-31"}
    assert errors(send(client, address, **late)) == {"due_on": ["兑现期限不能早于承诺日期"]}
    gone = builders.graduate(promised.union, closed_on=date(2014, 8, 1))
    refused = send(client, create_address("promise", graduate=gone), **typed)
    assert errors(refused) == {"kind": ["该毕业生已结束跟踪，不能再承诺"]}
    assert Promise.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, KEPT),
        ({"given_on": "2014-07-01"}, ("已兑现", date(2014, 7, 1), date(2014, 7, 1), 2)),
        ({"given_on": "2014-06-30"}, OPEN),
        ({"kind": "创业培训"}, OPEN),
    ],
)
def test_help_by_hand_keeps_the_promise_of_its_kind_from_its_day_on(client_of, clerk, promised, typed, expected):
    address = create_address("assistance", graduate=promised.graduate)
    assert send(client_of(clerk), address, **HELD | typed).status_code == 302
    assert result(promised) == expected


def test_help_of_another_graduate_keeps_nothing(client_of, clerk, promised, district):
    send(client_of(clerk), create_address("assistance", graduate=builders.graduate(district)), **HELD)
    assert result(promised) == OPEN


def test_help_for_many_keeps_the_promise_of_each(client_of, clerk, district):
    made, client = [promise(district) for _turn in range(3)], client_of(clerk)
    ids = [each.graduate_id for each in made]
    form = client.post(MANY, {"ids": ids}).context["form"]
    sent = {"ids": ids, "filters": "", "key": str(form["key"].value())}
    assert client.post(MANY, sent | HELD).status_code == 302
    assert [result(each) for each in made] == [KEPT] * 3
    assert {each.kept_by.graduate_id for each in made} == set(ids)


def test_imported_help_keeps_it_and_the_earliest_counts(district, promised, tmp_path):
    who = promised.graduate.person.id_number
    lines = (("J9", who, day("2014-08-01"), "技能培训"), ("J8", who, day("2014-07-15"), "技能培训"))
    book = CaseBook({HELP: [dict(zip(HEADINGS[HELP], line, strict=False)) for line in lines]})
    outcome = import_workbook(write(book, tmp_path / "1.xlsx"), workbook=CASE_WORKBOOK, unit=district)
    assert outcome.errors == []
    assert result(promised) == KEPT
    assert promised.kept_by.number == "J8"


def test_placement_of_a_referral_keeps_the_promise_of_work(district, clerk):
    of = promise(district, kind="placement")
    told = referral(district, graduate=of.graduate, state="accepted_offer")
    move_referral(told, "place", by=By(clerk))
    of.refresh_from_db()
    assert of.kept_by == Assistance.objects.get()


def test_help_that_kept_a_promise_stays_what_it_is_and_its_day_is_the_promises(client_of, clerk, promised):
    client = client_of(clerk)
    send(client, create_address("assistance", graduate=promised.graduate), **HELD)
    address = reverse("assistance_edit", args=[Assistance.objects.get().pk])
    words = "这条帮扶兑现了 2014-07-01 的承诺，类别和毕业生不能改，日期不能早于承诺日期"
    assert errors(send(client, address, kind="创业培训")) == {"kind": [words]}
    assert errors(send(client, address, given_on="2014-06-30")) == {"given_on": [words]}
    assert send(client, address, given_on="2014-07-16").status_code == 302
    assert result(promised) == ("已兑现", date(2014, 7, 16), date(2014, 7, 16), 3)


def test_promise_goes_where_its_household_goes(client_of, clerk, district, grassroots, promised):
    address = reverse("household_edit", args=[promised.graduate.household_id])
    assert send(client_of(clerk), address, union=grassroots.code).status_code == 302
    promised.refresh_from_db()
    assert (promised.union, promised.union_path, promised.version) == (grassroots, grassroots.path, 2)


def test_next_promise_is_saved_with_the_help_or_neither(client_of, clerk, promised):
    client, address = client_of(clerk), create_address("assistance", graduate=promised.graduate)
    next_ = {"next_kind": "internship", "next_due_on": "2014-10-31", "next_note": "机械厂"}
    assert errors(send(client, address, **HELD | next_ | {"next_due_on": ""})) == {"next_due_on": ["请填写兑现期限。"]}
    refused = send(client, address, **HELD | next_ | {"next_due_on": "2014-07-14"})
    assert errors(refused) == {"next_due_on": ["兑现期限不能早于承诺日期"]}
    assert not Assistance.objects.exists()
    assert result(promised) == OPEN
    typed = opened(client, address) | HELD | next_
    assert client.post(address, typed).status_code == client.post(address, typed).status_code == 302
    made = Promise.objects.exclude(pk=promised.pk).get()
    assert (made.kind, made.promised_on, made.due_on, made.note) == (
        "internship",
        date(2014, 7, 15),
        date(2014, 10, 31),
        "机械厂",
    )
    assert result(promised) == KEPT
    assert Assistance.objects.count() == 1


def test_next_promise_to_many_names_whom_it_cannot_be_made_to(client_of, clerk, district):
    known = promise(district, kind="internship")
    other, client = builders.graduate(district, "乙二"), client_of(clerk)
    ids = [known.graduate_id, other.pk]
    form = client.post(MANY, {"ids": ids}).context["form"]
    sent = {"ids": ids, "filters": "", "key": str(form["key"].value()), "next_due_on": "2014-10-31"} | HELD
    refused = client.post(MANY, sent | {"next_kind": "internship"})
    assert errors(refused) == {"next_kind": ["曾大学：对该毕业生已有同一类别未兑现的承诺"]}
    assert not Assistance.objects.exists()
    assert client.post(MANY, sent | {"next_kind": "certificate"}).status_code == 302
    assert set(Promise.objects.filter(kind="certificate").values_list("graduate", flat=True)) == set(ids)


def test_help_on_file_is_picked_to_keep_a_promise(client_of, clerk, district, promised):
    client, address = client_of(clerk), reverse("promise_keep", args=[promised.pk])
    of = {"graduate": promised.graduate, "kind": "training"}
    make.assistance(district, **of, given_on=date(2014, 6, 30))
    make.assistance(district, **of | {"kind": "policy"}, given_on=date(2014, 7, 15))
    assert "还没有登记过这一类别的帮扶" in client.get(address).content.decode()
    right = make.assistance(district, **of, given_on=date(2014, 7, 15))
    assert [each.pk for each in client.get(address).context["form"].fields["help_"].queryset] == [right.pk]
    for _turn in range(2):  # pressed twice
        assert client.post(address, {"help_": right.pk}).status_code in {200, 302}
    assert result(promised) == KEPT
    assert keep_promise(promised, right, by=By(clerk)) == promised
    assert AuditEntry.objects.filter(action="record_saved").count() == 1


def test_promise_is_dropped_once_with_a_reason(client_of, clerk, promised):
    client, address = client_of(clerk), reverse("promise_drop", args=[promised.pk])
    assert list(errors(client.post(address, {"reason": " "}))) == ["reason"]
    assert client.post(address, {"reason": " 本人已就业 "}).status_code == 302
    assert result(promised) == ("不再兑现", localdate(), None, 2)
    assert promised.dropped_reason == "本人已就业"
    assert drop_promise(promised, "本人已就业", by=By(clerk)).version == 2
    with pytest.raises(MoveRefused, match="这条承诺不再兑现，不能修改。"):
        drop_promise(promised, "另一个原因", by=By(clerk))
    page = client.get(reverse("promise_detail", args=[promised.pk]))
    assert page.context["links"] == []
    assert page.context["edit_url"] == ""
    with pytest.raises(ValidationError):
        drop_promise(promised, " ", by=By(clerk))


@pytest.mark.parametrize("role", ["lead", "reviewer", "auditor", "admin"])
def test_only_who_keeps_records_closes_a_promise(request, district, promised, role):
    actor, given = request.getfixturevalue(role), make.assistance(district, graduate=promised.graduate)
    with pytest.raises(MoveRefused):
        drop_promise(promised, "原因", by=By(actor))
    with pytest.raises(MoveRefused):
        keep_promise(promised, given, by=By(actor))


def test_todos_count_the_rows_of_their_lists(client_of, clerk, district, grassroots, foreign_district):
    today = localdate()

    def due_in(days: int, union=district, **fields) -> Promise:
        name = f"第{days + 10}天"
        who = builders.graduate(union, name)
        return promise(union, graduate=who, promised_on=date(2014, 1, 1), due_on=today + timedelta(days), **fields)

    for days in (-1, 0, 7, 8):
        due_in(days)
    due_in(-9, grassroots)
    due_in(-1, foreign_district)
    due_in(-5, closed_on=today, dropped_reason="不需要")
    client = client_of(clerk)
    assert shown(client, "promise", due="overdue") == {"第9天", "第1天"}
    assert shown(client, "promise", due="soon") == {"第10天", "第17天"}
    assert (todos.broken(clerk).count(), todos.soon_to_keep(clerk).count()) == (2, 2)
    assert client.get(todos.broken_url(clerk)).context["listing"].page.total == 2
    assert client.get(todos.soon_to_keep_url(clerk)).context["listing"].page.total == 2
    assert shown(client, "promise", state="dropped") == {"第5天"}


def test_list_is_narrowed_to_those_whom_i_help(client_of, clerk, district):
    mine = builders.graduate(district, "由我帮", helper=clerk.name)
    promise(district, graduate=mine)
    promise(district)
    assert shown(client_of(clerk), "promise", helper="mine") == {"由我帮"}


def test_list_asks_as_many_questions_for_three_as_for_one(client_of, clerk, district):
    client = client_of(clerk)
    promise(district)
    with_one = questions(client, "promise")
    promise(district)
    promise(district)
    assert questions(client, "promise") == with_one


def test_promise_opens_the_form_of_its_kind_of_help(client_of, clerk, promised):
    client = client_of(clerk)
    links = dict(client.get(reverse("promise_detail", args=[promised.pk])).context["links"])
    form = client.get(links["登记这项帮扶"]).context["form"]
    assert form["kind"].value() == "技能培训"


def test_visit_to_a_graduate_leads_to_a_promise(client_of, clerk, auditor, district):
    who, child = builders.graduate(district), builders.child(district)
    seen, other = builders.visit(district, person=who.person), builders.visit(district, person=child.person)
    gone = builders.visit(district, person=builders.graduate(district, closed_on=date(2014, 8, 1)).person)

    def offered(reader, visit) -> list[tuple[str, str]]:
        return client_of(reader).get(reverse("visit_detail", args=[visit.pk])).context["links"]

    assert ("承诺帮扶", create_address("promise", graduate=who)) in offered(clerk, seen)
    for reader, visit in ((clerk, other), (clerk, gone), (auditor, seen)):
        assert "承诺帮扶" not in dict(offered(reader, visit))
