"""Comments, which the unit and the department both read, and notes, which are the department's own.

Each is about one figure of a report, or about the whole of it where `slug` is ''. Rows are only ever added.
"""

from collections import Counter

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can, require
from portal.audit import By
from portal.enums import AuditAction
from portal.models import User
from reports.annex.campaign_figures import figures_known_to
from reports.models import Comment, Note, Report
from reports.preparing.prose import prose

Remark = Comment | Note


def takes_part(user: User) -> bool:
    """Whether the role is one that comments: those who prepare reports and those who review them."""
    return can(user, Permission.REVIEW_REPORTS) or can(user, Permission.PREPARE_REPORT)


def may_comment(user: User, report: Report) -> bool:
    """Whether `user` takes part in what is said about `report`: people of the unit itself, and reviewers."""
    return takes_part(user) and (can(user, Permission.REVIEW_REPORTS) or user.union_id == report.union_id)


def refuse_comment() -> None:
    raise PermissionDenied(_("批注由填报单位和市总保障部审核员填写。"))


@transaction.atomic
def add_comment(report: Report, *, slug: str, text: str, by: By) -> Comment:
    """Say something about a report in any state.

    Writes the comment and one audit row; the same words sent twice in a row are one comment. Raises PermissionDenied
    unless `by` is of the reporting unit or reviews reports, ValidationError for a figure that neither the form nor
    what was handed in last has, words that are missing, too long or with forbidden characters.
    """
    if not may_comment(by.actor, report):
        refuse_comment()
    return _add(Comment(report=report, slug=slug, author=by.actor), text, by)


@transaction.atomic
def add_note(report: Report, *, slug: str, text: str, by: By) -> Note:
    """Keep a note of the department about a report; the unit never sees it, and an auditor only reads it.

    Writes the note and one audit row; sent twice it is one. Raises as `add_comment` does, for everybody but reviewers.
    """
    require(by.actor, Permission.REVIEW_REPORTS)
    return _add(Note(report=report, slug=slug, author=by.actor), text, by)


def _add(remark: Remark, text: str, by: By) -> Remark:
    report, slug = remark.report, remark.slug
    figures = figures_known_to(report)
    if slug and slug not in figures:
        raise ValidationError({"slug": _("没有这个数字。")})
    remark.text = prose(text, "text")
    Report.objects.select_for_update().get(pk=report.pk)
    latest = type(remark).objects.filter(report=report, slug=slug).order_by("-id").first()
    if latest and (latest.author_id, latest.text) == (by.actor.pk, remark.text):
        return latest
    remark.full_clean(exclude=["report", "author"])
    remark.save()
    audit.record(
        AuditAction.COMMENTED,
        by=by,
        about=report,
        figure=str(figures[slug]) if slug else "",
        what=str(remark._meta.verbose_name),
    )
    return remark


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
