"""Public notices 公示: posting one, its photo, taking it down; who objects and what is decided (domain.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.casework.batches import RowOutcome, lock_unit_of, outcomes_of, run_batch
from aid.casework.moving import Posted, Why
from aid.enums import CaseState, NoticeKind, NoticeState
from aid.models import AidCase, NoticeBoard, NoticedCase, NoticePhoto, PublicNotice
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.calendar.work_calendar import work_calendar
from portal.documents.file_kinds import LARGEST_SCAN, PICTURES
from portal.enums import AuditAction
from portal.identity import IdentityError, parse_telephone
from portal.keeping import attach, keep, keep_along, keep_many
from portal.models import Campaign, User
from portal.records.editing import lock_unit
from portal.workbook.numbers import next_number
from portal.workflow import MoveRefused

PREFIX = "G"
LONGEST_NOTICE = timedelta(days=180)  # longer is a slip of the pen: no case on it could be approved that year


class NothingPosted(Exception):  # noqa: N818  named after what happened
    """No case could be put on the notice, so there is none; `outcomes` say why."""

    def __init__(self, outcomes: list[RowOutcome]):
        super().__init__(outcomes)
        self.outcomes = outcomes


@dataclass(frozen=True)
class Details:
    """Where a notice hangs, how long, and where objections are taken."""

    kind: NoticeKind
    place: str
    first_day: date
    last_day: date
    telephone: str


def days_asked(cases: Iterable[int]) -> int:
    """The working days that the campaigns of these cases ask for: the most of them."""
    days = Campaign.objects.filter(cases__in=set(cases)).values_list("notice_days", flat=True)
    return max(days, default=Campaign._meta.get_field("notice_days").default)


def proposed_last_day(first: date, days: int) -> date:
    """The last day of a notice of `days` working days that begins on `first`."""
    return work_calendar().last_day(first, days)


@transaction.atomic
def post_notice(
    pks: Iterable[int], details: Details, *, by: By, key: UUID, batch: UUID | None = None
) -> tuple[PublicNotice, list[RowOutcome]]:
    """Put cases on a notice; rows that cannot be, say for want of a check, are left out and told.

    Locks the 填报单位. Writes the notice, its cases, the union's board if it has none, and what each move writes.
    Sent again with the same `key` it acts once; `batch` is the key of the press where one posts several. Raises
    ValidationError for cases of two campaigns, days that are too few, past or out of order, a missing place or
    telephone; NothingPosted, with nothing written, if no case is left.
    """
    pks = set(pks)
    unit = lock_unit_of(by.actor)
    if before := PublicNotice.objects.filter(key=key, posted_by=by.actor).first():
        return before, outcomes_of(key)
    _check_of_one_campaign(pks, by.actor)
    telephone = _checked(details, days_asked(pks))
    notice = PublicNotice(
        number=next_number(PublicNotice, unit=unit, prefix=PREFIX),
        kind=details.kind,
        place=details.place.strip(),
        first_day=details.first_day,
        last_day=details.last_day,
        telephone=telephone,
        posted_by=by.actor,
        key=key,
    )
    notice.open_in(by.actor.union)
    notice.full_clean(exclude=["union", "posted_by"])
    keep_along(notice, by)
    posted = Posted(notice.first_day, notice.last_day, notice.place)
    outcomes = run_batch(pks, "put_on_notice", by=by, why=Why(batch=batch or key), posted=posted)
    cases = [outcome.case for outcome in outcomes if outcome.is_done]
    if not cases:
        raise NothingPosted(outcomes)
    _show(notice, cases)
    return notice, outcomes


def _check_of_one_campaign(pks: set[int], actor: User) -> None:
    """A sheet has the year of its campaign in the title, and asks for the days of that one."""
    cases = AidCase.objects.visible_to(actor).filter(pk__in=pks)
    years = sorted(set(cases.values_list("campaign__year", flat=True)))
    if len(years) > 1:
        words = _("所选申请属于 %(years)s 几个活动年度，不能公示在同一张公示单上，请按年度分别公示。")
        raise ValidationError(words % {"years": "、".join(map(str, years))})


def _show(notice: PublicNotice, cases: list[AidCase]) -> None:
    shown = [NoticedCase(notice=notice, case=case) for case in cases]
    for noticed in shown:
        noticed.place_with(notice)
    NoticedCase.objects.bulk_create(shown)
    board_of(notice.union)


def board_of(union) -> NoticeBoard:
    """The public page of `union`, made when it posts for the first time."""
    board, _created = NoticeBoard.objects.get_or_create(union=union, defaults={"union_path": union.path})
    return board


def _checked(details: Details, asked: int) -> str:
    """The telephone in its one form. Raises ValidationError by field."""
    wrong = {}
    if not details.place.strip():
        wrong["place"] = _("请填写公示地点。")
    try:
        telephone = parse_telephone(details.telephone)
    except IdentityError as error:
        wrong["telephone"], telephone = str(error), ""
    wrong |= _wrong_days(details.first_day, details.last_day, asked)
    if wrong:
        raise ValidationError(wrong)
    return telephone


def _wrong_days(first: date, last: date, asked: int) -> dict[str, str]:
    """What is wrong with the days of a new notice; nobody can have read it on a day that has passed."""
    if first < localdate():
        return {"first_day": _("公示开始日期不能早于今天。")}
    if last < first:
        return {"last_day": _("公示结束日期不能早于公示开始日期。")}
    if last - first > LONGEST_NOTICE:
        words = {"days": LONGEST_NOTICE.days, "last": last}
        return {"last_day": _("公示到 %(last)s，超过 %(days)d 天，请核对年份和月份。") % words}
    calendar = work_calendar()
    days = calendar.working_days(first, last)
    if days >= asked:
        return {}
    words = {"days": days, "asked": asked, "last": calendar.last_day(first, asked)}
    return {"last_day": _("只有 %(days)d 个工作日，至少要 %(asked)d 个工作日：最早公示到 %(last)s。") % words}


@transaction.atomic
def attach_photo(notice: PublicNotice, *, name: str, content: bytes, by: By) -> NoticePhoto:
    """Keep a photo of the posted sheet, encrypted, in place of an earlier one.

    Locks the 填报单位. Writes the photo and one audit row. Raises ValidationError for anything but a .jpg or .png,
    judged by its content, of at most 10 MB, and MoveRefused without the right to keep records.
    """
    _may_keep(by.actor)
    lock_unit(notice.union)
    kept = NoticePhoto.objects.filter(notice=notice).defer("content").first() or NoticePhoto(notice=notice)
    kept.uploaded_by = by.actor
    kept.open_with(notice)
    photo, _new = attach(kept, name, content, among=NoticePhoto.objects.none(), kinds=PICTURES, largest=LARGEST_SCAN)
    audit.record(AuditAction.RECORD_SAVED, by=by, about=notice, act=_("上传公示照片"), digest=photo.digest)
    return photo


def against_correcting_place(notice: PublicNotice) -> str:
    """Why the place of a notice stays as it is; '' while the sheet hangs or will."""
    if notice.status != NoticeState.POSTED or notice.is_over:
        return _("公示已结束，地点不能再更正。")
    return against_showing(notice)


def against_showing(notice: PublicNotice) -> str:
    """Why the sheet of a notice is not made any more; '' while a case is on it."""
    words = _("公示单 %(number)s 上的申请都已撤下，没有申请在公示，不用打印，也不用更正地点。")
    return words % {"number": notice.number} if notice.is_bare else ""


@transaction.atomic
def correct_place(notice: PublicNotice, place: str, *, by: By) -> PublicNotice:
    """Correct where a notice hangs, while it runs; the days stay as they are. The same place again changes nothing.

    Locks the 填报单位. Writes the notice and the cases on it, each with one version that says so, and one audit row.
    A photo taken before no longer counts: the sheet is printed again. Raises ValidationError for a missing place,
    MoveRefused when the notice is over or `by` keeps no records.
    """
    _may_keep(by.actor)
    lock_unit(notice.union)
    notice = PublicNotice.objects.select_for_update(of=("self",)).select_related("union").get(pk=notice.pk)
    if over := against_correcting_place(notice):
        raise MoveRefused(over)
    was, place = notice.place, place.strip()
    if not place:
        raise ValidationError({"place": _("请填写公示地点。")})
    if place == was:
        return notice
    change = str(_("更正公示地点"))
    notice.place, notice.place_corrected_at = place, timezone.now()
    _correct_cases(notice, by, change)
    keep(notice, by, change, action=AuditAction.RECORD_SAVED, before=was, after=place)
    return notice


def _correct_cases(notice: PublicNotice, by: By, change: str) -> None:
    shown = {"noticed__notice": notice, "noticed__taken_off": False}
    cases = list(AidCase.objects.select_for_update(of=("self",)).filter(**shown, status=CaseState.ON_NOTICE))
    for case in cases:
        case.notice_place = notice.place
    keep_many(cases, by.actor, change, fields=["notice_place"])


@transaction.atomic
def take_down(notice: PublicNotice, *, by: By) -> PublicNotice:
    """Record that the sheet no longer hangs. Taken down twice it is taken down once.

    Locks the 填报单位. Writes the notice, one version and one audit row. Raises MoveRefused before the last day has
    passed while a case on it is still on notice: such a case is taken off by itself.
    """
    _may_keep(by.actor)
    lock_unit(notice.union)
    notice = PublicNotice.objects.select_for_update(of=("self",)).select_related("union").get(pk=notice.pk)
    if notice.status == NoticeState.TAKEN_DOWN:
        return notice
    on_it = NoticedCase.objects.filter(notice=notice, taken_off=False, case__status=CaseState.ON_NOTICE)
    if not notice.is_over and on_it.exists():
        raise MoveRefused(
            _("公示到 %(last)s 为止，还不能撤下。如公示有误，请先把申请“撤下公示”。") % {"last": notice.last_day}
        )
    notice.status = NoticeState.TAKEN_DOWN
    keep(notice, by, _("撤下公示单"))
    return notice


def _may_keep(actor: User) -> None:
    if not can(actor, Permission.KEEP_RECORDS):
        raise MoveRefused(_("您的岗位不能登记和修改公示。"))
