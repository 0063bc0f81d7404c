"""Preparing a report: contact, adjustments, the summary report, a nil report (domain.md, Adjustment).

Each function locks the unit, as every save of its records and the submission itself do, and refuses with MoveRefused
unless the report can be edited, by somebody of the reporting unit who prepares reports. Versions of the report tell
afterwards who did what.
"""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.identity import IdentityError, parse_telephone
from portal.keeping import attach, keep_along, keep_aside, shortened
from portal.models import Union, User
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import figures_of
from reports.counting.derive import as_value, derive
from reports.counting.rows import named, signed
from reports.counting.stale import printed_now
from reports.enums import OVERTAKEN
from reports.figures.registry import Figure
from reports.models import Adjustment, Report, SummaryFile
from reports.preparing.prose import one_form, prose
from reports.preparing.summary_file import SUMMARY_KINDS

FEN = Decimal("0.01")
LIMIT = Decimal(10) ** 13  # what SQLite keeps exactly, and more than any union has
UNASKED = object()  # for `seen`: the caller did not show what was there


def locked(report: Report, actor: User) -> Report:
    """The report read again, locked with its unit, once it is sure that `actor` may edit it now.

    Call it in a transaction. Raises MoveRefused with the reason.
    """
    Union.objects.select_for_update().get(pk=report.union_id)
    report = Report.objects.select_for_update(of=("self",)).select_related("campaign", "union").get(pk=report.pk)
    if not can(actor, Permission.PREPARE_REPORT):
        raise MoveRefused(_("您的岗位不能填报报表。"))
    if actor.union_id != report.union_id:
        raise MoveRefused(_("报表只能由填报单位（%(union)s）自己填报。") % {"union": report.union})
    if not report.is_editable:
        raise MoveRefused(_("报表现在的状态是“%(state)s”，不能修改。") % {"state": report.get_state_display()})
    return report


@transaction.atomic
def set_contact(report: Report, *, name: str, telephone: str, version: int, by: By) -> Report:
    """Set 填报人 and 联系电话, as they are printed on the forms.

    Writes the report and one version of its history. Raises ValidationError if either is missing or wrong, or if
    somebody changed them since `version` was read (it tells to what), and MoveRefused.
    """
    report = locked(report, by.actor)
    name, telephone = one_form(name, "name"), contact_telephone(telephone)
    if not name:
        raise ValidationError({"name": _("请填写填报人。")})
    if (report.contact_name, report.contact_telephone) == (name, telephone):
        return report
    if report.version != version:
        message = _("您打开之后，%(actor)s 已改为：%(name)s，%(telephone)s。请核对后再保存。")
        raise ValidationError(
            message
            % {"actor": _last_editor(report), "name": report.contact_name, "telephone": report.contact_telephone},
            OVERTAKEN,
        )
    report.contact_name, report.contact_telephone = name, telephone
    report.full_clean(exclude=["campaign", "union", "submission"], validate_unique=False, validate_constraints=False)
    keep_along(report, by, _("填写填报人和联系电话"))
    return report


@transaction.atomic
def adjust_figure(
    report: Report,
    *,
    slug: str,
    difference: Decimal,
    reason: str,
    by: By,
    seen: Decimal | None = UNASKED,
    with_totals: bool = False,
) -> Adjustment:
    """Set the adjustment of one figure: a signed difference, whole for counts, yuan to the fen for money.

    `seen` is the difference that was there when the person began (None for none). `with_totals` changes the totals that
    the figure is a part of by as much. Writes the adjustment, in place of
    an earlier one, and one version of the report. Raises ValidationError if the figure does not exist, the difference
    is zero or too fine, the reported figure would be below zero, the reason is missing or somebody was quicker;
    MoveRefused also for a nil report.
    """
    report = locked(report, by.actor)
    figure = _adjustable(report, slug)
    if report.is_nil:
        raise MoveRefused(_("已声明零报告，不能调整数字；请先撤销零报告。"))
    before = report.adjustments.filter(slug=slug).first()
    difference, reason = _whole_or_fen(figure, difference), prose(reason, "reason")
    adjustment = before or Adjustment(report=report, slug=slug)
    if before and (before.difference, before.reason) == (difference, reason):
        return before
    _check_seen(figure, before, seen)
    was = before.difference if before else Decimal()
    _check_not_below_zero(figure, derive(report.campaign, report.union, figures=(figure,))[slug], difference)
    adjustment.difference, adjustment.reason, adjustment.made_by = difference, reason, by.actor
    adjustment.full_clean(exclude=["report", "made_by"])
    adjustment.save()
    keep_aside(report, by, _("调整“%(figure)s”%(difference)s") % _stated(figure, difference))
    for total in totals_of(report, figure) if with_totals else ():
        _adjust_total(report, total, more=difference - was, reason=reason, by=by)
    return adjustment


def totals_of(report: Report, part: Figure) -> list[Figure]:
    """The figures counted from records that `part` is a part of: unlike sums, they do not follow its adjustment."""
    return [figure for figure in figures_of(report.campaign) if part.slug in figure.parts and figure.fact]


def _adjust_total(report: Report, total: Figure, *, more: Decimal, reason: str, by: By) -> None:
    before = report.adjustments.filter(slug=total.slug).first()
    difference = more + (before.difference if before else 0)
    if not difference:
        withdraw_adjustment(report, slug=total.slug, by=by)
    elif more:
        words = before.reason if before else ""
        said = words if reason in words else "；".join(filter(None, (words, reason)))
        longest = Adjustment._meta.get_field("reason").max_length
        adjust_figure(report, slug=total.slug, difference=difference, reason=said[:longest], by=by)


