"""情况说明 drafted: figures with last year beside them, who came and went, adjustments and explanations, in prose."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.annex.campaign_figures import form_of
from reports.beside.movement import CONTINUING, DIRECTIONS, ENDED, LABELS, NEW, SUBJECTS, Movement, intake
from reports.counting.rows import FigureRow, signed
from reports.models import Report
from reports.preparing.standing import Standing

PARTS = (
    gettext_lazy("一、基本情况"),
    gettext_lazy("二、变动情况"),
    gettext_lazy("三、调整和说明"),
    gettext_lazy("四、存在问题和下一步打算"),
)

PLACEHOLDER = gettext_lazy("（请补充。）")
GAP = re.compile(r"[（(][ \u3000]*请补充[^（）()]*[）)]")  # also where somebody mended the brackets or the full stop
UNITS = {"households": gettext_lazy("户"), "children": gettext_lazy("人"), "graduates": gettext_lazy("人")}


def title_of(report: Report) -> str:
    """The heading of the document; it is not part of the text."""
    return _("%(year)d年金秋助学和就业帮扶工作情况说明") % {"year": report.campaign.year}


def draft(movement: Movement, live: Standing) -> str:
    """The text, a line for each paragraph; `live` is how the report stands, with last year's figures."""
    sections = (
        _situation(movement, live.rows),
        _moves(movement),
        _adjusted(live) + _explained(live) or [_("没有调整的指标，核对没有需要说明的问题。")],
        [str(PLACEHOLDER)],
    )
    return "\n".join(line for heading, lines in zip(PARTS, sections, strict=True) for line in (str(heading), *lines))


def gaps(text: str) -> int:
    """How many places of `text` the draft left to be filled in, and nobody has."""
    return len(GAP.findall(text))


def _situation(movement: Movement, rows: dict[str, FigureRow]) -> Iterator[str]:
    report, window = movement.report, movement.after.window
    yield _("%(unit)s%(year)d年度的统计自%(starts)s起，截至%(ends)s。") % {
        "unit": report.union.name,
        "year": window.year,
        "starts": day_in_words(window.starts_on),
        "ends": day_in_words(window.cut_off),
    }
    parts = {slug for row in rows.values() for slug in row.figure.parts}
    for number in sorted({row.figure.form for row in rows.values()}):
        of_form = [row for slug, row in rows.items() if row.figure.form == number and slug not in parts]
        said = [_stated(row) for row in of_form if row.reported or row.last]
        values = {"title": _tight(form_of(report.campaign, number).title), "figures": "；".join(said) or _("各项均为0")}
        yield _("《%(title)s》：%(figures)s。") % values


def _stated(row: FigureRow) -> str:
    unit = row.figure.unit
    values = {"name": row.figure, "value": unit.format(row.reported), "unit": unit.label}
    words = _("%(name)s%(value)s%(unit)s") % values
    if row.change is None:
        return words
    if not row.change:
        return _("%(words)s，与上年持平") % {"words": words}
    change = {"words": words, "last": unit.format(row.last), "change": unit.format(abs(row.change)), "unit": unit.label}
    if row.change > 0:
        return _("%(words)s，比上年（%(last)s）增加%(change)s%(unit)s") % change
    return _("%(words)s，比上年（%(last)s）减少%(change)s%(unit)s") % change


def _moves(movement: Movement) -> Iterator[str]:
    if movement.before is None:
        yield _("没有上一年度的个案记录，以下均为新增。")
    elif movement.before.submission is None:
        year = movement.before.window.year
        yield _("%(year)d年没有已接收的报表，以下与该年现在的记录相比。") % {"year": year}
    new, continued = intake(movement.after)
    if new or continued:
        words = _("今年资助的子女中，新纳入 %(new)d 人，继续帮扶 %(continued)d 人（上一年度也受过资助）。")
        yield words % {"new": new, "continued": continued}
    for subject, label in SUBJECTS.items():
        last, now = (movement.count(subject, CONTINUING, side) for side in (ENDED, NEW))
        said = "；".join(_direction(movement, subject, direction) for direction in DIRECTIONS)
        values = {"subject": label, "last": last, "now": now, "unit": UNITS[subject], "said": said}
        yield _("%(subject)s上年 %(last)d %(unit)s，今年 %(now)d %(unit)s，其中%(said)s。") % values


def _direction(movement: Movement, subject: str, direction: str) -> str:
    unit, count = UNITS[subject], movement.count(subject, direction)
    words = f"{LABELS[subject][direction]} {count} {unit}"
    reasons = "、".join(f"{why} {times} {unit}" for why, times in movement.reasons(subject, direction))
    return f"{words}（{reasons}）" if reasons else words


def _adjusted(live: Standing) -> list[str]:
    return [
        _("%(name)s按记录统计%(derived)s，调整%(difference)s，报送%(reported)s%(unit)s。原因：%(reason)s")
        % {
            "name": row.figure,
            "derived": row.texts["derived"],
            "difference": signed(row.figure, row.difference),
            "reported": row.texts["reported"],
            "unit": row.figure.unit.label,
            "reason": _in_line(row.reason),
        }
        for row in live.rows.values()
        if row.difference and row.reason
    ]


def _explained(live: Standing) -> list[str]:
    """What the checks found, with the unit's word on it, or the place for one."""
    return [
        _("%(finding)s原因：%(text)s")
        % {"finding": _tight(found.message), "text": _in_line(live.explanation(found)) or PLACEHOLDER}
        for found in live.soft
    ]


def _in_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _tight(text: str) -> str:
    """Without the spaces that a form has around digits."""
    return "".join(text.split())


def day_in_words(day) -> str:
    return _("%(year)d年%(month)d月%(day)d日") % {"year": day.year, "month": day.month, "day": day.day}
