"""Children and graduates whom several units count: legal in each unit's form, and told to who adds the forms up.

A family that moves is counted where it was and where it is, each by its own right (domain.md, Report). Persons are
compared by the keyed hash of their identity number, between what was handed in.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from portal.identity import mask_name
from portal.models import Campaign, Union
from portal.models.voidable import all_of
from portal.workbook.importing.chunks import in_chunks
from reports.annex.campaign_figures import figures_of
from reports.figures.facts import CASES, ENTRIES, GRADUATES
from reports.figures.registry import Fact
from reports.models import FrozenRecords, Report, Submission
from reports.sealing.proving import prove

FACTS = (CASES, ENTRIES, GRADUATES)  # what counts people; the others count what was done for them
CHUNK = 20  # submissions whose records are in memory at a time
Place = tuple[int, str]  # a submission, and the name in it


@dataclass(frozen=True)
class CountedTwice:
    """One person, with the figures in which more than one unit counts it and those units, in their order."""

    name: str
    figures: tuple[str, ...]
    units: tuple[Union, ...]


def handed_in(campaign: Campaign) -> dict[Union, Submission]:
    """What each unit handed in last for `campaign`, a supplementary report before the one it follows; by code."""
    reports = Report.objects.filter(campaign=campaign, submission__isnull=False).order_by("number")
    latest = dict(reports.values_list("union", "submission"))
    found = Submission.objects.select_related("report__campaign", "report__union").in_bulk(latest.values())
    units = Union.objects.filter(pk__in=latest).order_by("code")
    return {unit: found[latest[unit.pk]] for unit in units}


def counted_twice(campaign: Campaign, submissions: Mapping[Union, Submission]) -> list[CountedTwice]:
    """Whom more than one of `submissions` counts in the same figure; the caller has proved them. By name."""
    places: dict[str, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for fact in FACTS:
        for mark, slug, (submission, name) in _counted(fact, [each.pk for each in submissions.values()]):
            places[mark][slug][submission] = name
    labels = {figure.slug: str(figure) for figure in figures_of(campaign)}
    found = []
    for by_slug in places.values():
        twice = {slug: counted for slug, counted in by_slug.items() if len(counted) > 1}
        if twice:
            by = {submission for counted in twice.values() for submission in counted}
            name = next(name for counted in twice.values() for name in counted.values())
            units = tuple(unit for unit, submission in submissions.items() if submission.pk in by)
            found.append(CountedTwice(mask_name(name), tuple(labels.get(slug, slug) for slug in twice), units))
    return sorted(found, key=lambda person: person.name)


def proved_all(submissions: Iterable[Submission]) -> None:
    """Each of `submissions`, proved whole. Raises Tampered."""
    for submission in submissions:
        prove(submission)


def _counted(fact: Fact, submissions: list[int]) -> Iterator[tuple[str, str, Place]]:
    """By whom (the keyed hash), in which figure, and where each record of `fact` was counted."""
    frozen = FrozenRecords.objects.filter(submission__in=submissions, fact=fact.name).order_by("submission")
    for submission, headings, rows in frozen.values_list("submission", "headings", "rows").iterator(chunk_size=CHUNK):
        place = next(at for at, heading in enumerate(headings) if heading.endswith("姓名"))
        marks = _marks(fact, [row["pk"] for row in rows])
        for row in rows:
            for slug in row["figures"] if row["pk"] in marks else ():
                yield marks[row["pk"]], slug, (submission, row["cells"][place])


def _marks(fact: Fact, pks: list[int]) -> dict[int, str]:
    records = all_of(fact.model)
    found = {}
    for chunk in in_chunks(pks):
        found |= dict(records.filter(pk__in=chunk).values_list("pk", f"{fact.person}__id_hash"))
    return found
