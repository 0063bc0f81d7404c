"""The city's department and the 12351 hotline: taken in, handed down, sent back, answered, told."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from employment import todos
from employment.enquiries.hotline import by_unit, tell_hotline
from employment.enquiries.services import Told, hand_down_many, move_enquiry
from employment.models import Enquiry
from portal.audit import By
from portal.desk.todos import waiting_for
from portal.models import AuditEntry, HeldRow, ListUpload
from portal.workflow import MoveRefused
from tests.employment.builders import city_enquiry, enquiry
from tests.employment.lists.browsing import go_on_from_columns, upload
from tests.forms import edit_address, errors, send

DAY = timedelta(days=1)


def down(of: Enquiry, to, by, *, days: int = 7, words: str = "") -> Enquiry:
    told = Told(words, to=to, due_on=localdate() + days * DAY)
    return move_enquiry(of, "hand_down", by=By(by), told=told)


def late(of: Enquiry, days: int = 1) -> None:
    """As if it had been handed down so that its day was so many days ago."""
    day = localdate() - days * DAY
    Enquiry.objects.filter(pk=of.pk).update(handed_on=day, due_on=day)


# (state, move): who makes it with one of the city, and the state after it; all others are refused to all.
CLOSED = ("referred", "answered", "mistaken")
ALLOWED = (
    {
        ("to_hand_down", "hand_down"): ("reviewer", "open_enquiry"),
        ("to_hand_down", "reply"): ("reviewer", "answered"),
        ("to_hand_down", "discard"): ("reviewer", "mistaken"),
        ("open_enquiry", "recall"): ("reviewer", "to_hand_down"),
        ("open_enquiry", "send_back"): ("clerk", "to_hand_down"),
        ("open_enquiry", "refer"): ("clerk", "referred"),
        ("open_enquiry", "answer"): ("clerk", "answered"),
    }
    | {(state, "reopen"): ("clerk", "open_enquiry") for state in CLOSED}
    | {(state, "redo"): ("reviewer", "open_enquiry") for state in CLOSED}
)
MOVES = ("hand_down", "reply", "discard", "recall", "send_back", "refer", "answer", "mistake", "reopen", "redo")


def in_state(city, district, state: str) -> Enquiry:
    """One of the city in that state: handed down, but where it waits for that."""
    if state == "to_hand_down":
        return city_enquiry(city)
    words = {"outcome": state, "outcome_text": "已办"} if state in CLOSED else {}
    return enquiry(district, **words, from_city=True, handed_on=localdate(), due_on=localdate())


@pytest.mark.parametrize("state", ["to_hand_down", "open_enquiry", *CLOSED])
def test_move_of_the_citys_is_made_exactly_where_the_table_says(city, district, reviewer, clerk, lead, auditor, state):
    for move in MOVES:
        who, target = ALLOWED.get((state, move), ("", ""))
        for user in (lead, auditor, reviewer, clerk):
            of = in_state(city, district, state)
            told = Told("写明", to=district if move == "hand_down" else None, due_on=localdate())
            if user.username == who:
                assert move_enquiry(of, move, by=By(user), told=told).outcome == target, move
            else:
                with pytest.raises(MoveRefused):
                    move_enquiry(of, move, by=By(user), told=told)
                assert Enquiry.objects.get(pk=of.pk).outcome == state


def test_call_is_taken_in_by_the_city_and_seen_by_no_unit(client_of, reviewer, clerk, district):
    typed = {"received_on": "2026-11-02", "channel": "12351 热线", "kind": "求职", "name": "曾来电"}
    answer = send(client_of(reviewer), reverse("hotline_create"), **typed, text="请推荐岗位", number="")
    assert answer.status_code == 302
    (made,) = Enquiry.objects.visible_to(reviewer)
    assert (made.number, made.union.is_city, made.from_city) == (f"W{localdate().year}-000001", True, True)
    assert (made.outcome, made.is_open, made.initials) == ("to_hand_down", True, "ZLD")
    assert not Enquiry.objects.visible_to(clerk).exists()
    assert client_of(clerk).get(f"/enquiries/{made.pk}/").status_code == 404


def test_handed_down_it_is_the_units_and_the_citys_and_nobody_elses(
    client_of, city, district, foreign_district, reviewer, clerk, foreign_clerk
):
    handed = down(city_enquiry(city, number="12351-0007"), district, reviewer, words="请三日内联系")
    kept = Enquiry.objects.get()
    assert (handed.pk, kept.number, kept.union, kept.union_path) == (kept.pk, "12351-0007", district, district.path)
    assert (kept.outcome, kept.handed_on, kept.handed_by) == ("open_enquiry", localdate(), reviewer)
    assert (kept.due_on, kept.handed_text, kept.outcome_text) == (localdate() + 7 * DAY, "请三日内联系", "")
    assert (kept.version, kept.history.first().history_user) == (2, reviewer)
    row = AuditEntry.objects.get(action="moved")
    assert (row.union_path, row.detail) == (district.path, {"act": "下派"})
    for user, seen in ((reviewer, True), (clerk, True), (foreign_clerk, False)):
        assert Enquiry.objects.visible_to(user).exists() is seen
    page = client_of(clerk).get(f"/enquiries/{kept.pk}/").content.decode()
    assert "请三日内联系" in page
    assert client_of(foreign_clerk).get(f"/enquiries/{kept.pk}/").status_code == 404


def test_the_unit_is_told_on_its_first_page_until_when(city, district, reviewer, clerk):
    down(city_enquiry(city, number="12351-0008"), district, reviewer, days=9)
    first = down(city_enquiry(city, number="12351-0009"), district, reviewer, days=2)
    (waiting,) = [each for each in waiting_for(clerk) if each.label == "市总下派的咨询"]
    assert (waiting.count, waiting.urgent) == (2, True)
    told = waiting.todo.first.told(waiting.longest)
    assert told.words == f"12351-0009，{localdate() + 2 * DAY} 前办结"
    assert told.url == f"/enquiries/{first.pk}/"


@pytest.mark.parametrize(
    ("to", "days", "field", "reason"),
    [
        ("310000", 7, "to", "请选择办理的区县、局、产业工会或其下级工会。"),
        ("310001", -1, "due_on", "请填写办理期限，不早于今天。"),
    ],
)
def test_where_and_until_when_must_be_possible(client_of, city, district, reviewer, to, days, field, reason):
    of = city_enquiry(city)
    typed = {"to": to, "due_on": (localdate() + days * DAY).isoformat()}
    answer = send(client_of(reviewer), f"/enquiries/hotline/{of.pk}/hand_down/", **typed)
    assert errors(answer) == {field: [reason]}
    assert Enquiry.objects.get().union == city


def test_number_that_the_unit_has_is_told(city, district, reviewer):
    enquiry(district, number="12351-0007")
    with pytest.raises(ValidationError) as refused:
        down(city_enquiry(city, number="12351-0007"), district, reviewer)
    assert refused.value.message_dict == {"to": ["“东湖区总工会”已有编号为 12351-0007 的咨询，请核对是否同一件。"]}


def test_what_is_not_the_units_goes_back_with_the_reason(client_of, city, district, reviewer, clerk):
    handed = down(city_enquiry(city), district, reviewer)
    answer = send(client_of(clerk), f"/enquiries/{handed.pk}/send_back/", words="户籍在西山区")
    assert (answer.status_code, answer.url) == (302, "/enquiries/")
    back = Enquiry.objects.get()
    assert (back.union, back.outcome, back.returned_by, back.returned_text) == (
        city,
        "to_hand_down",
        district,
        "户籍在西山区",
    )
    assert (back.handed_on, back.handed_by, back.due_on) == (None, None, None)
    assert not Enquiry.objects.visible_to(clerk).exists()
    assert "户籍在西山区" in client_of(reviewer).get(f"/enquiries/{back.pk}/").content.decode()
    assert not [each for each in waiting_for(clerk) if each.label == "市总下派的咨询"]
    again = down(back, district, reviewer)
    assert (again.returned_by, again.returned_text) == (None, "")


def test_unit_does_not_pass_the_citys_on_to_another(city, district, foreign_district, reviewer, clerk):
    handed = down(city_enquiry(city), district, reviewer)
    with pytest.raises(ValidationError) as refused:
        move_enquiry(handed, "refer", by=By(clerk), told=Told("不在本区", to=foreign_district))
    assert list(refused.value.message_dict) == ["to"]
    assert Enquiry.objects.count() == 1


def test_only_the_citys_come_back_to_it(district, clerk, reviewer):
    of = enquiry(district)
    for name, user in (("send_back", clerk), ("recall", reviewer)):
        with pytest.raises(MoveRefused, match="不是市总登记的咨询"):
            move_enquiry(of, name, by=By(user), told=Told("退回"))


def test_many_are_handed_down_at_once_or_none(client_of, city, district, reviewer):
    two = [city_enquiry(city, number=f"12351-{number}") for number in (1, 2)]
    own = enquiry(district, number="12351-2")
    page, ids = client_of(reviewer), [each.pk for each in two]
    shown = page.post(reverse("hotline_hand_down"), {"ids": [*ids, own.pk], "filters": ""})
    assert [each.number for each in shown.context["enquiries"]] == ["12351-1", "12351-2"]
    assert shown.context["others"] == 1
    typed = {"ids": ids, "filters": "", "sent": "1", "to": district.code, "due_on": str(localdate()), "words": ""}
    refused = page.post(reverse("hotline_hand_down"), typed)
    assert errors(refused) == {"to": ["“东湖区总工会”已有编号为 12351-2 的咨询，请核对是否同一件。"]}
    assert Enquiry.objects.to_hand_down().count() == 2
    own.delete()
    assert page.post(reverse("hotline_hand_down"), typed).status_code == 302
    assert [each.union for each in Enquiry.objects.all()] == [district, district]


def test_service_hands_down_all_or_none(city, district, reviewer, clerk):
    waiting, gone = city_enquiry(city), down(city_enquiry(city), district, reviewer)
    with pytest.raises(MoveRefused, match=f"{gone.number}：现在的状态是“待办理”，不能“下派”。"):
        hand_down_many([waiting, gone], by=By(reviewer), told=Told("", to=district, due_on=localdate()))
    assert Enquiry.objects.get(pk=waiting.pk).union == city


def test_who_is_late_stands_first(client_of, city, district, foreign_district, grassroots, reviewer, clerk):
    for to, is_late in ((foreign_district, False), (district, True), (grassroots, False)):
        handed = down(city_enquiry(city), to, reviewer, days=3)
        if is_late:
            late(handed)
    taken_back = down(city_enquiry(city), foreign_district, reviewer)
    move_enquiry(taken_back, "recall", by=By(reviewer), told=Told("收回重派"))
    found = [(each.union, each.handed, each.waiting, each.overdue, each.closed) for each in by_unit(reviewer)]
    assert found == [(district, 2, 2, 1, 0), (foreign_district, 1, 1, 0, 0)]
    assert [each.union for each in by_unit(clerk)] == [district]
    assert by_unit(reviewer)[0].earliest_due == localdate() - DAY
    page = client_of(reviewer)
    shown = page.get(reverse("hotline_units")).content.decode()
    assert f"/enquiries/?from_city=yes&union={district.code}&overdue=yes" in shown.replace("&amp;", "&")
    rows = page.get(f"/enquiries/?from_city=yes&union={district.code}&overdue=yes").context["table"].rows
    assert len(rows) == 1
    assert (todos.late_below(reviewer).count(), todos.to_hand_down(reviewer).count()) == (1, 1)


def test_term_of_the_city_goes_before_the_week(city, district, reviewer, clerk):
    soon = down(city_enquiry(city, received_on=localdate() - 30 * DAY), district, reviewer)
    assert not Enquiry.objects.overdue(localdate()).exists()
    late(soon)
    assert Enquiry.objects.overdue(localdate()).get() == soon


def test_answers_flow_back_to_the_list_and_to_the_hotline_once(client_of, city, district, reviewer, clerk):
    of = down(city_enquiry(city, "不写姓名", number="12351-0007"), district, reviewer)
    move_enquiry(of, "answer", by=By(clerk), told=Told("=已电话告知"))
    direct = city_enquiry(city, number="12351-0008")
    move_enquiry(direct, "reply", by=By(reviewer), told=Told("市总已答复"))
    move_enquiry(city_enquiry(city, number="12351-0009"), "discard", by=By(reviewer), told=Told("登错"))
    enquiry(district, outcome="answered", outcome_text="本单位自己的")
    page = client_of(reviewer)
    rows = page.get("/enquiries/?from_city=yes&open=no&told=yes").context["table"].rows
    assert {row[0].text for row in rows} == {"12351-0007", "12351-0008", "12351-0009"}
    assert page.post(reverse("hotline_answers")).status_code == 302
    assert tuple(Enquiry.objects.filter(told_on=localdate()).values_list("number", flat=True).order_by("number")) == (
        "12351-0007",
        "12351-0008",
    )
    file = page.get(reverse("hotline_answers_file", args=[localdate().isoformat()]))
    today = localdate().isoformat()
    assert b"".join(file.streaming_content).decode("utf-8-sig").splitlines() == [
        "工单编号,受理日期,承办单位,办理结果,办理说明,办结日期",
        f"12351-0007,2014-07-20,东湖区总工会,已答复,'=已电话告知,{today}",
        f"12351-0008,2014-07-20,示例市总工会,已答复,市总已答复,{today}",
    ]
    with pytest.raises(MoveRefused, match="没有等待回复热线的答复"):
        tell_hotline(by=By(reviewer))
    redone = move_enquiry(of, "redo", by=By(reviewer), told=Told("没有说清楚"))
    assert (redone.outcome, redone.told_on, redone.union) == ("open_enquiry", None, district)
    assert move_enquiry(direct, "redo", by=By(reviewer), told=Told("重派")).outcome == "to_hand_down"


@pytest.mark.parametrize("day", ["2026-13-01", "2026-01-02", "gestern"])
def test_day_without_a_file_is_not_found(client_of, reviewer, day):
    assert client_of(reviewer).get(reverse("hotline_answers_file", args=[day])).status_code == 404


def test_city_changes_what_no_unit_has(client_of, city, district, reviewer):
    of, page = city_enquiry(city), client_of(reviewer)
    assert send(page, reverse("hotline_edit", args=[of.pk]), name="曾改名").status_code == 302
    assert Enquiry.objects.get().name == "曾改名"
    down(of, district, reviewer)
    assert page.get(reverse("hotline_edit", args=[of.pk])).status_code == 403
    assert page.get(reverse("hotline_edit", args=[enquiry(district).pk])).status_code == 404


LIST = "12351 热线导出\n工单编号,受理时间,诉求类别,姓名,联系电话,来电内容\n{rows}"
ROWS = (
    "12351-1,2026-11-02,求职,曾一,13800000001,请推荐岗位\n12351-2,2026-11-03,困难求助,曾二,13800000002,孩子上学有困难\n"
)


def brought_in(page, rows: str = ROWS) -> ListUpload:
    assert upload(page, LIST.format(rows=rows).encode(), "12351.csv").status_code == 302
    sent = ListUpload.objects.latest("uploaded_at")
    go_on_from_columns(page, sent.pk)
    page.post(reverse("list_confirm", args=[sent.pk]))
    return sent


def test_list_of_the_hotline_waits_to_be_handed_down_and_comes_in_once(client_of, city, district, reviewer):
    enquiry(district, "曾一", number="12351-1")  # the unit's own of that number is another
    page = client_of(reviewer)
    sent = brought_in(page)
    assert sent.union == city
    made = Enquiry.objects.filter(from_city=True).order_by("number")
    assert [(each.number, each.union, each.outcome, each.name) for each in made] == [
        ("12351-1", city, "to_hand_down", "曾一"),
        ("12351-2", city, "to_hand_down", "曾二"),
    ]
    assert page.get(reverse("list_check", args=[sent.pk])).status_code == 200
    down(made[1], district, reviewer)
    brought_in(page)
    assert made.count() == 2
    assert Enquiry.objects.get(number="12351-2").union == district


NAMED = "12351 热线导出\n工单编号,受理时间,诉求类别,姓名,联系电话,来电内容,承办单位\n{rows}"
NAMED_ROWS = (
    "12351-1,2026-11-02,求职,曾一,13800000001,请推荐岗位,东湖区\n"
    "12351-2,2026-11-03,困难求助,曾二,13800000002,孩子上学有困难,310002\n"
    "12351-3,2026-11-03,困难求助,曾三,13800000003,孩子上学有困难,\n"
    "12351-4,2026-11-03,困难求助,曾四,13800000004,孩子上学有困难,不知道的区总工会\n"
    "12351-5,2026-11-03,困难求助,曾五,13800000005,孩子上学有困难,示例市总工会\n"
)


@pytest.fixture
def named(client_of, reviewer, district, foreign_district) -> list[Enquiry]:
    assert (district.name, foreign_district.code) == ("东湖区总工会", "310002")
    page = client_of(reviewer)
    assert upload(page, NAMED.format(rows=NAMED_ROWS).encode(), "12351.csv").status_code == 302
    sent = ListUpload.objects.latest("uploaded_at")
    go_on_from_columns(page, sent.pk)
    page.post(reverse("list_confirm", args=[sent.pk]))
    return list(Enquiry.objects.order_by("number"))


def test_list_of_the_hotline_says_whom_it_hands_each_to(city, district, foreign_district, named):
    assert [(each.number, each.union, each.outcome, each.meant_for) for each in named] == [
        ("12351-1", city, "to_hand_down", district),
        ("12351-2", city, "to_hand_down", foreign_district),
        ("12351-3", city, "to_hand_down", None),
    ]
    unknown = "本市没有名称或编码为“不知道的区总工会”的工会，请改填工会全称或编码，不确定的留空，下派时再选"
    reasons = [(6, unknown), (7, "市总自己办理的，不用填承办单位")]
    assert [
        (row.row, words in row.faults) for row, (_at, words) in zip(HeldRow.objects.all(), reasons, strict=True)
    ] == [(at, True) for at, _words in reasons]


def test_each_is_handed_down_to_the_unit_of_the_list_unless_one_is_chosen(
    client_of, reviewer, district, foreign_district, named
):
    first, second, unnamed = named
    page, ids = client_of(reviewer), [first.pk, second.pk]
    typed = {"filters": "", "sent": "1", "to": "", "due_on": str(localdate()), "words": ""}
    refused = page.post(reverse("hotline_hand_down"), typed | {"ids": [*ids, unnamed.pk]})
    assert list(errors(refused)) == ["to"]
    only = page.post(reverse("hotline_hand_down"), {"ids": [first.pk], "filters": ""})
    assert only.context["form"]["to"].value() == f"{district.code} 东湖区总工会"
    assert page.post(reverse("hotline_hand_down"), typed | {"ids": ids}).status_code == 302
    assert [each.union for each in Enquiry.objects.order_by("number")[:2]] == [district, foreign_district]
    back = move_enquiry(Enquiry.objects.get(pk=first.pk), "recall", by=By(reviewer), told=Told("收回"))
    assert back.proposed == district
    Enquiry.objects.filter(pk=first.pk).update(returned_by=district)
    assert Enquiry.objects.get(pk=first.pk).proposed is None


def test_city_sees_no_lists_of_the_units(client_of, reviewer, clerk, district):
    assert upload(client_of(clerk), LIST.format(rows=ROWS).encode(), "12351.csv").status_code == 302
    sent = ListUpload.objects.get()
    page = client_of(reviewer)
    assert page.get(reverse("list_columns", args=[sent.pk])).status_code == 404
    assert "12351.csv" not in page.get(reverse("list_upload")).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"from_city": False},
        {"handed_on": date(2026, 11, 2)},
        {"told_on": date(2026, 11, 2)},
        {"outcome": "open_enquiry", "handed_on": date(2026, 11, 2), "due_on": date(2026, 11, 1)},
    ],
)
def test_database_keeps_what_the_city_has(city, changes):
    of = city_enquiry(city)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=of.pk).update(**changes)


def test_unit_changes_nothing_of_what_the_city_took_in(client_of, clerk, city, district, reviewer):
    of = down(city_enquiry(city), district, reviewer)
    before = Enquiry.objects.values().get(pk=of.pk)
    for act in (edit_address(of), reverse("enquiry_move", args=[of.pk, "mistake"])):
        answer = client_of(clerk).post(act, {"number": "ZZ21", "words": "误登"})
        assert answer.status_code in (200, 403)
        assert "退回市总" in answer.text
    assert Enquiry.objects.values().get(pk=of.pk) == before


@pytest.mark.parametrize("number", ["139 0000 0077", "１３９００００００７７", "139—0000—0077"])
def test_file_for_the_hotline_has_no_number_of_a_person(client_of, clerk, city, district, reviewer, number):
    of = down(city_enquiry(city), district, reviewer)
    move_enquiry(of, "answer", by=By(clerk), told=Told(f"已联系本人 {number}，请到工会（021-63211939）办理"))
    tell_hotline(by=By(reviewer))
    file = client_of(reviewer).get(reverse("hotline_answers_file", args=[localdate()]))
    text = b"".join(file.streaming_content).decode()
    assert "已联系本人 （号码略）" in text
    assert "021-63211939" in text
    assert "77" not in text.partition("已联系本人")[2]
    assert "７７" not in text
