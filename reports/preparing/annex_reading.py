"""The filled-in annex workbook, read: the named cells become figures, once it is sure whose forms they are."""

import json
import signal
import subprocess
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.workbook.reading import limits
from portal.workbook.reading.reader import ROOT
from portal.workbook.reading.words import REASONS
from portal.workbook.uploading import as_file
from reports.annex.campaign_figures import FORM_NUMBERS, figures_of
from reports.counting.derive import Values
from reports.figures.registry import Figure, Registry
from reports.figures.units import WAN_EXPONENT, Unit
from reports.models import Report
from reports.preparing.annex_identity import strangers
from reports.preparing.preparation import FEN, LIMIT

CHILD = "reports.preparing.annex_child"
DIGITS_KEPT = 15  # by Excel, of any number


def read_annex(report: Report, content: bytes) -> Values:
    """The figures of a filled-in workbook of `report`'s own forms, in yuan and whole numbers.

    One workbook may hold one form or both, each whole. Raises ValidationError for the forms of another year or unit,
    and with every cell that is wrong.
    """
    figures = figures_of(report.campaign)
    found = _read(content, figures)
    if strange := strangers(report, found["sheets"]):
        raise ValidationError(strange)
    return values_of(found["named"], figures)


def _read(content: bytes, figures: Registry) -> dict:
    """What the workbook holds, read in a process of its own. Raises ValidationError for what is none."""
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
    except subprocess.TimeoutExpired:
        return {"": "busy"}
    try:
        return json.loads(done.stdout)
    except ValueError:  # a process that died wrote nothing, or half of it; killed, by a system short of memory
        return {"": "busy" if done.returncode == -signal.SIGKILL else "too_heavy"}


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
