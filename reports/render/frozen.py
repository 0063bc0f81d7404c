"""What was handed in, read back from the rows that keep it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.annex.campaign_figures import figures_of_submission
from reports.annex.wording import Form, parse
from reports.counting import distinct
from reports.counting.rows import FigureRow, frozen_figure_rows
from reports.figures.registry import Figure, Registry
from reports.models import Submission
from reports.render.filled import UNIT_SPACE, Filled, Stamp

CONTACT_SPACE, TELEPHONE_SPACE = "填报人", "联系电话"  # as the wording of the forms names them


@dataclass(frozen=True)
class FrozenForms(Filled):
    """The forms of a submission, in the wording and with the values frozen then."""

    submission: Submission
    verify_url: str = ""

    @classmethod
    def of(cls, submission: Submission, verify_url: str = "") -> "FrozenForms":
        """`verify_url` is the whole address that answers the code, for the QR code on prints."""
        report = submission.report
        values = {slug: row.reported for slug, row in frozen_figure_rows(submission).items()}
        return cls(report.campaign, report.union, submission.cut_off, values, submission, verify_url)

    @property
    def figures(self) -> Registry:
        return figures_of_submission(self.submission)

    def form(self, number: int) -> Form:
        return parse(number, self.submission.content["wording"][str(number)], self.submission.content["campaign"])

    @property
    def stamp(self) -> Stamp:
        words = _("核验码 %(code)s　第 %(number)d 次报送，%(at)s。扫码或在“核验”页输入核验码，可核对是否与报送的一致。")
        at = timezone.localtime(self.submission.submitted_at)
        values = {"code": self.submission.code, "number": self.submission.number, "at": f"{at:%Y-%m-%d %H:%M}"}
        return Stamp(words % values, self.verify_url)

    @property
    def spaces(self) -> dict[str, str]:
        content = self.submission.content
        return {
            UNIT_SPACE: content["unit_name"],
            CONTACT_SPACE: content["contact_name"],
            TELEPHONE_SPACE: content["contact_telephone"],
        }


@dataclass(frozen=True)
class FrozenList:
    """The frozen records behind one figure.

    `things` are what a distinct figure counts, each with its rows; None where what was frozen does not tell who is the
    same person, as it did not in the beginning.
    """

    row: FigureRow
    headings: list[str]
    rows: list[list[str]]
    things: list["FrozenThing"] | None = None

    @property
    def said(self) -> str:
        """How many records there are; of a distinct count, what it counts in them."""
        if self.row.figure.is_distinct:
            return distinct.said(self.row.figure, int(self.row.derived), len(self.rows))
        return _("共 %(count)d 条记录") % {"count": len(self.rows)}


@dataclass(frozen=True)
class FrozenThing:
    """One of the things that a distinct figure counts."""

    name: str
    rows: list[list[str]]


def frozen_list(submission: Submission, slug: str) -> FrozenList:
    """The records that figure `slug` counted when it was handed in. KeyError for a figure that was not."""
    row = frozen_figure_rows(submission)[slug]
    if row.figure.fact is None:  # typed in, or the sum of others
        return FrozenList(row, [], [])
    records = submission.records.get(fact=row.figure.fact.name)
    counted = [kept for kept in records.rows if slug in kept["figures"]]
    things = _things(row.figure, counted) if row.figure.is_distinct else None
    return FrozenList(row, records.headings, [kept["cells"] for kept in counted], things)


def _things(figure: Figure, counted: list[dict]) -> list[FrozenThing] | None:
    """By the key of the person, or by the cell that names the thing."""
    columns, field = figure.source.columns, figure.measure.field
    column = distinct.naming(figure.source, field)
    place = columns.index(column) if column else None
    is_cell = column is not None and column.path == field
    if not is_cell and not all(distinct.PERSON in kept for kept in counted):
        return None
    groups: dict[str | int, list[list[str]]] = {}
    for kept in counted:
        groups.setdefault(kept["cells"][place] if is_cell else kept[distinct.PERSON], []).append(kept["cells"])
    label = distinct.thing_label(figure)
    return [FrozenThing(label if place is None else groups[key][0][place], groups[key]) for key in sorted(groups)]
