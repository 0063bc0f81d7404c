"""What a notice and an objection are held to: one campaign, a place that can be corrected, a photo, a ruling."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from aid.casework.moving import Why, move_case
from aid.casework.notice_triggers import REFUSAL
from aid.casework.notices import Details, correct_place, post_notice
from aid.casework.objections import correct_ruling, decide_objection
from aid.models import AidCase, EarlierRuling, NoticedCase, NoticePhoto, Objection, PublicNotice
from aid.printouts.notice import notice_sheet
from portal.audit import By
from portal.calendar.holidays import fill_calendar
from portal.enums import AuditAction
from portal.models import AuditEntry, HolidayYear, WorkdayException
from portal.workflow import MoveRefused
from tests.aid import cases as casework
from tests.papers import JPEG
from tests.printing import texts_of


@pytest.fixture(autouse=True)
def official(db):
    fill_calendar(HolidayYear, WorkdayException)


def running(union, *cases, **fields) -> PublicNotice:
    return casework.notice(union, *cases, first=localdate(), last=localdate() + timedelta(days=8), **fields)


def test_cases_of_two_campaigns_do_not_share_a_notice(district, clerk):
    cases = [casework.case(district, "checked", year=year) for year in (2013, 2014, 2014)]
    days = {"first_day": localdate(), "last_day": localdate() + timedelta(days=30)}
    details = Details(kind="community", place="居委会公告栏", telephone="63211939", **days)
    with pytest.raises(ValidationError, match=r"2013、2014 几个活动年度.*请按年度分别公示"):
        post_notice([of.pk for of in cases], details, by=By(clerk), key=uuid.uuid4())
    assert not PublicNotice.objects.exists()
    _notice, outcomes = post_notice([of.pk for of in cases[1:]], details, by=By(clerk), key=uuid.uuid4())
    assert [outcome.is_done for outcome in outcomes] == [True, True]


def noticed(notice: PublicNotice, of: AidCase) -> NoticedCase:
    shown = NoticedCase(notice=notice, case=of)
    shown.place_with(notice)
    return shown


def past_the_service(change) -> None:
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        change()


def test_database_keeps_two_campaigns_off_one_notice_too(district):
    old, new, alone = (casework.case(district, "checked", year=year) for year in (2013, 2014, 2013))
    notice, another = running(district, old), running(district, alone)
    empty = running(district)
    past_the_service(noticed(notice, new).save)
    mixed = [casework.case(district, "checked", year=year) for year in (2013, 2014)]
    past_the_service(lambda: NoticedCase.objects.bulk_create([noticed(empty, of) for of in mixed]))
    later = casework.case(district, "checked", year=2013)
    noticed(notice, later).save()
    past_the_service(lambda: AidCase.objects.filter(pk=later.pk).update(campaign=new.campaign))
    AidCase.objects.filter(pk=alone.pk).update(campaign=new.campaign)  # by itself on its notice
    noticed(another, new).save()
    found = NoticedCase.objects.order_by("pk").values_list("notice", "case__campaign__year")
    assert list(found) == [(notice.pk, 2013), (another.pk, 2014), (notice.pk, 2013), (another.pk, 2014)]


def test_case_that_was_taken_off_keeps_no_other_campaign_away(district):
    old, new = (casework.case(district, "checked", year=year) for year in (2013, 2014))
    notice = running(district, old)
    NoticedCase.objects.update(taken_off=True)
    noticed(notice, new).save()
    past_the_service(lambda: NoticedCase.objects.filter(case=old).update(taken_off=False))


def test_triggers_of_the_notice_stand():
    """A migration that rebuilds one of the tables on SQLite drops them: it must make them again."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%one_campaign%'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE '%one_campaign%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        names = sorted(name for (name,) in cursor.fetchall())
    assert names == [
        "aid_aidcase_one_campaign_update",
        "aid_noticedcase_one_campaign_insert",
        "aid_noticedcase_one_campaign_update",
    ]


def test_place_is_corrected_while_the_notice_runs_and_what_stood_there_is_kept(district, clerk, lead):
    of, gone = (casework.case(district, "submitted") for _turn in range(2))
    notice = running(district, of, gone)
    move_case(gone, "return", by=By(lead), why=Why("incomplete"))
    correct_place(notice, " 东湖路居委会公告栏 ", by=By(clerk))
    for record in (notice, of, gone):
        record.refresh_from_db()
    assert (notice.place, notice.last_day, notice.version) == ("东湖路居委会公告栏", localdate() + timedelta(days=8), 2)
    assert (of.notice_place, of.version, gone.notice_place) == ("东湖路居委会公告栏", 2, "")
    assert [version.history_change_reason for version in (notice.history.first(), of.history.first())] == [
        "更正公示地点",
        "更正公示地点",
    ]
    assert "公示地点：东湖路居委会公告栏（职工所在单位）。" in texts_of(notice_sheet(notice))
    entry = AuditEntry.objects.get(action=AuditAction.RECORD_SAVED)
    assert (entry.detail["before"], entry.detail["after"]) == ("厂门口公告栏", "东湖路居委会公告栏")
    correct_place(notice, "东湖路居委会公告栏", by=By(clerk))
    assert AuditEntry.objects.filter(action=AuditAction.RECORD_SAVED).count() == 1


