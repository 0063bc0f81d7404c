"""填报数: the figures of a campaign's own forms that no record gives and the unit types in."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit import By
from portal.keeping import keep_aside
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import figures_of
from reports.counting.derive import as_value
from reports.enums import OVERTAKEN
from reports.figures.registry import Figure
from reports.models import Report, TypedFigure
from reports.preparing.preparation import FEN, LIMIT, UNASKED, locked


@transaction.atomic
def type_figure(report: Report, *, slug: str, value: Decimal, by: By, seen: Decimal | None = UNASKED) -> TypedFigure:
    """Set a figure that the unit types in: whole for counts, yuan to the fen for money, not below zero.

    `seen` is the value that was there when the person began (None for none). Writes the value, in place of an earlier
    one, and one version of the report. Raises ValidationError if the figure is not one to be typed in, the value is
    negative or too fine, or somebody was quicker; MoveRefused as `locked` does, and for a nil report unless it is 0.
    """
    report = locked(report, by.actor)
    figure = typed_figure(report, slug)
    value = checked_value(figure, value)
    if report.is_nil and value:
        raise MoveRefused(_("已声明零报告，不能填数；请先撤销零报告。"))
    before = report.typed.filter(slug=slug).select_related("made_by").first()
    if before and before.value == value:
        return before
    if seen is not UNASKED and seen != (before.value if before else None):
        now = figure.unit.format(before.value) if before else "—"
        raise ValidationError(_("您打开之后，有人已填为 %(now)s。请核对后再保存。") % {"now": now}, OVERTAKEN)
    given = before or TypedFigure(report=report, slug=slug)
    given.value, given.made_by = value, by.actor
    given.full_clean(exclude=["report", "made_by"])
    given.save()
    keep_aside(report, by, _("填写“%(figure)s”") % {"figure": figure})
    return given


def typed_figure(report: Report, slug: str) -> Figure:
    """The figure of the report's campaign that units type in. Raises ValidationError for any other."""
    figure = figures_of(report.campaign).get(slug)
    if figure is None or not figure.is_typed:
        raise ValidationError(_("没有这个由单位填写的数字。"))
    return figure


def checked_value(figure: Figure, value: Decimal) -> Decimal:
    """`value` if the form can print it. Raises ValidationError with the reason."""
    value = Decimal(value)
    if not value.is_finite() or value >= LIMIT:
        raise ValidationError({"value": _("数字过大。")})
    if value < 0:
        raise ValidationError({"value": _("不能小于 0。")})
    if value % (FEN if figure.unit.is_money else 1):
        raise ValidationError({"value": _("金额最多精确到分。") if figure.unit.is_money else _("请填写整数。")})
    return Decimal(as_value(figure, value))
