"""Aid cases in any state, notices and objections, for tests; written as they stand, without the services."""

import uuid
from datetime import date, timedelta

from django.utils.timezone import localdate

from aid.enums import CaseState, Policy, Stage
from aid.models import (
    CaseEvent,
    NoticeBoard,
    NoticedCase,
    NoticePhoto,
    Objection,
    ObjectionFile,
    PolicyAid,
    PublicNotice,
)
from portal.enums import Role
from portal.models import User
from tests.factories import UserFactory
from tests.reports import builders as make

YEAR = 2014
BLANK_STANDARDS = {stage.value: "" for stage in Stage}  # a form of standards that sets none
UNDECIDED = {
    "decided_on": None,
    "decision": "",
    "counted_stage": "",
    "counted_category": "",
}


def case(union, status: str = "draft", **fields):
    """A case in `status`; undecided unless it is approved, followed up or closed. One under way has its policies."""
    if status in ("approved", "followed_up", "closed"):
        return make.case(union, status=status, **fields)
    values = UNDECIDED | ({"decided_on": date(YEAR, 3, 1), "decision": "rejected"} if status == "rejected" else {})
    of = make.case(union, status=status, **values | {"category": "", **fields})
    return answered(of) if status in ("submitted", "checked", "on_notice") else of


def checked(union, by: User | None = None, comment: str = "", **fields):
    """A case that somebody who approves has passed in 初审, with the move."""
    of = case(union, "checked", **fields)
    passed_by = by or UserFactory(role=Role.LEAD, union=union)
    CaseEvent.objects.create(case=of, move="check", state="checked", actor=passed_by, comment=comment)
    return of


def answered(of):
    """All policies answered: none applies."""
    rows = [PolicyAid(case=of, policy=policy, outcome="not_applicable") for policy in Policy]
    for row in rows:
        row.place_with(of)
    PolicyAid.objects.bulk_create(rows, ignore_conflicts=True)
    return of


def somebody(union) -> User:
    return UserFactory(role=Role.CLERK, union=union)


def notice(
    union, *cases, first: date | None = None, last: date | None = None, photo: bool = True, **fields
) -> PublicNotice:
    """A notice of ten days that ended yesterday, unless other days are given, with `cases` on it and its `photo`."""
    last = last or localdate() - timedelta(days=1)
    first = first or last - timedelta(days=13)
    values = {"number": make.number("G"), "kind": "employer", "place": "厂门口公告栏", "telephone": "63211939"}
    made = PublicNotice(first_day=first, last_day=last, posted_by=somebody(union), key=uuid.uuid4(), **values | fields)
    made.place_in(union)
    made.skip_history_when_saving = True
    made.save()
    for of in cases:
        type(of).objects.filter(pk=of.pk).update(
            status=CaseState.ON_NOTICE, notice_from=first, notice_to=last, notice_place=made.place
        )
        of.refresh_from_db()
        shown = NoticedCase(notice=made, case=of)
        shown.place_with(made)
        shown.save()
    NoticeBoard.objects.get_or_create(union=union, defaults={"union_path": union.path})
    if photo:
        photo_of(made)
    return made


def photo_of(of: PublicNotice) -> NoticePhoto:
    made = NoticePhoto(notice=of, file_name="a.jpg", content_type="image/jpeg", content=b"jpeg", digest="0" * 64)
    made.uploaded_by = of.posted_by
    made.place_with(of)
    made.save()
    return made


def on_notice(union, **days):
    """A case on a notice of its own, over unless `first` and `last` say otherwise."""
    of = case(union, "submitted")
    notice(union, of, **days)
    return of


def noticed(of) -> NoticedCase:
    return NoticedCase.objects.select_related("notice", "case").get(case=of, taken_off=False)


def objection(of, text: str = "收入与实际不符", **fields) -> Objection:
    made = Objection(noticed=noticed(of), raised_on=localdate(), text=text, recorded_by=somebody(of.union), **fields)
    made.place_with(of)
    made.save()
    return made


def objection_file(of) -> ObjectionFile:
    made = ObjectionFile(
        objection=objection(of), file_name="信.pdf", content_type="application/pdf", content=b"%PDF-", digest="0" * 64
    )
    made.place_with(of)
    made.save()
    return made


def versioned(of):
    """The case with the version that a service would have written: by it the child is known where the case is."""
    of.history.bulk_history_create([of])
    return of
