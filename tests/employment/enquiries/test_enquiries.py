"""Enquiries by hand: taken in, found, listed, waiting; who is known by the number."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from employment import todos
from employment.models import Enquiry
from portal.desk.todos import waiting_for
from portal.models import AuditEntry
from tests import builders
from tests.employment.builders import enquiry
from tests.forms import create_address, edit_address, errors, opened, send
from tests.lists import questions, shown
from tests.reports import builders as make
from tests.workbook.sheets import fresh_id

pytestmark = pytest.mark.django_db

TYPED = {"kind": "困难求助", "name": "曾来电", "telephone": "138 1624 5702", "text": "丈夫患病，孩子上学有困难"}
TELEPHONE = "13816245702"
NEW, FIND = "/enquiries/new/", "/find/"


@pytest.fixture
def page(client_of, clerk):
    return client_of(clerk)


def detail(page, of: Enquiry) -> str:
    return page.get(reverse("enquiry_detail", args=[of.pk])).content.decode()


def test_enquiry_is_taken_in_once(page, clerk, district):
    number = fresh_id()
    form = opened(page, NEW) | TYPED | {"id_number": number, "union": district.code}
    answers = [page.post(NEW, form) for _turn in range(2)]
    made = Enquiry.objects.get()
    assert [answer.url for answer in answers] == [f"/enquiries/{made.pk}/"] * 2
    assert (made.received_on, made.channel, made.kind) == (localdate(), "hotline", "hardship")
    assert (made.name, made.initials, made.telephone, made.id_number) == ("曾来电", "ZLD", TELEPHONE, number)
    assert (made.number, made.union, made.outcome) == (f"H{localdate().year}-000001", district, "open_enquiry")
    assert (made.history.count(), made.history.get().history_user) == (1, clerk)
    assert AuditEntry.objects.filter(action="record_saved", subject=f"咨询登记 {made.number}").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("received_on", (localdate() + timedelta(days=1)).isoformat(), "日期晚于今天，请核对"),
        ("telephone", "138162", "电话应为 11 位手机号，或 7 至 8 位固定电话（可带区号和分机，如 021-63211939-3151）"),
        ("id_number", "310101197002030113", "身份证号末位校验码不对，请逐位核对"),
        ("name", "", "必须填写"),
        ("text", "", "必须填写"),
        ("kind", "", "必须填写"),
    ],
)
def test_wrong_field_is_named_and_nothing_is_lost(page, district, field, value, reason):
    answer = send(page, NEW, **TYPED | {"union": district.code, field: value})
    assert errors(answer) == {field: [reason]}
    kept = answer.context["form"]
    assert [kept[name].value() for name in TYPED if name != field] == [TYPED[n] for n in TYPED if n != field]
    assert not Enquiry.objects.exists()


def test_change_keeps_what_is_masked_and_tells_who_comes_second(page, district, settings):
    settings.SHOW_WHAT_IS_NEEDED = False
    of = enquiry(district)
    address = edit_address(of)
    form = opened(page, address)
    assert "telephone" not in form
    assert "text" not in form
    assert page.post(address, form | {"name": "曾更正"}).status_code == 302
    of.refresh_from_db()
    assert (of.name, of.initials, of.telephone, of.text) == ("曾更正", "ZGZ", TELEPHONE, "丈夫患病，孩子上学有困难")
    second = page.post(address, form | {"name": "曾第二"})
    assert second.status_code == 200
    assert second.context["conflict"]
    of.refresh_from_db()
    assert (of.name, of.version) == ("曾更正", 2)


def test_page_is_masked_logged_and_revealed_for_a_reason(page, clerk, district, settings):
    settings.SHOW_WHAT_IS_NEEDED = False
    number = fresh_id()
    of = enquiry(district, id_number=number)
    text = detail(page, of)
    assert not [secret for secret in (number, TELEPHONE, of.text) if secret in text]
    assert "138****5702" in text
    assert AuditEntry.objects.filter(action="viewed", subject=f"咨询登记 {of.number}").count() == 1
    text = page.post(f"/enquiries/{of.pk}/reveal/", {"reason": "call"}).content.decode()
    assert [secret for secret in (number, TELEPHONE, of.text) if secret in text] == [number, TELEPHONE, of.text]
    row = AuditEntry.objects.get(action="revealed")
    assert row.detail == {"reason": "回访", "fields": ["证件号码", "联系电话", "诉求内容"]}


# Found and listed


@pytest.mark.parametrize("how", ["name", "initials", "number", "telephone", "landline", "id_number"])
def test_enquiry_is_found(page, district, foreign_district, how):
    number = fresh_id()
    landline = enquiry(district, "曾座机", telephone="021-63211939", number="H7-2")
    of = enquiry(district, "曾来电", id_number=number, number="H7-1")
    enquiry(foreign_district, "曾来电", id_number=number, number="H7-1")
    typed = {"name": "来电", "initials": "zld", "number": "H7-1", "telephone": TELEPHONE, "landline": "021-63211939"}
    answer = page.post(FIND, {"q": typed.get(how, number), "kind": "enquiry"})
    if how in {"name", "initials", "number"}:
        assert [record.pk for record in page.get(answer.url).context["listing"].page.records] == [of.pk]
    else:
        assert answer.url == reverse("enquiry_detail", args=[(landline if how == "landline" else of).pk])


def test_list_is_filtered(page, district, grassroots):
    today = localdate()
    enquiry(district, number="1", received_on=today, channel="visitor", kind="job_seeking")
    enquiry(grassroots, number="2", received_on=today - timedelta(days=8))
    enquiry(district, number="3", received_on=today - timedelta(days=8), outcome="answered", outcome_text="已告知")
    enquiry(district, number="4", received_on=today - timedelta(days=7), referred_from=enquiry(district, number="5"))
    asked = {
        "open=yes": {"1", "2", "4", "5"},
        "open=no": {"3"},
        "overdue=yes": {"2", "5"},
        "overdue=no": {"1", "3", "4"},
        "channel=visitor": {"1"},
        "kind_of=job_seeking": {"1"},
        "outcome=answered": {"3"},
        "handed=yes": {"4"},
        "handed=no": {"1", "2", "3", "5"},
        f"union={grassroots.code}": {"2"},
        f"received_from={today - timedelta(days=7)}": {"1", "4"},
        f"received_to={today - timedelta(days=8)}&received_from=2015-01-01": {"2", "3"},
    }
    found = {query: shown(page, "enquiry", **dict(each.split("=") for each in query.split("&"))) for query in asked}
    assert found == asked


def test_list_asks_as_many_questions_for_three_as_for_one(page, district):
    enquiry(district)
    with_one = questions(page, "enquiry")
    enquiry(district, outcome="answered", outcome_text="已告知")
    enquiry(district, referred_from=Enquiry.objects.first())
    assert questions(page, "enquiry") == with_one


def test_export_is_the_list_as_shown(page, district):
    enquiry(district, number="H7-1")
    enquiry(district, number="H7-2", kind="job_seeking")
    answer = page.get("/enquiries/export/", {"kind_of": "job_seeking"})
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert AuditEntry.objects.get(action="exported").detail == {"count": 1, "filters": ["诉求类别"]}


def test_what_waits_is_counted_as_its_list_shows_it(page, clerk, district, foreign_district):
    today = localdate()
    enquiry(district, received_on=today - timedelta(days=8), outcome="answered", outcome_text="已告知")
    late = enquiry(district, received_on=today - timedelta(days=8))
    new = enquiry(district, received_on=today - timedelta(days=7))
    handed = enquiry(district, received_on=today, referred_from=enquiry(foreign_district))
    expected = {
        "enquiries": {late.number, new.number, handed.number},
        "late_enquiries": {late.number},
        "handed_enquiries": {handed.number},
    }
    for name, numbers in expected.items():
        assert getattr(todos, name)(clerk).count() == len(numbers)
        rows = page.get(getattr(todos, f"{name}_url")(clerk)).context["table"].rows
        assert {row[0].text for row in rows} == numbers
    waiting = [(each.label, each.count, each.urgent) for each in waiting_for(clerk) if "咨询" in each.label]
    assert waiting == [
        ("逾期未办结的咨询", 1, True),
        ("其他工会转来的咨询", 1, True),
        ("待办理的咨询", 3, False),
    ]


# Who is known


def test_person_of_the_own_union_is_opened_by_a_link(page, district):
    home = builders.household(district, "曾建国")
    child = builders.child(district, household=home)
    of = enquiry(district, id_number=home.worker.id_number)
    assert f'href="/households/{home.pk}/"' in detail(page, of)
    graduate = builders.graduate(district, household=home, person=child.person)
    text = detail(page, enquiry(district, id_number=child.person.id_number))
    assert f'href="/children/{child.pk}/"' in text
    assert f'href="/graduates/{graduate.pk}/"' in text


def test_person_of_another_unit_is_told_by_the_units_name_only(page, district, foreign_grassroots):
    home = builders.household(foreign_grassroots, "秘密姓名")
    text = detail(page, enquiry(district, id_number=home.worker.id_number))
    assert "此人在“西山区总工会”已有未注销的档案" in text
    assert not [secret for secret in ("秘密姓名", home.number, "西山水泥厂") if secret in text]


def test_person_is_looked_up_before_the_enquiry_is_saved(page, district):
    home = builders.household(district, "曾建国")
    form = opened(page, NEW) | TYPED | {"id_number": home.worker.id_number, "check": "1"}
    answer = page.post(NEW, form)
    assert f'href="/households/{home.pk}/"' in answer.content.decode()
    assert answer.context["form"]["text"].value() == TYPED["text"]
    assert not Enquiry.objects.exists()


def test_other_enquiries_of_the_same_person_are_listed(page, district, foreign_district):
    number = fresh_id()
    of = enquiry(district, id_number=number, telephone="")
    same = enquiry(district, "曾同人", id_number=number)
    enquiry(district, "曾旁人", telephone="")
    enquiry(foreign_district, id_number=number)
    by_number = page.get(reverse("enquiry_detail", args=[of.pk])).context["sections"][-1]["table"].rows
    assert [row[0].text for row in by_number] == [same.number]
    by_telephone = enquiry(district, "曾同号")
    rows = page.get(reverse("enquiry_detail", args=[by_telephone.pk])).context["sections"][-1]["table"].rows
    assert [row[0].text for row in rows] == [same.number]


# What it became is told there


def test_history_tells_of_the_enquiry_it_began_with(page, district):
    home = builders.household(district)
    case = make.case(district, child=builders.child(district, household=home))
    graduate = builders.graduate(district, household=home)
    links = {"filed": {"household": home}, "applied_for_aid": {"case": case}, "helped": {"graduate": graduate}}
    made = [enquiry(district, outcome=outcome, **link) for outcome, link in links.items()]
    enquiry(district, outcome="filed", household=builders.household(district, "曾旁人"))
    page_of = page.get(reverse("household_timeline", args=[home.pk]))
    told = {event.url: event.words for event in page_of.context["events"] if event.title == "咨询"}
    assert told == {
        f"/enquiries/{of.pk}/": f"曾来电 12351 热线 困难求助 {words}（2014-07-21）"
        for of, words in zip(made, ("已建档", "已申请助学", "已登记为毕业生帮扶"), strict=True)
    }
    asked_for_aid = make.case(district, child=builders.child(district, person=graduate.person))
    earlier = enquiry(district, outcome="applied_for_aid", case=asked_for_aid, received_on="2013-07-01")
    years = page.get(reverse("graduate_path", args=[graduate.pk])).context["years"]
    on_path = [event.url for year in years for event in year.events if event.title == "咨询"]
    assert on_path == [f"/enquiries/{of.pk}/" for of in (earlier, made[2])]


def test_new_enquiry_is_offered_to_those_who_keep_records(client_of, lead, page):
    assert create_address("enquiry") in page.get("/enquiries/").content.decode()
    assert create_address("enquiry") not in client_of(lead).get("/enquiries/").content.decode()
