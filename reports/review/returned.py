"""退回后要办的事: each figure that was returned, and what the unit has done about it since."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.annex.campaign_figures import figures_of
from reports.counting.rows import FigureRow, frozen_figure_rows
from reports.figures.registry import Figure
from reports.models import Report, ReportEvent, ReturnedFigure


@dataclass(frozen=True)
class ToDo:
    """One returned figure, as it was handed in (`before`) and as it stands (`now`).

    `answered` says whether the unit has said something about it since.
    """

    figure: Figure
    why: ReturnedFigure
    before: FigureRow | None
    now: FigureRow | None
    answered: bool

    @property
    def is_changed(self) -> bool:
        """Whether the figure is no longer what was returned: its number, or why it is adjusted."""
        return bool(self.before and self.now) and _stated(self.before) != _stated(self.now)

    @property
    def is_done(self) -> bool:
        return self.is_changed or self.answered

    @property
    def words(self) -> str:
        """What has been done, in words."""
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
    """What the latest return asks for; `rows` are the figures as they stand now. None if nothing was returned."""
    event = report.events.filter(move="return").select_related("actor", "submission").first()
    if event is None:
        return None
    before, known = frozen_figure_rows(event.submission), figures_of(report.campaign)
    said = report.comments.filter(made_at__gt=event.at, author__union=report.union_id)
    answered = set(said.values_list("slug", flat=True))
    return ToDoList(
        event,
        [
            ToDo(known[why.slug], why, before.get(why.slug), rows.get(why.slug), why.slug in answered)
            for why in event.figures.order_by("id")
            if why.slug in known
        ],
    )


def _stated(row: FigureRow) -> tuple:
    return row.derived, row.difference, row.reason
