"""Handing a report in, and what the reviewer does with it: each one transaction, one move, one row of history."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction, WebhookEvent
from portal.kept.revisions import raise_units
from portal.models import Union, User
from portal.outside.telling import tell
from portal.workflow import MoveRefused
from reports.checks.registry import Finding
from reports.counting.stale import Stale, mark_of, stale_in_summary
from reports.enums import ReportState, ReturnReason
from reports.handed_in.files import freeze_files
from reports.handed_in.freezing import snapshot
from reports.models import Endorsement, FrozenFigure, FrozenRecords, Report, ReportEvent, ReturnedFigure, Submission
from reports.preparing.narrating import summary_for_submission
from reports.preparing.standing import Standing, standing
from reports.sealing.proving import seal
from reports.sealing.snapshot import short_code
from reports.workflow import REPORT_WORKFLOW


@dataclass(frozen=True)
class Returned:
    """One figure returned, with its coded reason."""

    slug: str
    reason: ReturnReason
    text: str = ""


@transaction.atomic
def submit_report(report: Report, *, by: By, seen: str = "") -> Submission:
    """Freeze the report of a unit and hand it in.

    `seen` is the mark of what no longer holds of its summary report, if anything, said to be known; it is frozen too.
    Locks the unit first, as every import and save of its records does, so that what is frozen is of one moment.
    Pressed twice it acts once: the second finds the report handed in. Writes the submission with its figures,
    records, files and seal, moves the report, adds a row to its history and one to the audit log.
    Raises MoveRefused with the reasons if the report cannot be handed in now, and Tampered if what was handed in before
    it is no longer as it was frozen.
    """
    Union.objects.select_for_update().get(pk=report.union_id)
    report = Report.objects.select_for_update(of=("self",)).select_related("campaign", "union").get(pk=report.pk)
    if not report.is_editable:
        state = report.get_state_display()
        raise MoveRefused(_("报表现在的状态是“%(state)s”，不能再次报送。") % {"state": state})
    _check_may_submit(report, by.actor)
    text = summary_for_submission(report, by=by)
    live = _check_ready(report)
    submission = _freeze(report, by.actor, live.soft, _known_stale(report, live, seen), text)
    report.submission = submission
    move = REPORT_WORKFLOW.apply(report, "submit", actor=by.actor, also=("submission",))
    raise_units([report.union_path])
    ReportEvent.objects.create(report=report, move=move.name, state=report.state, actor=by.actor, submission=submission)
    audit.record(AuditAction.SUBMITTED, by=by, about=report, code=submission.code)
    tell(WebhookEvent.SUBMITTED, report, number=submission.code, year=report.campaign.year, supplement=report.number)
    return submission


def _check_may_submit(report: Report, actor: User) -> None:
    """Refuse another unit's report, and who does not hand in."""
    if not can(actor, Permission.SUBMIT_REPORT):
        raise MoveRefused(_("您的岗位不能确认并报送报表。"))
    if actor.union_id != report.union_id:
        raise MoveRefused(_("报表只能由填报单位（%(union)s）自己报送。") % {"union": report.union})


def _check_ready(report: Report) -> Standing:
    """Refuse hard findings, and soft ones without a word (annexes.md, Checks)."""
    live = standing(report)
    if live.obstacles:
        raise MoveRefused(_("还不能报送：") + "\n".join(live.obstacles))
    return live


def _known_stale(report: Report, live: Standing, seen: str) -> list[Stale]:
    """What no longer holds of the summary report; refuses what was not seen as it is now."""
    outdated = stale_in_summary(report, live.rows)
    if mark_of(outdated) != seen and outdated:
        words = _("总结报告里的数字已与报表不同，请更新总结报告，或者勾选“仍按此报送”：%(figures)s。")
        named = "；".join(f"{each.figure} {each.then} → {each.now}" for each in outdated)
        raise MoveRefused(words % {"figures": named})
    return outdated


def _freeze(
    report: Report, actor: User, soft: Iterable[Finding], outdated: Iterable[Stale], text: dict | None
) -> Submission:
    frozen = snapshot(report, soft, outdated, text)
    digest = frozen.digest
    number = report.submissions.count() + 1
    submission = Submission(
        report=report,
        number=number,
        submitted_at=timezone.now(),
        submitted_by=actor,
        cut_off=datetime.date.fromisoformat(frozen.content["cut_off"]),
        content=frozen.content,
        digest=digest,
        code=short_code(digest),
    )
    submission.place_in(report.union)
    submission.save()
    FrozenFigure.objects.bulk_create(frozen.figures(submission))
    FrozenRecords.objects.bulk_create(frozen.lists(submission))
    freeze_files(submission)
    seal(submission, frozen)
    return submission


@transaction.atomic
def start_review(report: Report, *, by: By) -> None:
    """The reviewer takes the report up; the unit sees that it is being looked at."""
    _move(report, "start_review", actor=by.actor)


@transaction.atomic
def return_report(report: Report, *, figures: Iterable[Returned], comment: str, by: By) -> ReportEvent:
    """Give the report back with a reason for each figure; a comment is required.

    Writes the move, its history with the figures, and an audit row. Raises MoveRefused.
    """
    event = _move(report, "return", actor=by.actor, comment=comment)
    ReturnedFigure.objects.bulk_create(
        ReturnedFigure(event=event, slug=figure.slug, reason=figure.reason, text=figure.text) for figure in figures
    )
    audit.record(AuditAction.RETURNED, by=by, about=report)
    return event


@transaction.atomic
def endorse_report(report: Report, *, by: By) -> Endorsement:
    """The first of two reviewers agrees to accept what was handed in; the second, somebody else, accepts.

    Pressed twice it acts once. Writes the endorsement of this submission (a new one needs a new word), the move with
    its history, and one audit row. Raises MoveRefused.
    """
    _lock(report)
    given = Endorsement.objects.filter(submission=report.submission_id, reviewer=by.actor).first()
    if given and report.state == ReportState.UNDER_REVIEW:
        return given
    _move(report, "endorse", actor=by.actor)
    given = Endorsement.objects.create(submission_id=report.submission_id, reviewer=by.actor)
    audit.record(AuditAction.ENDORSED, by=by, about=report)
    return given


@transaction.atomic
def accept_report(report: Report, *, by: By, comment: str = "") -> ReportEvent:
    """Accept what was handed in; from then on only a supplementary report changes it.

    Where the campaign asks for two reviewers, this is the second of them. Raises MoveRefused.
    """
    event = _move(report, "accept", actor=by.actor, comment=comment)
    audit.record(AuditAction.ACCEPTED, by=by, about=report)
    code = report.submission.code if report.submission else ""
    tell(WebhookEvent.ACCEPTED, report, number=code, year=report.campaign.year, supplement=report.number)
    return event


def _move(report: Report, name: str, *, actor: User, comment: str = "") -> ReportEvent:
    _lock(report)
    move = REPORT_WORKFLOW.apply(report, name, actor=actor, reason=comment)
    raise_units([report.union_path])
    return ReportEvent.objects.create(
        report=report,
        move=move.name,
        state=ReportState(report.state),
        actor=actor,
        comment=comment.strip(),
        submission_id=report.submission_id,
    )


def _lock(report: Report) -> None:
    """Of two reviewers who decide at once the second finds what the first did, and about which submission."""
    report.refresh_from_db(fields=["submission", "state"], from_queryset=Report.objects.select_for_update())