@transaction.atomic
def withdraw_adjustment(report: Report, *, slug: str, by: By) -> None:
    """Take the adjustment of a figure back; nothing happens if there is none.

    Deletes the adjustment and writes one version of the report. Raises ValidationError for a figure that does not
    exist, and MoveRefused.
    """
    report = locked(report, by.actor)
    figure = figure_in(report, slug)
    adjustment = report.adjustments.filter(slug=slug).first()
    if adjustment is None:
        return
    adjustment.delete()
    keep_aside(report, by, _("撤销对“%(figure)s”的调整%(difference)s") % _stated(figure, adjustment.difference))


@transaction.atomic
def attach_summary(report: Report, *, name: str, content: bytes, by: By, is_written_here: bool = False) -> SummaryFile:
    """Attach the summary report, .docx or .pdf by its content, at most 20 MB, kept encrypted; it replaces the last one.

    It is about the figures of now, also where the same file is attached again. One that `is_written_here` was made of
    the text that the portal keeps. Writes the file, one version of the report and one audit row. Raises ValidationError
    for any other file, and MoveRefused.
    """
    report = locked(report, by.actor)
    figures = printed_now(report)
    kept = SummaryFile.objects.filter(report=report).defer("content")
    file = kept.first() or SummaryFile(report=report)
    now = (shortened(name), figures, is_written_here)
    same = (file.file_name, file.figures, file.is_written_here) == now
    file.uploaded_by, file.figures, file.is_written_here = by.actor, figures, is_written_here
    made, is_new = attach(file, name, content, among=kept if same else kept.none(), kinds=SUMMARY_KINDS)
    if not is_new:
        return made
    keep_aside(report, by, _("上传总结报告“%(name)s”") % {"name": made.file_name})
    audit.record(AuditAction.UPLOADED, by=by, about=report, digest=made.digest)
    return made


@transaction.atomic
def declare_nil(report: Report, *, by: By, nil: bool = True) -> Report:
    """Declare a nil report, or take that back with `nil` false.

    Writes the report and one version of it; declared twice it acts once. Raises ValidationError unless every derived
    figure is zero and nothing is adjusted, and MoveRefused.
    """
    report = locked(report, by.actor)
    if report.is_nil == nil:
        return report
    if nil:
        _check_nothing_to_report(report)
    report.is_nil = nil
    keep_along(report, by, _("声明零报告") if nil else _("撤销零报告"))
    return report


def _check_nothing_to_report(report: Report) -> None:
    figures = figures_of(report.campaign)
    counted = [figures[slug] for slug, value in derive(report.campaign, report.union).items() if value]
    if counted:
        message = _("有数字不是 0，不能声明零报告：%(figures)s。")
        raise ValidationError(message % {"figures": named(counted)})
    if report.adjustments.exists():
        raise ValidationError(_("有调整的指标，不能声明零报告；请先撤销调整。"))


def figure_in(report: Report, slug: str) -> Figure:
    figures = figures_of(report.campaign)
    if slug not in figures:
        raise ValidationError(_("没有这个数字。"))
    return figures[slug]


def _adjustable(report: Report, slug: str) -> Figure:
    figure = figure_in(report, slug)
    if figure.is_typed:
        raise ValidationError(_("这个数字由单位填写，不需要调整，请直接填写。"))
    if figure.summands:
        raise ValidationError(_("这个数字由其他数字相加得出，请调整它的分项。"))
    return figure


def _whole_or_fen(figure: Figure, difference: Decimal) -> Decimal:
    difference = Decimal(difference)
    step = FEN if figure.unit.is_money else Decimal(1)
    if not difference.is_finite() or abs(difference) >= LIMIT:
        raise ValidationError({"difference": _("数字过大。")})
    if difference % step:
        words = _("金额最多精确到分。") if figure.unit.is_money else _("请填写整数。")
        raise ValidationError({"difference": words})
    if not difference:
        raise ValidationError({"difference": _("调整数不能是 0；不再需要调整时请撤销调整。")})
    return difference


def _check_seen(figure: Figure, before: Adjustment | None, seen) -> None:
    if seen is UNASKED or seen == (before.difference if before else None):
        return
    if before is None:
        raise ValidationError(_("您打开之后，有人已撤销了这项调整。请核对后再保存。"), OVERTAKEN)
    message = _("您打开之后，%(actor)s 已调整 %(difference)s（%(reason)s）。请核对后再保存。")
    values = {"actor": before.made_by, "difference": signed(figure, before.difference), "reason": before.reason}
    raise ValidationError(message % values, OVERTAKEN)


def _check_not_below_zero(figure: Figure, derived, difference: Decimal) -> None:
    if derived + difference < 0:
        message = _("按记录统计是 %(derived)s，调整后小于 0。")
        raise ValidationError({"difference": message % {"derived": figure.unit.format(derived)}})


def _stated(figure: Figure, difference: Decimal) -> dict:
    return {"figure": figure, "difference": signed(figure, as_value(figure, difference))}


def contact_telephone(text: str) -> str:
    """A telephone number as it is printed. Raises ValidationError, of the field `telephone`."""
    if not text.strip():
        raise ValidationError({"telephone": _("请填写联系电话。")})
    try:
        return parse_telephone(text)
    except IdentityError as error:
        raise ValidationError({"telephone": str(error)}) from None


def _last_editor(report: Report) -> str:
    latest = report.history.select_related("history_user").first()
    return str(latest.history_user or "") if latest else ""
