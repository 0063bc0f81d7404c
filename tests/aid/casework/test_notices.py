"""Public notices: posting, days, the sheet and what must not be on it, objections, the public page."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from aid.casework import notices
from aid.casework.notices import Details, NothingPosted, attach_photo, post_notice, proposed_last_day, take_down
from aid.casework.objections import Paper, raise_objection
from aid.enums import CaseState, NoticeColumn
from aid.models import CaseEvent, NoticeBoard, NoticedCase, NoticePhoto, Objection, PublicNotice
from aid.notice_columns import kept
from aid.printouts.notice import mask_one, notice_sheet
from portal.audit import By
from portal.calendar.holidays import fill_calendar
from portal.enums import AuditAction
from portal.models import AuditEntry, Campaign, HolidayYear, WorkdayException
from portal.workflow import MoveRefused
from tests import builders
from tests.aid import cases as casework
from tests.papers import JPEG, PDF
from tests.printing import docx_text, heads_of, lines_of, pdf_pages, squeezed


@pytest.fixture(autouse=True)
def official(db):
    fill_calendar(HolidayYear, WorkdayException)


def details(first: date | None = None, last: date | None = None, **changes) -> Details:
    first = first or localdate() + timedelta(days=1)
    values = {"kind": "community", "place": "东湖路居委会公告栏", "telephone": "021-63211939"}
    return Details(first_day=first, last_day=last or proposed_last_day(first, 5), **values | changes)


def test_posting_moves_the_checked_and_tells_of_the_others(district, clerk):
    cases = [casework.case(district, "checked") for _turn in range(2)]
    draft = casework.case(district)
    key, given = uuid.uuid4(), details()
    notice, outcomes = post_notice([of.pk for of in (*cases, draft)], given, by=By(clerk), key=key)
    assert {outcome.case.number: outcome.is_done for outcome in outcomes} == {
        cases[0].number: True, cases[1].number: True, draft.number: False,
    }  # fmt: skip
    for of in cases:
        of.refresh_from_db()
        assert (of.status, of.notice_from, of.notice_to) == ("on_notice", given.first_day, given.last_day)
        assert of.notice_place == "东湖路居委会公告栏"
    assert (notice.union, notice.posted_by) == (district, clerk)
    assert NoticeBoard.objects.get().union == district
    again, repeated = post_notice([of.pk for of in cases], given, by=By(clerk), key=key)
    assert (again, len(repeated)) == (notice, 2)
    assert PublicNotice.objects.count() == 1
    assert CaseEvent.objects.count() == NoticedCase.objects.count() == 2


def test_nothing_to_post_leaves_nothing_behind(district, clerk):
    with pytest.raises(NothingPosted):
        post_notice([casework.case(district).pk], details(), by=By(clerk), key=uuid.uuid4())
    assert not PublicNotice.objects.exists()
    assert not NoticeBoard.objects.exists()


def test_a_notice_needs_the_working_days_of_its_campaign(district, clerk):
    of = casework.case(district, "checked")
    Campaign.objects.filter(pk=of.campaign_id).update(notice_days=7)
    first = localdate() + timedelta(days=1)
    short = proposed_last_day(first, 6)
    with pytest.raises(ValidationError, match="只有 6 个工作日，至少要 7 个"):
        post_notice([of.pk], details(first, short), by=By(clerk), key=uuid.uuid4())
    yesterday = localdate() - timedelta(days=1)
    with pytest.raises(ValidationError, match="不能早于今天"):
        post_notice([of.pk], details(yesterday, first + timedelta(days=30)), by=By(clerk), key=uuid.uuid4())
    with pytest.raises(ValidationError, match="超过 180 天，请核对年份和月份"):
        post_notice([of.pk], details(first, first + timedelta(days=181)), by=By(clerk), key=uuid.uuid4())
    with pytest.raises(ValidationError) as refused:
        post_notice([of.pk], details(place=" ", telephone="12"), by=By(clerk), key=uuid.uuid4())
    assert {"place", "telephone"} <= set(refused.value.error_dict)
    of.refresh_from_db()
    assert of.status == CaseState.CHECKED


def test_days_of_2014_go_by_the_real_make_up_days(district, clerk, monkeypatch):
    """On 30 April 2014: 7 May is the fifth working day (Sunday 4 May is worked); 6 May is not enough."""
    monkeypatch.setattr(notices, "localdate", lambda: date(2014, 4, 30))
    of = casework.case(district, "checked")
    with pytest.raises(ValidationError, match=r"只有 4 个工作日.*2014-05-07"):
        post_notice([of.pk], details(date(2014, 4, 30), date(2014, 5, 6)), by=By(clerk), key=uuid.uuid4())
    notice, _outcomes = post_notice(
        [of.pk], details(date(2014, 4, 30), date(2014, 5, 7)), by=By(clerk), key=uuid.uuid4()
    )
    assert notice.last_day == date(2014, 5, 7)


@pytest.fixture
def family(district):
    """A case with everything that must not be shown."""
    home = builders.household(district, "欧阳建国", employer="示例纺织厂")
    child = builders.child(district, "欧阳小丽", household=home, school="秘密中学")
    of = casework.case(district, "submitted", child=child, standard=3000, sponsor="秘密出资方")
    return home, child, of


def running(union, *cases, **fields) -> PublicNotice:
    return casework.notice(union, *cases, first=localdate(), last=localdate() + timedelta(days=8), **fields)


def forbidden(home, child) -> list[str]:
    birth = child.person.birth_date
    return [
        child.name, home.worker_name, child.person.id_number, home.worker.id_number, builders.CARD,
        builders.CARD[-4:], builders.TELEPHONE, builders.ADDRESS, builders.CAUSE, str(birth),
        f"{birth.year}年{birth.month}月{birth.day}日", "秘密", home.number,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_the_sheet_shows_masked_names_and_nothing_else_of_the_family(client_of, clerk, family, kind, request, tmp_path):
    home, child, of = family
    notice = running(of.union, of)
    answer = client_of(clerk).get(
        reverse("publicnotice_print", args=[notice.pk]), {"as": kind} if kind != "html" else {}
    )
    if kind == "pdf":
        request.getfixturevalue("printer")
        plain = "".join(pdf_pages(answer.content, tmp_path))
    else:
        plain = docx_text(answer.content) if kind == "docx" else squeezed(answer.text)
    for word in ("欧阳*国", "示例纺织厂", "高中", "3,000.00", "63211939", "厂门口公告栏"):
        assert word in plain
    assert [word for word in forbidden(home, child) if word in plain] == []


def test_the_campaign_chooses_what_stands_on_the_sheet(district, family):
    notice = running(district, family[2])
    titles = ["序号", "职工姓名", "工作单位", "职工类别", "子女学段", "帮扶标准（元）"]
    assert heads_of(notice_sheet(notice)) == titles
    Campaign.objects.update(notice_columns=kept(NoticeColumn))
    everything = notice_sheet(PublicNotice.objects.get())
    assert heads_of(everything) == ["序号", *(str(column.label) for column in NoticeColumn)]
    told = ("1", "欧阳*国", "示例纺织厂", "困难职工", "低保户", "欧阳*丽", "高中", "新纳入", "东湖区总工会", "3,000.00")
    assert lines_of(everything) == [told]
    Campaign.objects.update(notice_columns=kept([NoticeColumn.STANDARD]))
    assert lines_of(notice_sheet(PublicNotice.objects.get())) == [("1", "3,000.00")]


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("", ""),
        ("张", "*"),
        ("张三", "张*"),
        ("王小明", "王*明"),
        ("欧阳小明", "欧阳*明"),
        ("买买提·艾力", "买买*·艾力"),
        ("艾·买提", "艾·*提"),
    ],
)
def test_one_character_of_a_name_is_masked_and_never_the_dot_alone(name, masked):
    assert mask_one(name) == masked


def test_the_files_are_handed_out_in_scope_and_logged(client_of, lead, foreign_clerk, district, family):
    notice = running(district, family[2])
    for kind in ("docx", "pdf"):
        address = f"{reverse('publicnotice_print', args=[notice.pk])}?as={kind}"
        assert client_of(lead).get(address).status_code == 200
        assert client_of(foreign_clerk).get(address).status_code == 404
    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED).count() == 2


def test_public_page_is_open_masked_not_indexed_and_without_cookies(district, family):
    home, child, of = family
    running(district, of)
    board = NoticeBoard.objects.get(union=district)
    response = Client().get(reverse("notice_board", args=[board.token]))
    page = response.content.decode()
    assert response.status_code == 200
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies
    assert "欧阳*国" in page
    assert [word for word in forbidden(home, child) if word in page] == []
    assert len(board.token) >= 32
    assert 'href="/' not in page.replace('href="/static/', "")
    assert "form-code" not in page  # whoever reads it has the address


def test_public_page_is_gone_before_after_and_when_nothing_is_left_on_it(district, family, lead):
    *_family, of = family
    notice = running(district, of)
    address = reverse("notice_board", args=[NoticeBoard.objects.get().token])
    today = localdate()
    for first, last, code in [
        (today, today, 200),
        (today - timedelta(days=9), today - timedelta(days=1), 404),
        (today + timedelta(days=1), today + timedelta(days=9), 404),
    ]:
        PublicNotice.objects.filter(pk=notice.pk).update(first_day=first, last_day=last)
        assert Client().get(address).status_code == code, (first, last)
    PublicNotice.objects.filter(pk=notice.pk).update(first_day=today, last_day=today)
    NoticedCase.objects.update(taken_off=True)
    assert Client().get(address).status_code == 404
    assert Client().get(reverse("notice_board", args=["x" * 32])).status_code == 404


def test_another_unions_notice_is_not_on_the_board(district, grassroots, family):
    running(district, family[2])
    other = casework.case(grassroots, "submitted", child=builders.child(grassroots, "司马小华"))
    running(grassroots, other)
    page = Client().get(reverse("notice_board", args=[NoticeBoard.objects.get(union=district).token]))
    assert "司" not in page.content.decode()


def test_a_photo_is_told_by_its_content_and_kept_encrypted(district, clerk, lead):
    notice = running(district, casework.case(district, "submitted"))
    with pytest.raises(ValidationError):
        attach_photo(notice, name="a.jpg", content=b"<html>", by=By(clerk))
    with pytest.raises(MoveRefused):
        attach_photo(notice, name="a.jpg", content=JPEG, by=By(lead))
    for _twice in range(2):
        attach_photo(notice, name="a.jpg", content=JPEG, by=By(clerk))
    assert bytes(NoticePhoto.objects.get().content) == JPEG
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM aid_noticephoto")
        assert JPEG not in bytes(cursor.fetchone()[0])


def test_photo_page(client_of, clerk, district):
    notice = running(district, casework.case(district, "submitted"))
    address, client = reverse("publicnotice_photo", args=[notice.pk]), client_of(clerk)
    client.post(address, {"photo": SimpleUploadedFile("sheet.jpg", JPEG)})
    response = client.get(address)
    assert (response.content, response["Content-Type"]) == (JPEG, "image/jpeg")
    assert "attachment" in response["Content-Disposition"]


def test_a_sheet_is_taken_down_after_the_last_day_only(district, clerk):
    of = casework.case(district, "submitted")
    notice = running(district, of)
    with pytest.raises(MoveRefused, match="还不能撤下"):
        take_down(notice, by=By(clerk))
    over = casework.notice(district, casework.case(district, "submitted"))
    for _twice in range(2):
        assert take_down(over, by=By(clerk)).status == "taken_down"
    assert AuditEntry.objects.filter(action=AuditAction.MOVED).count() == 1


def test_an_objection_keeps_its_text_and_papers_encrypted(district, clerk):
    of = casework.on_notice(district)
    papers = [Paper("信.pdf", PDF), Paper("再次.pdf", PDF)]
    objection = raise_objection(
        casework.noticed(of), raised_on=localdate(), text="其家有两套住房", raised_by="周某某", by=By(clerk),
        papers=papers
    )  # fmt: skip
    assert [bytes(file.content) for file in objection.files.all()] == [PDF]
    with connection.cursor() as cursor:
        cursor.execute("SELECT raised_by, text FROM aid_objection")
        assert all("某" not in str(value) and "住房" not in str(value) for value in cursor.fetchone())
    assert "两套住房" not in str(list(AuditEntry.objects.values_list("subject", "detail")))
    with pytest.raises(ValidationError, match=r"x\.exe"):
        raise_objection(
            casework.noticed(of), raised_on=localdate(), text="x", by=By(clerk), papers=[Paper("x.exe", b"MZ")]
        )
    with pytest.raises(ValidationError, match="提出日期"):
        raise_objection(casework.noticed(of), raised_on=localdate() + timedelta(days=1), text="x", by=By(clerk))
    assert Objection.objects.count() == 1


def test_objection_pages_from_recording_to_decision(client_of, clerk, lead, district):
    of = casework.on_notice(district)
    shown = casework.noticed(of)
    form = {"raised_on": localdate().isoformat(), "raised_by": "周大伟", "text": "其家有两套住房"}
    files = {"files": [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.png", b"no picture")]}
    response = client_of(clerk).post(reverse("objection_create", args=[shown.pk]), form | files)
    assert "b.png" in response.content.decode()
    assert "其家有两套住房" in response.content.decode()
    assert not Objection.objects.exists()
    client_of(clerk).post(reverse("objection_create", args=[shown.pk]), form)
    objection = Objection.objects.get()
    address = reverse("objection_show", args=[objection.pk])
    page = client_of(lead).get(address).content.decode()
    assert "周**" in page
    assert "周大伟" not in page
    client_of(lead).post(address, {"outcome": "upheld", "answer": ""})
    assert not Objection.objects.get().outcome
    ruling = {"outcome": "upheld", "answer": "经查属实"}
    asked = client_of(lead).post(address, ruling).text
    assert "这份申请不能审批通过，只能退回修改或审批不通过" in asked
    assert not Objection.objects.get().outcome
    client_of(lead).post(address, ruling | {"step": "confirmed"})
    objection.refresh_from_db()
    assert (objection.outcome, objection.decided_by, objection.answer) == ("upheld", lead, "经查属实")


@pytest.fixture
def tomorrows(district):
    """A notice that begins tomorrow, with one case."""
    first = localdate() + timedelta(days=1)
    return casework.notice(district, casework.case(district, "submitted"), first=first, last=first + timedelta(days=9))


def listed_by_status(client) -> dict[str, list]:
    url, asked = reverse("publicnotice_list"), ("waiting", "posted", "over", "taken_down")
    return {status: list(client.get(url, {"status": status}).context["listing"].page.records) for status in asked}


def test_notice_waits_until_its_first_day(client_of, clerk, district, tomorrows):
    over, today = casework.notice(district), running(district, casework.case(district, "submitted"))
    gone = casework.notice(
        district, status="taken_down", first=localdate() + timedelta(days=1), last=tomorrows.last_day
    )
    words = [notice.standing for notice in (tomorrows, over, today, gone)]
    assert words == ["待公示", "期满未撤下", "公示期内", "已撤下"]
    client = client_of(clerk)
    found = listed_by_status(client)
    assert found["waiting"] == [tomorrows]
    assert found["posted"] == [today]
    assert found["over"] == [over]
    assert found["taken_down"] == [gone]
    page = client.get(reverse("publicnotice_detail", args=[tomorrows.pk])).text
    assert ("<dd>待公示</dd>" in page, "<dd>公示期内</dd>" in page) == (True, False)


def test_nobody_objects_before_the_first_day(client_of, clerk, tomorrows):
    shown, client = tomorrows.noticed.get(), client_of(clerk)
    words = f"公示从 {tomorrows.first_day} 开始，开始后才能登记异议。"
    assert "登记异议" not in client.get(reverse("publicnotice_detail", args=[tomorrows.pk])).text
    address = reverse("objection_create", args=[shown.pk])
    assert words in client.get(address, follow=True).text
    refused = client.post(address, {"raised_on": localdate().isoformat(), "text": "收入不实"})
    assert refused.context["form"].non_field_errors() == [words]
    PublicNotice.objects.update(first_day=localdate())
    assert "登记异议" in client.get(reverse("publicnotice_detail", args=[tomorrows.pk])).text
    assert client.get(address).status_code == 200
    assert client.post(address, {"raised_on": localdate().isoformat(), "text": "收入不实"}).status_code == 302
    assert Objection.objects.count() == 1


def test_pages_cost_the_same_queries_for_one_case_and_for_three(
    client_of, lead, district, django_assert_max_num_queries, django_assert_num_queries
):
    notice = running(district, casework.case(district, "submitted"))
    client = client_of(lead)
    addresses = [reverse("publicnotice_detail", args=[notice.pk]), reverse("publicnotice_print", args=[notice.pk])]
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(60) as first:
            client.get(address)
        for of in (casework.case(district, "submitted"), casework.case(district, "submitted")):
            row = NoticedCase(notice=notice, case=of)
            row.place_with(notice)
            row.save()
        with django_assert_num_queries(len(first.captured_queries)):
            client.get(address)
        NoticedCase.objects.filter(notice=notice).exclude(case__status="on_notice").delete()


def test_case_of_a_year_without_calendar_says_so(client_of, lead, district):
    HolidayYear.objects.filter(year=localdate().year).delete()
    notice = running(district, casework.case(district, "submitted"))
    page = client_of(lead).get(reverse("publicnotice_detail", args=[notice.pk])).content.decode()
    assert "尚未录入" in page
