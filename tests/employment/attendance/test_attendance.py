"""活动签到: ticked or scanned, once for each; unknown and foreign codes say the same; a mistake leaves a trace."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from openpyxl import load_workbook

from employment.attendance.code import code_of, graduate_of
from employment.attendance.services import Turnout, of_the_year, scan, sign_in, strike, turnout
from employment.enums import AttendanceWay
from employment.models import Attendance
from portal.audit import By
from portal.models import AuditEntry
from portal.workflow import MoveRefused
from tests import builders
from tests.employment.builders import attendance
from tests.forms import edit_address, errors, send
from tests.lists import questions
from tests.reports import builders as make

pytestmark = pytest.mark.django_db

UNKNOWN = "没有这个签到码，请核对后重新扫描或输入。"


@pytest.fixture
def fair(district):
    return make.event(district, kind="job_fair", title="夏季招聘会", held_on=date(2014, 7, 20))


@pytest.fixture
def three(district, grassroots):
    return [
        builders.graduate(union, name) for union, name in ((district, "甲一"), (district, "乙二"), (grassroots, "丙三"))
    ]


def tick_address(event) -> str:
    return reverse("attendance_tick", args=[event.pk])


def scan_address(event) -> str:
    return reverse("attendance_scan", args=[event.pk])


def came(event) -> list[tuple[str, str]]:
    return list(Attendance.objects.filter(event=event).order_by("pk").values_list("graduate__name", "way"))


@pytest.mark.parametrize("key", [0, 1, 2, 300, 70_000, 2**39])
def test_code_leads_back_to_its_graduate_however_it_is_typed(key):
    code = code_of(key)
    assert len(code) == 19
    assert graduate_of(code) == graduate_of(code.lower().replace("-", " ")) == graduate_of(f" {code}\n") == key
    assert graduate_of(code.replace("0", "o").replace("1", "l")) == key
    assert code == code_of(key)


def test_codes_of_neighbours_have_nothing_in_common_and_none_can_be_guessed(settings):
    codes = [code_of(key).replace("-", "") for key in range(1, 201)]
    assert len(set(codes)) == len({code[:8] for code in codes}) == len({code[8:] for code in codes}) == 200
    spoiled = [("Z" if code[0] != "Z" else "Y") + code[1:] for code in codes]
    assert [graduate_of(code) for code in spoiled] == [None] * 200
    for text in ("", "1", "0" * 16, "U" * 16, "1" * 17, "１" * 16, "310101199001011234"):
        assert graduate_of(text) is None
    settings.BLIND_INDEX_KEY = "0f" * 32
    assert graduate_of(codes[0]) is None


def test_several_are_ticked_at_once_and_again_without_effect(client_of, clerk, fair, three):
    client, address = client_of(clerk), tick_address(fair)
    sent = {"ids": [each.pk for each in three[:2]], "filters": "in_need=yes"}
    assert client.post(address, sent).url == f"{address}?in_need=yes"
    assert came(fair) == [("甲一", "ticked"), ("乙二", "ticked")]
    page = client.post(address, {"ids": [each.pk for each in three], "filters": ""}, follow=True)
    assert "新签到 1 人；其余 2 人此前已签到。" in page.content.decode()
    assert [name for name, _way in came(fair)] == ["甲一", "乙二", "丙三"]
    row = Attendance.objects.first()
    assert (row.union, row.union_path, row.recorded_by) == (fair.union, fair.union_path, clerk)
    noted = AuditEntry.objects.filter(action="record_saved").order_by("pk")
    assert [entry.detail["count"] for entry in noted] == [2, 1]
    assert {entry.subject for entry in noted} == {f"活动签到 {fair.number}"}
    assert "已签到 3 人" in page.content.decode()
    assert [graduate.is_here for graduate, _row in page.context["rows"]] == [True] * 3


def test_all_that_the_filters_find_are_signed_in_on_all_pages(client_of, clerk, district, fair, three):
    for _turn in range(60):
        builders.graduate(district, "外出", intention="further_study")
    client, address = client_of(clerk), tick_address(fair)
    client.post(address, {"all": "1", "filters": "in_need=yes"})
    assert {name for name, _way in came(fair)} == {"甲一", "乙二", "丙三"}
    client.post(address, {"all": "1", "filters": "here=no"})
    assert len(came(fair)) == 63


def test_nobody_chosen_is_said(client_of, clerk, fair, three):
    page = client_of(clerk).post(tick_address(fair), {"filters": ""}, follow=True)
    assert "请先勾选到场的毕业生。" in page.content.decode()


def test_list_has_those_tracked_on_the_day_and_is_narrowed_by_name_need_and_union(
    client_of, clerk, district, grassroots, foreign_district, fair, three
):
    day = fair.held_on
    builders.graduate(district, "丁四", closed_on=day)
    builders.graduate(district, "戊五", closed_on=day + timedelta(1), intention="further_study")
    builders.graduate(foreign_district, "己六")
    client, address = client_of(clerk), tick_address(fair)

    def listed(**filters) -> set[str]:
        return {graduate.name for graduate, _row in client.get(address, filters).context["rows"]}

    assert listed() == {"甲一", "乙二", "丙三", "戊五"}
    assert listed(name="乙") == listed(name="ye") == {"乙二"}
    assert listed(in_need="no") == {"戊五"}
    assert listed(union=grassroots.code) == {"丙三"}
    attendance(district, event=fair, graduate=three[0])
    assert listed(here="yes") == {"甲一"}
    assert listed(here="no") == {"乙二", "丙三", "戊五"}


def test_who_is_tracked_no_more_and_who_is_foreign_is_not_signed_in(clerk, district, foreign_district, fair, three):
    gone = builders.graduate(district, "丁四", closed_on=fair.held_on)
    foreign = builders.graduate(foreign_district, "己六")
    with pytest.raises(ValidationError, match="已结束跟踪，不能签到：丁四"):
        sign_in(fair, [three[0].pk, gone.pk], way="ticked", by=By(clerk))
    assert came(fair) == []
    assert sign_in(fair, [foreign.pk], way="ticked", by=By(clerk)) == []


def test_scanned_code_signs_in_under_the_masked_name(client_of, clerk, fair, three):
    client, address = client_of(clerk), scan_address(fair)
    page = client.post(address, {"code": code_of(three[1].pk)}, follow=True)
    assert page.redirect_chain == [(address, 302)]
    text = page.content.decode()
    assert "乙* 签到成功。" in text
    assert "乙二" not in text
    assert came(fair) == [("乙二", "scanned")]
    again = client.post(address, {"code": code_of(three[1].pk).lower()}, follow=True).content.decode()
    assert "乙* 已经签到过，没有重复登记。" in again
    assert came(fair) == [("乙二", "scanned")]


def test_unknown_and_foreign_codes_say_the_same_and_the_field_is_empty_again(
    client_of, clerk, foreign_district, fair, three
):
    client, address = client_of(clerk), scan_address(fair)
    foreign = builders.graduate(foreign_district, "己六")
    for said in (code_of(foreign.pk), code_of(987_654_321), "7K3M-0QXA-9RTD-5W2E", "你好"):
        page = client.post(address, {"code": said})
        assert page.status_code == 200
        assert errors(page) == {"code": [UNKNOWN]}
        assert page.context["form"]["code"].value() == ""
        assert page.context["said"] == said
    assert errors(client.post(address, {"code": ""})) == {"code": ["请扫描或输入签到码。"]}
    assert came(fair) == []


def test_code_of_who_is_tracked_no_more_says_so(client_of, clerk, district, fair):
    gone = builders.graduate(district, "丁四", closed_on=fair.held_on)
    page = client_of(clerk).post(scan_address(fair), {"code": code_of(gone.pk)})
    assert errors(page) == {"code": ["丁* 已结束跟踪，不能签到。"]}


def test_nobody_signs_in_before_the_day(client_of, clerk, district, three):
    tomorrow = make.event(district, kind="other_event", held_on=localdate() + timedelta(1))
    page = client_of(clerk).post(scan_address(tomorrow), {"code": code_of(three[0].pk)})
    assert "当天起可以签到" in "".join(errors(page)["__all__"])
    ticked = client_of(clerk).post(tick_address(tomorrow), {"ids": three[0].pk, "filters": ""}, follow=True)
    assert "当天起可以签到" in ticked.content.decode()
    today = make.event(district, kind="other_event", held_on=localdate())
    assert scan(today, code_of(three[0].pk), by=By(clerk)).is_new


def test_posts_that_are_offered_are_no_event(client_of, clerk, district, three):
    offer = make.event(district, kind="offer", channel="state_enterprise")
    for address in (tick_address(offer), scan_address(offer), reverse("attendance_codes", args=[offer.pk])):
        assert client_of(clerk).get(address).status_code == 404
    page = client_of(clerk).get(reverse("jobevent_detail", args=[offer.pk]))
    assert page.context["links"] == []
    assert "活动签到" not in [section["title"] for section in page.context["sections"]]
    with pytest.raises(MoveRefused):
        sign_in(offer, [three[0].pk], way="ticked", by=By(clerk))


@pytest.mark.parametrize("role", ["lead", "reviewer", "auditor", "admin"])
def test_only_who_keeps_records_signs_in_and_strikes(request, district, fair, three, role):
    actor, row = request.getfixturevalue(role), attendance(district, event=fair)
    with pytest.raises(MoveRefused):
        sign_in(fair, [three[0].pk], way="ticked", by=By(actor))
    with pytest.raises(MoveRefused):
        scan(fair, code_of(three[0].pk), by=By(actor))
    with pytest.raises(MoveRefused):
        strike(row, "点错", by=By(actor))
    assert Attendance.objects.count() == 1


def test_mistake_is_taken_back_with_a_trace(client_of, clerk, district, fair, three):
    row = attendance(district, event=fair, graduate=three[0])
    client, address = client_of(clerk), reverse("attendance_strike", args=[fair.pk, three[0].pk])
    assert address in client.get(tick_address(fair)).content.decode()
    assert "取消签到：甲一" in client.get(address).content.decode().replace("\n", "").replace("  ", "")
    assert list(errors(client.post(address, {"reason": " "}))) == ["reason"]
    assert list(errors(client.post(address, {"reason": "电话 13812345678"}))) == ["reason"]
    for _turn in range(2):  # pressed twice
        assert client.post(address, {"reason": "点错了人"}).url == tick_address(fair)
    assert came(fair) == []
    entry = AuditEntry.objects.get(action="record_saved")
    assert entry.subject == f"活动签到 {fair.number}"
    assert entry.detail == {
        "struck": True,
        "reason": "点错了人",
        "at": f"{localtime(row.recorded_at):%Y-%m-%d %H:%M:%S}",
        "graduate": three[0].pk,
        "way": str(AttendanceWay.TICKED.label),
        "by": str(row.recorded_by),
    }


def test_event_tells_people_and_the_year_people_and_times(client_of, clerk, auditor, district, grassroots, fair, three):
    other = make.event(grassroots, kind="other_event", held_on=date(2014, 3, 1))
    earlier = make.event(district, kind="job_fair", held_on=date(2013, 12, 31))
    for event, graduate in ((fair, three[0]), (fair, three[1]), (other, three[0]), (earlier, three[2])):
        attendance(event.union, event=event, graduate=graduate)
    assert turnout(of_the_year(fair, clerk)) == Turnout(times=3, people=2)
    words = "本次活动签到 2 人。本单位 2014 年各次活动合计 3 人次，2 人。"
    for reader in (clerk, auditor):
        page = client_of(reader).get(reverse("jobevent_detail", args=[fair.pk])).content.decode()
        assert words in page
        assert "甲一" in page
    listed = client_of(clerk).get(reverse("attendance_list")).content.decode()
    assert "共 4 人次，3 人" in listed


def test_exported_list_has_the_moment_as_text(client_of, clerk, district, fair, three):
    row = attendance(district, event=fair, graduate=three[0])
    answer = client_of(clerk).get(reverse("attendance_export"))
    cells = [cell.value for cell in load_workbook(io.BytesIO(answer.getvalue())).active[2]]
    at = f"{localtime(row.recorded_at):%Y-%m-%d %H:%M}"
    assert [str(value) for value in cells[:5]] == ["甲一", "夏季招聘会", "2014-07-20 00:00:00", "名单勾选", at]


def test_event_that_people_came_to_stays_one(client_of, clerk, grassroots, fair, district):
    attendance(district, event=fair)
    client, words = client_of(clerk), "已有 1 人签到，不能改为岗位提供、换工会或改为以后举行"
    offered = {"kind": "岗位提供", "channel": "劳模企业"}
    assert errors(send(client, edit_address(fair), **offered))["kind"] == [words]
    assert errors(send(client, edit_address(fair), union=grassroots.code)) == {"union": [words]}
    ahead = (localdate() + timedelta(1)).isoformat()
    assert errors(send(client, edit_address(fair), held_on=ahead)) == {"held_on": [words]}
    assert send(client, edit_address(fair), held_on="2014-07-21").status_code == 302


def test_attendance_is_on_the_path_of_the_graduate(client_of, clerk, district, fair, three):
    attendance(district, event=fair, graduate=three[0])
    page = client_of(clerk).get(reverse("graduate_path", args=[three[0].pk])).content.decode()
    assert "甲一 夏季招聘会" in page


def test_cards_have_names_and_codes_and_nothing_else_of_the_person(client_of, clerk, fair, three):
    page = client_of(clerk).get(reverse("attendance_codes", args=[fair.pk])).content.decode()
    for graduate in three:
        assert code_of(graduate.pk) in page
        number = graduate.person.id_number
        assert number not in page
        assert number[-4:] not in page.replace(code_of(graduate.pk), "")
    assert page.count('<svg class="form-code"') == 3
    narrowed = client_of(clerk).get(reverse("attendance_codes", args=[fair.pk]), {"name": "乙"}).content.decode()
    assert narrowed.count('<svg class="form-code"') == 1


def test_lists_ask_as_many_questions_for_three_as_for_one(client_of, clerk, district, fair):
    client = client_of(clerk)
    addresses = [tick_address(fair), scan_address(fair), reverse("attendance_codes", args=[fair.pk])]
    counts = []
    for more in (1, 2):
        for _number in range(more):
            attendance(district, event=fair, graduate=builders.graduate(district))
        per_page = [questions(client, "attendance")]
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            per_page.append(len(asked))
        counts.append(per_page)
    assert counts[0] == counts[1]


def test_who_moved_to_another_unit_is_counted_and_not_named(client_of, clerk, district, foreign_district, fair):
    attendance(district, event=fair, graduate=builders.graduate(foreign_district, "曾远走"))
    client = client_of(clerk)
    for address in (reverse("jobevent_detail", args=[fair.pk]), scan_address(fair), reverse("attendance_list")):
        page = client.get(address).content.decode()
        assert "曾远走" not in page
        assert "曾**" not in page
    assert "已签到 1 人" in client.get(scan_address(fair)).content.decode()
