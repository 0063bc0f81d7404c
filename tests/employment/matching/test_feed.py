"""The public feed: the documented fields and no other, nothing that is closed or not published, nothing of a person."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from employment.matching import feed
from employment.models import Vacancy
from portal.settings.environment import BASE_DIR
from tests import builders
from tests.employment.builders import employer, referral, vacancy
from tests.reports import builders as make

JSON, CSV = "/feed/vacancies.json", "/feed/vacancies.csv"
# By hand: whoever adds a field must think twice.
DOCUMENTED = [
    "id",
    "number",
    "title",
    "employer",
    "union",
    "channel",
    "posts",
    "trade_code",
    "trade",
    "district",
    "degree_code",
    "degree",
    "wage_from",
    "wage_to",
    "requirements",
    "offered_on",
    "closes_on",
]
CONTACT = "联系人赵某"


def public(union, **fields) -> Vacancy:
    today = localdate()
    inside = {"contact": CONTACT, "telephone": builders.TELEPHONE, "note": "内部说明"}
    factory = fields.pop("employer", None) or employer(union, **inside)
    return vacancy(union, **{"employer": factory, "offered_on": today, "closes_on": today, "published": True} | fields)


def rows(address: str = JSON, **headers) -> list[dict]:
    return Client().get(address, **headers).json()["vacancies"]


def table() -> list[dict]:
    return list(csv.DictReader(io.StringIO(Client().get(CSV).content.decode("utf-8-sig"))))


def test_every_field_is_what_the_vacancy_says_and_there_is_no_other(district):
    offer = make.event(district, kind="offer", channel="caring_enterprise")
    terms = {"title": "装配工", "trade": "C", "district": "东湖区", "degree": "college", "requirements": "会看图纸"}
    of = public(district, event=offer, posts=3, wage_from=5000, employer=employer(district, name="晨光公司"), **terms)
    today = localdate().isoformat()
    expected = {
        "id": of.pk,
        "number": of.number,
        "title": "装配工",
        "employer": "晨光公司",
        "union": "东湖区总工会",
        "channel": "社会爱心企业",
        "posts": 3,
        "trade_code": "C",
        "trade": "制造业",
        "district": "东湖区",
        "degree_code": "college",
        "degree": "大专",
        "wage_from": 5000,
        "wage_to": None,
        "requirements": "会看图纸",
        "offered_on": today,
        "closes_on": today,
    }
    assert Client().get(JSON).json() == {"next": None, "vacancies": [expected]}
    assert table() == [{name: "" if value is None else str(value) for name, value in expected.items()}]


def test_posts_of_a_fair_come_by_no_channel(district):
    public(district, event=make.event(district, kind="job_fair", channel="caring_enterprise"))
    assert (rows()[0]["channel"], table()[0]["channel"]) == ("", "")


def test_fields_are_those_documented(district):
    public(district)
    page = (BASE_DIR / "docs" / "feed.md").read_text(encoding="utf-8")
    described = [line.split("`")[1] for line in page.split("## Fields")[1].splitlines() if line.startswith("| `")]
    assert described == DOCUMENTED == [field.name for field in feed.FIELDS]
    assert list(rows()[0]) == DOCUMENTED
    assert list(table()[0]) == DOCUMENTED


def test_nothing_of_the_contact_or_of_a_graduate_is_told(district):
    of = public(district)
    referral(district, vacancy=of, graduate=builders.graduate(district, "曾推荐"), note="推荐说明")
    for address in (JSON, CSV):
        text = Client().get(address).content.decode()
        assert of.title in text
        assert not [word for word in (CONTACT, builders.TELEPHONE, "内部说明", "曾推荐", "推荐说明") if word in text]


def test_what_is_not_published_not_open_or_full_is_absent(district):
    today, day = localdate(), timedelta(days=1)
    shown = public(district, closes_on=today + day)
    public(district, published=False)
    public(district, offered_on=today - day, closes_on=today - day)
    public(district, offered_on=today + day, closes_on=today + day)
    full = public(district, posts=1)
    placed = make.assistance(district, kind="placement")
    referral(district, vacancy=full, graduate=placed.graduate, state="placed", placement=placed)
    assert [row["id"] for row in rows()] == [shown.pk]
    assert [row["id"] for row in table()] == [str(shown.pk)]


@pytest.mark.parametrize("field", ["title", "district", "requirements", "employer"])
def test_vacancy_that_names_a_contact_all_the_same_stays_at_home(district, monkeypatch, field):
    """Written past the form; the page is shorter, and the next one is found all the same."""
    monkeypatch.setattr(feed, "PAGE_SIZE", 2)
    text = "张三 138 1624 5702"
    clean = public(district)
    told = public(district, **{field: employer(district, name=text) if field == "employer" else text})
    last = public(district)
    first = Client().get(JSON).json()
    assert ([row["id"] for row in first["vacancies"]], first["next"]) == ([clean.pk], f"{JSON}?after={told.pk}")
    assert [row["id"] for row in rows(first["next"])] == [last.pk]
    assert text not in Client().get(CSV).content.decode()


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@SUM(A1)", "\t=1"])
def test_text_that_looks_like_a_formula_is_neutralised_in_the_csv_only(district, text):
    public(district, title=text, requirements="a=b")
    assert (table()[0]["title"], table()[0]["requirements"]) == (f"'{text}", "a=b")
    assert rows()[0]["title"] == text


def test_pages_follow_one_another_by_cursor(district, foreign_district, monkeypatch):
    monkeypatch.setattr(feed, "PAGE_SIZE", 2)
    expected = [public(union).pk for union in (district, foreign_district, district, foreign_district, district)]
    found, address = [], JSON
    while address:
        response = Client().get(address)
        found.append([row["id"] for row in response.json()["vacancies"]])
        address = response.json()["next"]
        assert response.headers.get("Link") == (f'<{address}>; rel="next"' if address else None)
    assert found == [expected[:2], expected[2:4], expected[4:]]
    assert Client().get(CSV).headers["Link"] == f'<{CSV}?after={expected[1]}>; rel="next"'


@pytest.mark.parametrize("cursor", ["x", "-1", "", "٣", "9" * 19])
def test_faulty_cursor_is_refused(db, cursor):
    assert Client().get(JSON, {"after": cursor}).status_code == 400


@pytest.mark.parametrize("address", [JSON, CSV])
def test_feed_that_did_not_change_is_not_sent_again(district, address):
    of = public(district)
    first = Client().get(address)
    assert first.headers["Cache-Control"] == "max-age=300, public"
    assert not first.cookies
    for name, header in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        again = Client().get(address, headers={name: first.headers[header]})
        assert (again.status_code, again.content) == (304, b"")
    of.title = "另一岗位"
    of.save()
    changed = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_withdrawing_and_filling_change_the_time_of_change(district):
    of = public(district, posts=1)
    before = feed.changed_at()
    placed = make.assistance(district, kind="placement")
    referral(district, vacancy=of, graduate=placed.graduate, state="placed", placement=placed)
    filled = feed.changed_at()
    assert filled > before
    of.published = False
    of.save()
    assert feed.changed_at() > filled


def test_answer_to_somebody_signed_in_is_kept_by_nobody_else(client_of, clerk, district):
    assert client_of(clerk).get(JSON).headers["Cache-Control"] == "max-age=300, private"


def test_feed_is_only_read(db):
    for method in ("post", "put", "patch", "delete", "options"):
        assert getattr(Client(), method)(JSON).status_code == 405


def test_feed_asks_as_many_questions_for_three_as_for_one(district, django_assert_num_queries):
    public(district)
    with django_assert_num_queries(5):
        Client().get(JSON)
    public(district)
    public(district)
    with django_assert_num_queries(5):
        Client().get(JSON)
