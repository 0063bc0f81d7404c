"""The figures of a public page: what was accepted of a unit, in tables that tell of nobody (`hiding`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import STAGE_GROUPS, FundSource, StageGroup
from aid.models import AidStandard
from portal.models import Campaign, Union
from reports.annex.campaign_figures import figures_of_submission
from reports.beside.reported import reported_where_proved
from reports.counting.derive import Values
from reports.enums import PublicPart, ReportState
from reports.models import Report
from reports.openness.hiding import LEAST, hidden, rounded, step_for

FEWER = gettext_lazy("少于 %(least)d")
LEFT_OUT = gettext_lazy("少于 %(least)d 或不单列")


@dataclass(frozen=True)
class PublicLine:
    """One line of a table: `persons` and `money` (元) as they are printed; '' where the table has no such column."""

    label: str
    persons: str = ""
    money: str = ""
    is_total: bool = False


@dataclass(frozen=True)
class Published:
    """What everybody may read of the report of a year: money by source, and by stage whom it reached."""

    campaign: Campaign
    raised: list[PublicLine] = field(default_factory=list)
    by_stage: list[PublicLine] = field(default_factory=list)
    has_persons: bool = False
    has_money: bool = False
    is_rounded: bool = False


def published(unit: Union, shown: frozenset[PublicPart]) -> Published | None:
    """The latest accepted report of `unit`, those parts of it; None without one, or if it is not what was frozen."""
    accepted = Report.objects.filter(union=unit, state=ReportState.ACCEPTED)
    latest = accepted.select_related("campaign", "submission").order_by("campaign__year", "number").last()
    if latest is None:
        return None
    values = reported_where_proved([latest.submission_id], figures_of_submission(latest.submission))
    if latest.submission_id not in values:
        return None
    return tables(latest.campaign, values[latest.submission_id], shown)


def tables(campaign: Campaign, values: Values, shown: frozenset[PublicPart]) -> Published:
    """The tables of one year. The same groups are hidden whichever parts are shown: who reads one may know another."""
    standards = dict(AidStandard.objects.filter(campaign=campaign).values_list("stage", "amount"))
    persons = {group: int(values.get(f"aided_{group}", 0)) for group in StageGroup}
    paid = {group: Decimal(values.get(f"paid_{group}", 0)) for group in StageGroup}
    out = hidden({group: _known_by(persons[group], paid[group], group, standards) for group in StageGroup})
    step = step_for(standards.values()) if out else Decimal()
    parts = {"has_persons": PublicPart.AIDED in shown, "has_money": PublicPart.PAID in shown}
    by_stage = _by_stage(values, persons, paid, out, step) if any(parts.values()) else []
    raised = _raised(values, step) if PublicPart.RAISED in shown else []
    return Published(campaign, raised, by_stage, is_rounded=bool(out), **parts)


def _known_by(persons: int, paid: Decimal, group: StageGroup, standards: Mapping[str, Decimal]) -> int:
    """How few persons the persons or the money of a group may tell of: not all that are aided need be paid by then."""
    of_group = [standards[stage] for stage in STAGE_GROUPS[group] if stage in standards]
    return min(persons, int(paid // max(of_group))) if paid and of_group else persons


def _by_stage(
    values: Values,
    persons: Mapping[StageGroup, int],
    paid: Mapping[StageGroup, Decimal],
    out: Iterable[StageGroup],
    step: Decimal,
) -> list[PublicLine]:
    least = {"least": LEAST}
    lines = [
        PublicLine(str(group.label), str(LEFT_OUT) % least, "—")
        if group in out
        else PublicLine(str(group.label), str(persons[group]), money(paid[group]))
        for group in StageGroup
    ]
    everybody = int(values.get("aided", sum(persons.values())))
    if everybody < LEAST:
        return [*lines, PublicLine(_("合计"), str(FEWER) % least, "—", is_total=True)]
    return [*lines, PublicLine(_("合计"), str(everybody), _about(Decimal(values.get("paid", 0)), step), is_total=True)]


def _raised(values: Values, step: Decimal) -> list[PublicLine]:
    """Money by source. Rounded where that of the stages is: often all that was raised is paid."""
    sources = [Decimal(values.get(f"raised_{source}", 0)) for source in FundSource]
    total = sum((rounded(each, step) for each in sources), Decimal()) if step else Decimal(values.get("raised", 0))
    lines = [
        PublicLine(str(source.label), money=_about(each, step))
        for source, each in zip(FundSource, sources, strict=True)
    ]
    return [*lines, PublicLine(_("合计"), money=_about(total, step), is_total=True)]


def _about(yuan: Decimal, step: Decimal) -> str:
    """Exactly, or to the next `step`, and then said to be so."""
    if not step or not yuan:
        return money(yuan)
    near = rounded(yuan, step)
    words = {"money": money(near or step)}
    return (_("约 %(money)s") if near else _("不足 %(money)s")) % words


def money(yuan: Decimal) -> str:
    return f"{yuan:,.2f}"


def as_rows(found: Published) -> list[list[Any]]:
    """The tables as lines of a .csv, under `HEADINGS`."""
    year = found.campaign.year
    rows: list[list[Any]] = [[year, _("资金筹集"), line.label, "", line.money] for line in found.raised]
    for line in found.by_stage:
        persons, paid = line.persons if found.has_persons else "", line.money if found.has_money else ""
        rows.append([year, _("资助和发放"), line.label, persons, paid])
    return rows


HEADINGS = (
    gettext_lazy("年度"),
    gettext_lazy("项目"),
    gettext_lazy("分项"),
    gettext_lazy("人数"),
    gettext_lazy("金额(元)"),
)
