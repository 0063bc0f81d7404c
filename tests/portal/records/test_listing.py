import re
from math import inf

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aid.models import Household
from portal.web import middleware
from tests import builders
from tests.lists import shown
from tests.reports import builders as make


def queries_of(client, name):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(reverse(f"{name}_list"))
    assert response.status_code == 200
    return len(captured), len(response.context["table"].rows)


def test_every_list_asks_as_often_for_1_3_and_50_rows(monkeypatch, client_of, clerk, grassroots, campaign):
    monkeypatch.setattr(middleware, "USED_EVERY", inf)  # however long it takes, none of them writes the session
    client = client_of(clerk)
    for name in builders.KIND_NAMES:  # what was asked of a list is remembered when it is opened first
        queries_of(client, name)
    asked = {name: [] for name in builders.KIND_NAMES}
    for more in (1, 2, 47):
        for _turn in range(more):
            builders.one_of_each(grassroots)
        for name, answers in asked.items():
            answers.append(queries_of(client, name))
    assert asked == {name: [(one[0], 1), (one[0], 3), (one[0], 50)] for name, (one, *_more) in asked.items()}


@pytest.mark.parametrize(
    "params", [{"filed_from": "昨天"}, {"open": "maybe"}, {"worker_category": "boss"}, {"union": "999999"}]
)
def test_faulty_filter_is_said_and_shows_nothing(client_of, clerk, district, params):
    builders.household(district)
    response = client_of(clerk).get(reverse("household_list"), params)
    assert response.status_code == 400
    assert response.context["table"].rows == []
    assert 'class="records-error"' in response.text


def test_foreign_union_is_refused_like_an_absent_one(client_of, clerk, foreign_district):
    client = client_of(clerk)
    answers = [
        re.findall("records-error.*", client.get(reverse("household_list"), {"union": code}).text.replace(code, ""))
        for code in (foreign_district.code, "999999")
    ]
    assert answers[0] == answers[1] != []


def test_choices_of_unions_are_those_in_scope(client_of, clerk, grassroots, sibling, foreign_grassroots):
    page = client_of(clerk).get(reverse("household_list")).text
    assert grassroots.name in page
    assert sibling.name in page
    assert "西山" not in page


def test_chips_take_one_filter_away_and_keep_the_rest(client_of, clerk, grassroots):
    builders.household(grassroots)
    params = {"union": grassroots.code, "open": "yes", "filed_from": "2013-01-01", "q": "曾", "order": "number"}
    page = client_of(clerk).get(reverse("household_list"), params)
    chips = {chip.label: (chip.value, chip.url) for chip in page.context["listing"].chips()}
    assert {label: value for label, (value, _url) in chips.items()} == {
        "工会": "东湖纺织厂工会",
        "档案状态": "在档",
        "建档日期从": "2013-01-01",
        "查找": "曾",
    }
    assert "open" not in chips["档案状态"][1]
    assert f"union={grassroots.code}" in chips["档案状态"][1]
    assert "order=number" in chips["档案状态"][1]
    assert "清除全部条件" in page.text


def test_heading_sorts_and_turns_round(client_of, clerk, district):
    for number in ("B2", "A1", "C3"):
        builders.household(district, number=number)
    client = client_of(clerk)
    page = client.get(reverse("household_list"), {"order": "number"})
    assert [row[0].text for row in page.context["table"].rows] == ["A1", "B2", "C3"]
    heading = page.context["table"].headings[0]
    assert (heading.direction, heading.url) == ("ascending", "?order=-number")
    page = client.get(reverse("household_list") + heading.url)
    assert [row[0].text for row in page.context["table"].rows] == ["C3", "B2", "A1"]


def test_unknown_order_falls_back_to_the_usual_one(client_of, clerk, district):
    builders.household(district)
    page = client_of(clerk).get(reverse("household_list"), {"order": "worker__id_number"})
    assert page.context["listing"].keyset.field == "filed_on"


def test_empty_list_tells_none_yet_from_none_found(client_of, clerk):
    client = client_of(clerk)
    assert "还没有记录。" in client.get(reverse("household_list")).text
    assert "没有符合条件的记录。" in client.get(reverse("household_list"), {"open": "yes"}).text


