"""Freezing a report: every figure, and the records behind it, as they stand at this moment."""

from collections.abc import Iterable

from django.db.models import BooleanField, Case, F, Model, Q, QuerySet, Value, When

from portal.models import Union
from reports.annex.campaign_figures import declared_for, figures_of
from reports.checks.registry import Finding
from reports.counting.derive import derive
from reports.counting.distinct import PERSON, counts_persons
from reports.counting.origin import typed_by
from reports.counting.rows import adjusted_by
from reports.counting.stale import Stale, dump
from reports.figures.registry import Fact, Figure, Registry, Window, by_fact, every
from reports.handed_in.files import files_of
from reports.models import Adjustment, Report, SummaryFile
from reports.sealing.snapshot import Snapshot

CHUNK = 2000
FLAG = "counts_{}"


def snapshot(
    report: Report, soft: Iterable[Finding] = (), outdated: Iterable[Stale] = (), text: dict | None = None
) -> Snapshot:
    """The report as it stands now, up to the campaign's cut-off of today; `soft` is what the checks find, explained.

    `outdated` is what is known not to hold of the summary report, `text` that report as it is written here.

    Runs inside the transaction that submits, while the unit is locked: figures and records are of one moment.
    """
    campaign, union = report.campaign, report.union
    window = Window.of(campaign)
    figures = figures_of(campaign)
    adjustments = _adjustments(report, figures)
    derived = derive(campaign, union, window.cut_off, figures=figures)
    records = {members[0].fact.name: frozen_rows(members, window, union) for members in by_fact(figures)}
    content = content_of(report, window, soft) | {"stale": dump(outdated)}
    content |= {"text": text} if text else {}
    return Snapshot(content, derived, adjustments, records)


def _adjustments(report: Report, figures: Registry) -> dict[str, Adjustment]:
    """The unit's adjustments by slug; a total has those of its summands added up."""
    made = {adjustment.slug: adjustment for adjustment in report.adjustments.all()}
    sums = {figure.slug: adjusted_by(figure, made) for figure in figures if figure.summands}
    return made | {
        slug: Adjustment(report=report, slug=slug, difference=total) for slug, total in sums.items() if total
    }


def content_of(report: Report, window: Window, soft: Iterable[Finding]) -> dict:
    """What is frozen besides figures and records; of the explanations those of what is still found."""
    summary = SummaryFile.objects.filter(report=report).values("file_name", "digest").first()
    declared = declared_for(report.campaign).dump()
    findings = {found.check.code: found.message for found in soft}
    explained = report.explanations.filter(check_code__in=findings).order_by("check_code")
    return {
        "campaign": window.year,
        "supplement": report.number,
        "number": report.submissions.count() + 1,  # the same report handed in again is another submission
        "unit": report.union.code,
        "unit_name": report.union.name,
        "cut_off": window.cut_off.isoformat(),
        "due_on": report.due_on.isoformat(),
        "starts_on": window.starts_on.isoformat(),
        "is_nil": report.is_nil,
        "contact_name": report.contact_name,
        "contact_telephone": report.contact_telephone,
        "wording": declared["wordings"],
        "figures": declared["figures"],
        "labels": declared["labels"],
        "findings": findings,
        "explanations": dict(explained.values_list("check_code", "text")),
        "summary": summary,
        "typed": typed_by(report),
        "files": files_of(report),
    }


def frozen_rows(figures: Iterable[Figure], window: Window, union: Union) -> tuple[list[str], list[dict]]:
    """Headings, and the records of one fact that any of `figures` counts, each with the slugs that count it.

    One query for all figures of the fact: each figure is an annotation that is true for the records it counts.
    """
    figures = tuple(figures)
    fact = figures[0].fact
    records = counted(figures, window).filter(fact.lies_in(union.path)).iterator(chunk_size=CHUNK)
    rows = [row_of(record, figures, union.path) for record in records]
    return headings_of(fact), [row for row in rows if row["figures"]]


def headings_of(fact: Fact) -> list[str]:
    """What stands over the cells of a record of `fact`."""
    return [column.heading(fact.model) for column in fact.columns]


def row_of(record: Model, figures: tuple[Figure, ...], scope: str) -> dict:
    """One record of `counted` as it is frozen in a unit at path `scope`; "figures" are the slugs that count it."""
    slugs = [figure.slug for figure in figures if getattr(record, FLAG.format(figure.slug))]
    cells = [column.text(record, scope) for column in figures[0].fact.columns]
    row = {"pk": record.pk, "cells": cells, "figures": slugs}
    return row | ({PERSON: getattr(record, PERSON)} if counts_persons(figures) else {})


def counted(figures: tuple[Figure, ...], window: Window) -> QuerySet:
    """The records of the fact that `figures` share, with a flag for each figure.

    Nothing is read of them but the columns: a large unit has tens of thousands.
    """
    fact = figures[0].fact
    flags: dict[str, Case | F] = {
        FLAG.format(figure.slug): _flag(every(figure.conditions, window)) for figure in figures
    }
    if counts_persons(figures):
        flags[PERSON] = F(fact.person)
    return (
        fact.model.objects.filter(every(fact.conditions, window))
        .select_related(*fact.joined)
        .prefetch_related(*fact.shared)
        .only(*fact.shown)
        .annotate(**flags)
        .order_by("pk")
    )


def _flag(condition: Q) -> Case:
    if not condition:
        return Value(True, output_field=BooleanField())  # noqa: FBT003  an SQL literal
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())  # noqa: FBT003
