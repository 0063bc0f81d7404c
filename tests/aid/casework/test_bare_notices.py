"""A notice whose cases were all taken off: it shows nobody, is not printed, asks for nothing and can be taken down."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from aid.casework.moving import Why, move_case
from aid.casework.notices import against_correcting_place, take_down
from aid.models import PublicNotice
from portal.audit import By
from portal.workflow import MoveRefused
from tests.aid import cases as casework
from tests.printing import lines_of

REFUSED = "没有申请在公示，不用打印，也不用更正地点。"


def notice_of_two(district, **days) -> tuple[PublicNotice, list]:
    cases = [casework.case(district, "submitted") for _turn in range(2)]
    return casework.notice(district, *cases, photo=False, **days), cases


@pytest.fixture
def running(district):
    today = localdate()
    return notice_of_two(district, first=today, last=today + timedelta(days=8))


@pytest.fixture
def bare(running, clerk):
    """A running notice of two cases, both of them taken off."""
    notice, cases = running
    for case in cases:
        move_case(case, "take_off", by=By(clerk), why=Why("incomplete"))
    return notice


def shown(client, notice):
    return client.get(reverse("publicnotice_detail", args=[notice.pk]))


def test_notice_is_bare_once_the_last_case_is_taken_off(running, clerk):
    notice, cases = running
    told = [notice.standing]
    for case in cases:
        move_case(case, "take_off", by=By(clerk), why=Why("incomplete"))
        told.append(notice.standing)
    assert told == ["公示期内", "公示期内", "没有申请在公示"]
    PublicNotice.objects.update(first_day=localdate() + timedelta(days=1))
    notice.refresh_from_db()
    assert notice.standing == "没有申请在公示"


def test_nothing_is_printed_of_it(client_of, clerk, bare):
    client = client_of(clerk)
    for address in (
        reverse("publicnotice_print", args=[bare.pk]),
        reverse("publicnotice_print", args=[bare.pk]) + "?as=docx",
        reverse("publicnotice_print", args=[bare.pk]) + "?as=pdf",
    ):
        answer = client.get(address, follow=True)
        assert answer.redirect_chain == [(reverse("publicnotice_detail", args=[bare.pk]), 302)], address
        assert f"公示单 {bare.number} 上的申请都已撤下，{REFUSED}" in answer.text, address
    assert "打印公示单" not in shown(client, bare).text


def test_many_are_printed_without_it(client_of, clerk, bare, district):
    full, _cases = notice_of_two(district, first=localdate(), last=localdate() + timedelta(days=8))
    client, address = client_of(clerk), reverse("publicnotice_print_many")
    together = client.get(address, {"ids": [bare.pk, full.pk]})
    assert [len(lines_of(sheet)) for sheet in together.context["printouts"]] == [2]
    assert f"公示单 {bare.number} 上的申请都已撤下" in together.text
    alone = client.get(address, {"ids": [bare.pk]}, follow=True)
    assert alone.redirect_chain == [(reverse("publicnotice_list"), 302)]
    assert REFUSED in alone.text


def test_it_asks_for_nothing_and_is_found_by_its_standing(client_of, clerk, bare):
    asked = PublicNotice.objects
    assert [list(found) for found in (asked.without_photo(), asked.running(), asked.waiting())] == [[], [], []]
    assert list(asked.bare()) == [bare]
    client, url = client_of(clerk), reverse("publicnotice_list")
    found = {
        status: list(client.get(url, {"status": status}).context["listing"].page.records)
        for status in ("waiting", "posted", "taken_down", "bare")
    }
    assert found == {"waiting": [], "posted": [], "taken_down": [], "bare": [bare]}
    assert client.get(url).text.count("没有申请在公示") == 2  # the choice of the filter, and the row
    PublicNotice.objects.update(first_day=localdate() - timedelta(days=9), last_day=localdate() - timedelta(days=1))
    assert not asked.to_take_down().exists()


def test_its_page_says_so_and_it_is_taken_down_at_once(client_of, clerk, bare):
    client = client_of(clerk)
    page = shown(client, bare)
    assert page.context["shown_count"] == 0
    assert page.text.count("已从这张公示单撤下（申请现为“") == 2
    assert "不再公示" not in page.text
    assert "上传照片" not in page.text
    client.post(reverse("publicnotice_take_down", args=[bare.pk]))
    bare.refresh_from_db()
    assert (bare.status, bare.standing) == ("taken_down", "已撤下")
    assert "公示单已撤下</button>" not in shown(client, bare).text


def test_its_place_is_not_corrected(bare):
    assert against_correcting_place(bare) == f"公示单 {bare.number} 上的申请都已撤下，{REFUSED}"


def test_with_a_case_on_it_it_still_waits_for_its_last_day(running, clerk):
    notice, [first, _second] = running
    move_case(first, "take_off", by=By(clerk), why=Why("incomplete"))
    with pytest.raises(MoveRefused, match="还不能撤下"):
        take_down(notice, by=By(clerk))
