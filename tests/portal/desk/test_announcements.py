"""Announcements: to one union, unread until its people say so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.audit import By
from portal.desk.announcing import Words, announce
from portal.models import Announcement, AnnouncementReading, AuditEntry


@pytest.fixture
def tell(reviewer):
    def to(*unions, title="请抓紧报送", link="/reports/"):
        return announce([Words(union, title, "九月一日前报送。", link) for union in unions], by=By(reviewer))

    return to


def test_announcement_is_seen_by_the_people_of_the_union_alone(
    tell, client_of, clerk, lead, reviewer, foreign_clerk, grassroots_clerk, district
):
    tell(district)
    for person in (clerk, lead):
        page = client_of(person).get("/").text
        assert "请抓紧报送" in page
        assert "九月一日前报送。" in page
        assert '<a href="/reports/">前往办理</a>' in page
        assert "王保障" in page
        assert "1 条未读" in page
    for person in (reviewer, foreign_clerk, grassroots_clerk):
        for address in ("/", reverse("announcement_list")):
            page = client_of(person).get(address).text
            assert "请抓紧报送" not in page
            assert "条未读" not in page


def test_reading_is_noted_once_and_only_for_the_reader(tell, client_of, clerk, lead, district):
    (announcement,) = tell(district)
    client = client_of(clerk)
    for _press in range(2):
        response = client.post(reverse("announcement_read", args=[announcement.pk]), {"then": "home"})
        assert response.url == "/"
    assert AnnouncementReading.objects.get().reader == clerk
    assert "请抓紧报送" not in client.get("/").text
    assert "已读" in client.get(reverse("announcement_list")).text
    assert "请抓紧报送" in client_of(lead).get("/").text


def test_announcement_to_another_union_is_not_found(
    tell, client_of, foreign_clerk, grassroots_clerk, reviewer, district
):
    (announcement,) = tell(district)
    for person in (foreign_clerk, grassroots_clerk, reviewer):
        assert client_of(person).post(reverse("announcement_read", args=[announcement.pk])).status_code == 404
    assert not AnnouncementReading.objects.exists()


def test_reading_leads_back_to_a_page_of_ours_only(tell, client_of, clerk, district):
    (announcement,) = tell(district)
    url = reverse("announcement_read", args=[announcement.pk])
    assert client_of(clerk).post(url, {"then": "https://elsewhere.example/"}).url == reverse("announcement_list")


def test_many_unions_are_told_with_as_many_queries_as_one(tell, district, foreign_district, bureau):
    counts = []
    for unions in ((district,), (district, foreign_district, bureau)):
        with CaptureQueriesContext(connection) as queries:
            tell(*unions)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Announcement.objects.count() == 4


def test_list_and_home_take_as_many_queries_for_three_announcements_as_for_one(tell, client_of, clerk, district):
    client, counts = client_of(clerk), []
    client.get("/")  # what waits is kept from then on
    for times in (1, 2):
        tell(*[district] * times)
        for address in ("/", reverse("announcement_list")):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_list_is_paged_searched_and_narrowed_to_the_unread(tell, client_of, clerk, district):
    client, url = client_of(clerk), reverse("announcement_list")
    tell(*[district] * 50)
    (last,) = tell(district, title="汇总已完成")
    assert [len(client.get(url, {"page": page}).context["rows"]) for page in (1, 2)] == [50, 1]
    assert [row.pk for row in client.get(url, {"text": "汇总"}).context["rows"]] == [last.pk]
    client.post(reverse("announcement_read", args=[last.pk]))
    assert not client.get(url, {"text": "汇总", "unread": "on"}).context["rows"]


def test_unread_are_not_counted_before_the_first_password_is_changed(tell, client_of, clerk, district):
    tell(district)
    clerk.must_change_password = True
    clerk.save()
    assert "条未读" not in client_of(clerk).get(reverse("password_change")).text


def test_city_speaks_to_all_units_of_the_chosen_kinds_once(client_of, reviewer, district, foreign_district, bureau):
    words = {"title": "开学前完成走访", "text": "请各单位八月底前完成。", "kinds": ["district"]}
    for _press in range(2):
        client_of(reviewer).post(reverse("announcement_send"), words)
    assert set(Announcement.objects.values_list("union", "title")) == {
        (district.pk, "开学前完成走访"),
        (foreign_district.pk, "开学前完成走访"),
    }
    assert AuditEntry.objects.filter(action="moved", subject="开学前完成走访").count() == 1


def test_words_to_nobody_are_kept_on_the_form(client_of, reviewer):
    page = client_of(reviewer).post(reverse("announcement_send"), {"title": "开学前完成走访", "text": "请抓紧"}).text
    assert "请选择发给哪些单位。" in page
    assert "请抓紧" in page
    assert not Announcement.objects.exists()
