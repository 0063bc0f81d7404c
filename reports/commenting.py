"""Comments, which the unit and the department both read, and notes, which are the department's own.

Each is about one figure of a report, or about the whole of it where `slug` is ''. Rows are only ever added.
"""

from collections import Counter

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.enums import AuditAction
from portal.models import User
from reports.campaign_figures import figures_of
from reports.models import Comment, Note, Report
from reports.prose import prose

Remark = Comment | Note


def may_comment(user: User, report: Report) -> bool:
    """Whether `user` takes part in what is said: the people who prepare the report, and those who review it."""
    return can(user, Permission.REVIEW_REPORTS) or (
        can(user, Permission.PREPARE_REPORT) and user.union_id == report.union_id
    )


@transaction.atomic
def add_comment(report: Report, *, slug: str, text: str, actor: User, address: str | None = None) -> Comment:
    """Say something about a report in any state.

    Writes the comment and one audit row; the same words sent twice in a row are one comment. Raises PermissionDenied
    unless `actor` is of the reporting unit or reviews reports, ValidationError for a figure that the form does not
    have, words that are missing, too long or with forbidden characters.
    """
    if not may_comment(actor, report):
        raise PermissionDenied(_("批注由填报单位和市总保障部审核员填写。"))
    return _add(Comment, report, slug, text, actor, address)


@transaction.atomic
def add_note(report: Report, *, slug: str, text: str, actor: User, address: str | None = None) -> Note:
    """Keep a note of the department about a report; the unit never sees it, and an auditor only reads it.

    Writes the note and one audit row; sent twice it is one. Raises as `add_comment` does, for everybody but reviewers.
    """
    if not can(actor, Permission.REVIEW_REPORTS):
        raise PermissionDenied(_("内部备注由市总保障部审核员填写。"))
    return _add(Note, report, slug, text, actor, address)


def _add(kind: type[Remark], report: Report, slug: str, text: str, actor: User, address: str | None) -> Remark:
    if slug and slug not in figures_of(report.campaign):
        raise ValidationError({"slug": _("没有这个数字。")})
    text = prose(text, "text")
    Report.objects.select_for_update().get(pk=report.pk)
    latest = kind.objects.filter(report=report, slug=slug).order_by("-id").first()
    if latest and (latest.author_id, latest.text) == (actor.pk, text):
        return latest
    made = kind(report=report, slug=slug, text=text, author=actor)
    made.full_clean(exclude=["report", "author"])
    made.save()
    audit.record(
        AuditAction.COMMENTED,
        actor=actor,
        address=address,
        union=report.union,
        subject=str(report),
        figure=slug,
        kind=kind.__name__.lower(),
    )
    return made


def comment_counts(report: Report) -> Counter:
    """How many comments there are about each figure; '' for the whole. One query."""
    return Counter(report.comments.values_list("slug", flat=True))


def thread(report: Report, slug: str = "") -> list[Comment]:
    """What was said about one figure, or the whole report, oldest first."""
    return list(report.comments.filter(slug=slug).select_related("author__union").order_by("id"))


def notes_of(report: Report, user: User) -> list[Note]:
    """The department's notes, as far as `user` may read them: none of them for anybody of a unit."""
    if not can(user, Permission.VIEW_NOTES):
        return []
    return list(report.notes.select_related("author").order_by("id"))
