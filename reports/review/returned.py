"""退回后要办的事: each figure that was returned, and what the unit has done about it since."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from reports.annex.campaign_figures import figures_of
from reports.counting.rows import FigureRow, rows_of
from reports.enums import ReturnedPart
from reports.figures import FIGURES
from reports.figures.registry import Figure, Registry
from reports.models import Report, ReportEvent, ReturnedFigure, SummaryFile
from reports.sealing.proving import proved

WHOLE = ""  # where parts of a report are talked about


@dataclass(frozen=True)
class ToDo:
    """One returned figure, as it was handed in (`before`) and as it stands (`now`); or a part of the report, by name.

    `answered` says whether the unit has said something about it since, `mended` whether a part was written anew.
    """

    figure: Figure | str
    why: ReturnedFigure
    before: FigureRow | None
    now: FigureRow | None
    answered: bool
    mended: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether it is no longer what was returned: of a figure its number, or why it is adjusted."""
        return self.mended or (bool(self.before and self.now) and _stated(self.before) != _stated(self.now))

    @property
    def is_done(self) -> bool:
        return self.is_changed or self.answered

    @property
    def words(self) -> str:
        """What has been done, in words."""
        if isinstance(self.figure, str):
            return _("已改") if self.mended else _("已答复，未改") if self.answered else _("未改")
        if not self.is_changed:
            return _("已答复，数字未改") if self.answered else _("未改")
        if self.before.reported != self.now.reported:
            values = {"before": self.before.texts["reported"], "now": self.now.texts["reported"]}
            return _("已改：%(before)s → %(now)s") % values
        return _("报送数未变，记录或调整已改")


@dataclass(frozen=True)
class ToDoList:
    """The latest return with its figures."""

    event: ReportEvent
    items: list[ToDo]

    @property
    def done(self) -> int:
        return sum(item.is_done for item in self.items)

    @property
    def left(self) -> int:
        """How many are neither mended nor answered."""
        return len(self.items) - self.done


def to_do(report: Report, rows: dict[str, FigureRow]) -> ToDoList | None:
    """What the latest return asks for; `rows` are the figures as they stand now. None if nothing was returned.

    Raises Tampered.
    """
    event = report.events.filter(move="return").select_related("actor", "submission").first()
    if event is None:
        return None
    stored = proved([event.submission_id])[event.submission_id]
    before, known = rows_of(event.submission, stored.values()), figures_of(report.campaign)
    mended = _mended_parts(report, event)
    said = report.comments.filter(made_at__gt=event.at, author__union=report.union_id)
    answered = set(said.values_list("slug", flat=True))
    return ToDoList(
        event,
        [
            ToDo(
                named_subject(why.slug, known),
                why,
                before.get(why.slug),
                rows.get(why.slug),
                (WHOLE if why.slug in mended else why.slug) in answered,
                mended.get(why.slug, False),
            )
            for why in event.figures.order_by("id")
            if why.slug in known or why.slug in mended
        ],
    )


def named_subject(slug: str, figures: Registry | Mapping[str, Figure]) -> Figure | str:
    """What was returned: a figure, a part in words, or that it was a figure that the form no longer has."""
    gone = FIGURES.get(slug) or _("已从表中去掉的数字")
    return figures.get(slug) or str(dict(ReturnedPart.choices).get(slug, gone))


def _mended_parts(report: Report, event: ReportEvent) -> dict[str, bool]:
    """The parts of the report, and whether the unit has written each anew since `event`."""
    frozen = event.submission.content
    contact = [frozen.get("contact_name", ""), frozen.get("contact_telephone", "")]
    return {
        ReturnedPart.SUMMARY: _summary_is_new(report, event),
        ReturnedPart.CONTACT: contact != [report.contact_name, report.contact_telephone],
        ReturnedPart.EXPLANATIONS: report.explanations.filter(made_at__gt=event.at).exists(),
    }


def _summary_is_new(report: Report, event: ReportEvent) -> bool:
    """Whether another file was attached since, or the text that is used as the summary was written anew."""
    written = Q(is_written_here=True, report__narrative__made_at__gt=event.at)
    return SummaryFile.objects.filter(Q(uploaded_at__gt=event.at) | written, report=report).exists()


def _stated(row: FigureRow) -> tuple:
    return row.derived, row.difference, row.reason