def test_place_stays_once_the_notice_is_over_and_is_never_empty(district, clerk, lead):
    with pytest.raises(MoveRefused, match="公示已结束"):
        correct_place(casework.notice(district, casework.case(district, "submitted")), "别处", by=By(clerk))
    notice = running(district, casework.case(district, "submitted"))
    with pytest.raises(ValidationError):
        correct_place(notice, " ", by=By(clerk))
    with pytest.raises(MoveRefused, match="岗位"):
        correct_place(notice, "别处", by=By(lead))
    assert not PublicNotice.objects.exclude(place="厂门口公告栏").exists()


def test_photo_of_the_wrong_place_shows_nothing(client_of, district, clerk):
    """A place corrected after the photo was taken: another is asked for until it is there."""
    of = casework.case(district, "submitted")
    notice, client = running(district, of), client_of(clerk)
    detail = reverse("publicnotice_detail", args=[notice.pk])
    assert "更正公示地点之前上传的" not in client.get(detail).text
    said = client.post(reverse("publicnotice_place", args=[notice.pk]), {"place": "居委会公告栏"}, follow=True).text
    assert "请重新打印、张贴，并上传新的照片" in said
    assert "更正公示地点之前上传的" in said
    assert list(PublicNotice.objects.without_photo()) == [notice]
    client.post(reverse("publicnotice_photo", args=[notice.pk]), {"photo": SimpleUploadedFile("b.jpg", JPEG)})
    assert "更正公示地点之前上传的" not in client.get(detail).text
    assert list(PublicNotice.objects.without_photo()) == []


def test_approval_asks_for_the_photo_or_a_reason(district, lead):
    unseen = [casework.case(district, "submitted") for _turn in range(2)]
    notice = casework.notice(district, *unseen, photo=False)
    with pytest.raises(MoveRefused, match="没有公示单张贴后的照片"):
        move_case(unseen[0], "approve", by=By(lead))
    assert move_case(unseen[0], "approve", by=By(lead), why=Why(comment="照片由街道保管")).status == "approved"
    assert unseen[0].events.get().comment == "照片由街道保管"
    casework.photo_of(notice)
    assert move_case(unseen[1], "approve", by=By(lead)).status == "approved"


def test_case_that_came_with_its_notice_dates_alone_has_no_photo_either(district, lead):
    of = casework.on_notice(district)
    NoticePhoto.objects.all().delete()
    of.noticed.all().delete()
    with pytest.raises(MoveRefused, match="没有公示单张贴后的照片"):
        move_case(of, "approve", by=By(lead))


def test_approving_page_and_batch_say_what_is_asked(client_of, district, lead):
    of, shown = casework.case(district, "submitted"), casework.on_notice(district)
    casework.notice(district, of, photo=False)
    client = client_of(lead)
    asked = "没有公示单张贴后的照片，请写明原因。"
    assert asked in client.get(reverse("case_move", args=[of.pk, "approve"])).text
    assert asked not in client.get(reverse("case_move", args=[shown.pk, "approve"])).text
    page = client.post(reverse("case_batch"), {"action": "approve", "ids": [of.pk, shown.pk]}).text
    assert "其中 1 条没有公示单张贴后的照片" in page


def test_ruling_is_corrected_until_the_case_is_acted_on(district, lead):
    of = casework.on_notice(district)
    objection = casework.objection(of)
    with pytest.raises(MoveRefused, match="还没有处理"):
        correct_ruling(objection, outcome="dismissed", answer="查无此事", by=By(lead))
    decide_objection(objection, outcome="upheld", answer="属实", by=By(lead))
    with pytest.raises(MoveRefused, match="只能退回或审批不通过"):
        move_case(of, "approve", by=By(lead))
    correct_ruling(objection, outcome="dismissed", answer="看错了门牌", by=By(lead))
    assert list(EarlierRuling.objects.values_list("outcome", "decided_by")) == [("upheld", lead.pk)]
    assert [earlier.answer for earlier in EarlierRuling.objects.all()] == ["属实"]
    objection.refresh_from_db()
    assert (objection.outcome, objection.answer) == ("dismissed", "看错了门牌")
    assert move_case(of, "approve", by=By(lead)).status == "approved"
    with pytest.raises(MoveRefused, match="不能再更正"):
        correct_ruling(objection, outcome="upheld", answer="属实", by=By(lead))


def test_ruling_is_corrected_in_the_browser_after_a_look(client_of, district, lead, clerk):
    objection = casework.objection(casework.on_notice(district))
    decide_objection(objection, outcome="upheld", answer="属实", by=By(lead))
    show, correct = (reverse(name, args=[objection.pk]) for name in ("objection_show", "objection_correct"))
    assert correct in client_of(lead).get(show).text
    assert correct not in client_of(clerk).get(show).text
    client, given = client_of(lead), {"outcome": "dismissed", "answer": "看错了门牌"}
    assert "异议不成立：这条异议不再妨碍审批。" in client.post(correct, given).text
    assert "看错了门牌" in client.post(correct, given | {"step": "again"}).text
    assert Objection.objects.get().outcome == "upheld"
    page = client.post(correct, given | {"step": "confirmed"}, follow=True).text
    assert Objection.objects.get().outcome == "dismissed"
    assert "更正前的处理" in page
    assert "属实" in page
