"""The filled-in annex workbook of a unit that keeps no cases here: its figures become adjustments (domain.md, 调整)."""

import json
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.enums import AuditAction
from portal.models import User
from portal.workbook.reading import limits
from portal.workbook.reading.reader import ROOT
from portal.workbook.reading.words import REASONS
from portal.workbook.uploading import as_file
from reports.campaign_figures import FORM_NUMBERS, figures_of
from reports.derive import Values, derive
from reports.figures.registry import Figure, Registry
from reports.figures.units import WAN_EXPONENT, Unit
from reports.models import Report
from reports.preparation import FEN, LIMIT, adjust_figure, locked, withdraw_adjustment
from reports.typing import type_figure

CHILD = "reports.annex_child"
DIGITS_KEPT = 15  # by Excel, of any number


@dataclass(frozen=True)
class Uploaded:
    """How many figures were read, and the slugs whose adjustment was set or taken back."""

    read: int
    adjusted: list[str]
    withdrawn: list[str]


def upload_annex(report: Report, *, content: bytes, reason: str, actor: User, address: str | None = None) -> Uploaded:
    """Take the figures of a filled-in annex workbook as those to report.

    What differs from the derived figure becomes an adjustment with `reason`, in place of an earlier one; where nothing
    differs an earlier adjustment is taken back; a figure that no record gives is typed in. One workbook may hold one
    form or both, each whole. Writes the adjustments, a version of the report for each, and one audit row. Raises
    ValidationError with every cell that is wrong, and then writes nothing; and MoveRefused as `adjust_figure` does.
    """
    figures = figures_of(report.campaign)
    given = values_of(read_names(content, figures), figures)
    with transaction.atomic():
        report = locked(report, actor)
        derived = derive(report.campaign, report.union, figures=[figures[slug] for slug in given])
        adjusted, withdrawn = [], []
        before = dict(report.adjustments.values_list("slug", "difference"))
        for slug, value in given.items():
            if figures[slug].is_typed:
                type_figure(report, slug=slug, value=Decimal(value), actor=actor)
            difference = value - derived[slug]
            if figures[slug].fact is None or difference == before.get(slug, 0):
                continue
            if difference:
                adjust_figure(report, slug=slug, difference=Decimal(difference), reason=reason, actor=actor)
                adjusted.append(slug)
            else:
                withdraw_adjustment(report, slug=slug, actor=actor)
                withdrawn.append(slug)
        counts = {"figures": len(given), "adjusted": len(adjusted), "withdrawn": len(withdrawn)}
        audit.record(
            AuditAction.UPLOADED, actor=actor, address=address, union=report.union, subject=str(report), **counts
        )
    return Uploaded(len(given), adjusted, withdrawn)


def read_names(content: bytes, figures: Registry) -> dict:
    """The named cells of the workbook, read in a process of its own. Raises ValidationError for what is none."""
    if len(content) > limits.FILE_BYTES:
        raise ValidationError(str(REASONS["too_large"]))
    slugs = json.dumps([figure.slug for figure in figures])
    with as_file(content) as path:
        found = _run_child(path, slugs)
    if "" in found:
        raise ValidationError(str(REASONS.get(found[""], REASONS["damaged"])))
    return found


def _run_child(path: Path, slugs: str) -> dict:
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module; the file's name is one argument, no shell
            [sys.executable, "-m", CHILD, str(path), slugs],
            cwd=ROOT,
            env={"PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.WALL_SECONDS,
            check=False,
        )
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):  # a process that died wrote nothing, or half of it
        return {"": "too_heavy"}


def values_of(cells: dict, figures: Registry) -> Values:
    """The figures of the forms in the workbook, in yuan and whole numbers. Raises ValidationError with all faults."""
    forms = [number for number in FORM_NUMBERS if any(figure.slug in cells for figure in figures.of_form(number))]
    if not forms:
        raise ValidationError(
            _("这不是从本平台下载的统计表：没有找到数字的位置。请先下载附件（Excel），填好后再上传。")
        )
    values, faults = {}, []
    for figure in (figure for number in forms for figure in figures.of_form(number)):
        value, fault = _value(figure, cells)
        if fault:
            faults.append(_("附件 %(form)s“%(figure)s”：%(fault)s") % _stated(figure, fault))
        else:
            values[figure.slug] = value
    faults += _sums_that_differ(values, figures)
    if faults:
        raise ValidationError(faults)
    return values


def _sums_that_differ(values: Values, figures: Registry) -> list[str]:
    """A total is nothing of its own: what was typed for it must be what its parts add up to."""
    sentence = _("附件 %(form)s“%(figure)s”：%(fault)s")
    fault = _("不等于各分项之和。")
    return [
        sentence % _stated(figure, fault)
        for figure in figures
        if figure.summands
        and figure.slug in values
        and values[figure.slug] != sum(values.get(part.slug, 0) for part in figure.summands)
    ]


def _stated(figure: Figure, fault: str) -> dict:
    return {"form": figure.form, "figure": figure, "fault": fault}


def _value(figure: Figure, cells: dict) -> tuple[int | Decimal, str]:
    """The figure as `derive` gives it, or what is wrong with its cell."""
    if figure.slug not in cells:
        return 0, _("找不到这个数字的单元格，请在下载的表上填写，不要删去行列。")
    typed = cells[figure.slug]
    if typed is None or not str(typed).strip():
        return 0, _("没有填写，没有的请填 0。")
    number = _number(typed)
    if number is None or number.is_signed() or number >= LIMIT:
        return 0, _("“%(typed)s”不是可以填报的数字。") % {"typed": str(typed)[:50]}
    if not figure.unit.is_money:
        return (int(number), "") if number == int(number) else (0, _("“%s”不是整数。") % typed)
    yuan = number.scaleb(WAN_EXPONENT) if figure.unit is Unit.WAN_YUAN else number
    if yuan >= LIMIT or yuan % FEN:
        return 0, _("“%s”比分更细或过大。") % typed
    return yuan, ""


def _number(typed) -> Decimal | None:
    """The number of a cell, with as many digits as Excel keeps; also one that was typed as text."""
    try:
        number = Decimal(f"{typed:.{DIGITS_KEPT}g}" if isinstance(typed, float) else str(typed).strip())
    except InvalidOperation:
        return None
    return abs(number) if not number else number if number.is_finite() else None