def test_list_masks_the_identity_number_and_opens_no_other_secret(client_of, clerk, district):
    home = builders.household(district)
    page = client_of(clerk).get(reverse("household_list")).text
    number = home.worker.id_number
    assert number not in page
    assert f"{number[:3]}***********{number[-4:]}" in page
    for secret in (builders.CARD, builders.TELEPHONE, builders.ADDRESS, builders.CAUSE):
        assert secret not in page


@pytest.mark.parametrize("text", ["曾建", "ZJG", "zj", "H-7"])
def test_search_finds_by_name_initials_and_number(client_of, clerk, district, text):
    found = builders.household(district, "曾建国", number="H-77")
    builders.household(district, "王建业", number="X-H-7")
    assert shown(client_of(clerk), "household", q=text) == {found.number}


def test_search_takes_full_width_letters(client_of, clerk, district):
    found = builders.household(district, "曾建国")
    assert shown(client_of(clerk), "household", q="ＺＪＧ") == {found.number}


def test_search_through_the_person_of_a_visit(client_of, clerk, district):
    home = builders.household(district, "仇远")
    to_worker = builders.visit(district, person=home.worker)
    to_graduate = builders.visit(district, person=builders.graduate(district, "查明").person)
    client = client_of(clerk)
    assert shown(client, "visit", q="QY") == {to_worker.number}
    assert shown(client, "visit", q="查明") == {to_graduate.number}
    assert "仇远" in client.get(reverse("visit_list")).text


@pytest.mark.parametrize("text", ["310101199001011234", "6222 0210 0111 6245 702", "13816245702", "021-63211939"])
def test_sensitive_number_in_the_address_is_refused_with_a_hint(client_of, clerk, district, text):
    builders.household(district)
    response = client_of(clerk).get(reverse("household_list"), {"q": text})
    assert response.status_code == 400
    assert "不要写在网址里" in response.text
    assert text not in response.text
    assert response.context["table"].rows == []


def test_text_that_changes_direction_is_refused(client_of, clerk):
    assert client_of(clerk).get(reverse("household_list"), {"q": "a\u202eb"}).status_code == 400


def test_record_moved_away_is_neither_named_nor_found(client_of, clerk, district, foreign_district):
    graduate = builders.graduate(district, "远走高")
    make.assistance(district, graduate=graduate, kind="training")
    graduate.place_in(foreign_district)
    graduate.save()
    client = client_of(clerk)
    page = client.get(reverse("assistance_list"))
    assert "远走高" not in page.text
    assert "（不在本单位）" in page.text
    assert shown(client, "assistance", q="远走高") == set()
    assert shown(client, "assistance", q="YZG") == set()


def test_administrator_sees_no_list(client_of, admin):
    assert client_of(admin).get(reverse("household_list")).status_code == 403


def test_list_works_in_both_orders_of_every_column(client_of, clerk, district):
    builders.household(district)
    client = client_of(clerk)
    for order in ("number", "worker_initials", "filed_on"):
        assert len(shown(client, "household", order=order)) == len(shown(client, "household", order=f"-{order}")) == 1
    assert Household.objects.count() == 1


def test_list_says_on_whose_page_its_records_are_made(client_of, clerk, lead):
    address = reverse("child_list")
    made_on = [("困难职工家庭", reverse("household_list"))]
    page = client_of(clerk).get(address)
    assert page.context["made_on"] == made_on
    assert "新建子女：先打开所属的记录，在其页面上新建。" in page.text
    assert client_of(lead).get(address).context["made_on"] == []
    assert client_of(clerk).get(reverse("household_list")).context["made_on"] == []


def test_notices_begin_with_the_cases_that_were_checked(client_of, clerk, lead):
    url = f"{reverse('aidcase_list')}?todo=to_post"
    assert url in client_of(clerk).get(reverse("publicnotice_list")).text
    assert url not in client_of(lead).get(reverse("publicnotice_list")).text


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("project", ["projectpayment", "projectgain"]),
        ("activity", ["participation"]),
        ("practicepost", ["practiceplacement"]),
    ],
)
def test_list_leads_to_the_lists_of_its_parts(client_of, auditor, whole, parts):
    page = client_of(auditor).get(reverse(f"{whole}_list")).text
    assert [part for part in parts if f'href="{reverse(f"{part}_list")}"' not in page] == []
