"""Which numbers may stand in a summary report, by slug and by the name that people write: nothing is counted here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.payments.coverage import GROUPS
from portal.models import Campaign
from reports.annex.campaign_figures import figures_of
from reports.beside.movement import DIRECTIONS, LABELS, SUBJECTS
from reports.checks import checks_for
from reports.figures.registry import Figure
from reports.figures.summary import SUMMARY
from reports.summary.left import LEFT

LAST, CHANGE, DERIVED, DIFFERENCE = "last", "change", "derived", "difference"
OF_FIGURE = {LAST: gettext_lazy("上年"), CHANGE: gettext_lazy("与上年比")}
OF_ADJUSTED = {DERIVED: gettext_lazy("按记录统计"), DIFFERENCE: gettext_lazy("调整数")}
GENERAL = {
    "unit": gettext_lazy("填报单位"),
    "starts_on": gettext_lazy("统计开始日"),
    "cut_off": gettext_lazy("统计截止日"),
    "due_on": gettext_lazy("报送期限"),
}
OF_CITY = {"units_accepted": gettext_lazy("已接收报表的单位"), "units_missing": gettext_lazy("缺报的单位")}
COVER = {f"cover_{group.slug}": group.label for group in GROUPS if group.part == "paid"}


@dataclass(frozen=True)
class Name:
    """One number by its slug, as it is kept, and by its label, as it is read and written."""

    slug: str
    label: str

    @property
    def blank(self) -> str:
        """As it is written in a text."""
        return f"{{{self.label}}}"


Names = dict[str, Name]


def names_of(campaign: Campaign) -> Names:
    """What the summary of a unit may name, by slug."""
    return _told_apart(
        *_labelled(GENERAL), *_of_figures(campaign, OF_FIGURE | OF_ADJUSTED), *_counted(), *_moved(), *_found(campaign)
    )


def names_of_city(campaign: Campaign) -> Names:
    """What the summary of the city may name: no adjustments, movers or findings, which are of one unit."""
    return _told_apart(*_labelled(GENERAL), *_labelled(OF_CITY), *_of_figures(campaign, OF_FIGURE), *_counted())


def figure_slug(figure: Figure, what: str = "") -> str:
    """The slug of a figure of the forms, or of one of the texts beside it."""
    return f"{figure.slug}.{what}" if what else figure.slug


def check_slug(code: str) -> str:
    return f"check.{code}"


def moved_slug(subject: str, direction: str) -> str:
    return f"moved_{subject}_{direction}"


def _labelled(labels: dict) -> Iterator[Name]:
    return (Name(slug, str(label)) for slug, label in labels.items())


def _of_figures(campaign: Campaign, beside: dict) -> Iterator[Name]:
    for figure in figures_of(campaign):
        yield Name(figure.slug, str(figure))
        yield from (Name(figure_slug(figure, what), f"{figure}·{words}") for what, words in beside.items())


def _counted() -> Iterator[Name]:
    yield from (Name(figure.slug, str(figure)) for figure in SUMMARY)
    yield from _labelled(COVER)
    yield from (Name(left.slug, str(left.label)) for left in LEFT)


def _moved() -> Iterator[Name]:
    for subject, label in SUBJECTS.items():
        for direction in DIRECTIONS:
            yield Name(moved_slug(subject, direction), f"{label}·{LABELS[subject][direction]}")


def _found(campaign: Campaign) -> Iterator[Name]:
    figures = figures_of(campaign)
    for check in checks_for(figures):
        if not check.is_hard:
            words = figures[check.figures[0]] if len(check.figures) == 1 else check.words
            yield Name(check_slug(check.code), _("核对·%(words)s") % {"words": words})


def _told_apart(*names: Name) -> Names:
    """Of two that bear one name the second has its slug behind it: each is written as nothing else is."""
    found: Names = {}
    taken: set[str] = set()
    for name in _without_braces(names):
        label = f"{name.label}·{name.slug}" if name.label in taken else name.label
        found[name.slug] = replace(name, label=label)
        taken.add(label)
    return found


def _without_braces(names: Iterable[Name]) -> Iterator[Name]:
    """A department may name a figure of its own as it likes; what stands in braces has none within."""
    return (replace(name, label=name.label.translate({ord("{"): "（", ord("}"): "）"})) for name in names)
