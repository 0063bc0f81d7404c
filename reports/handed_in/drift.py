"""Drift: what has changed in the records since a report was handed in, without changing anything.

The board's number and the page's list are one question. It compares facts: neither what a union is called nor where
it stands in the tree is one, so that after a rename nothing has changed. A record that a move has taken out of the
unit, or brought into it, counts there no longer, or newly.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from portal.access import path_range
from portal.kept.counts import Kept
from portal.models import REPORTING_PATH_LENGTH, Campaign
from portal.models.owned import unit_path
from portal.records.attribute import absent
from portal.workbook.importing.chunks import in_chunks
from reports.annex.campaign_figures import figures_of_submission
from reports.figures.facts import OWNER
from reports.figures.registry import Fact, Figure, Window, by_fact
from reports.handed_in.causes import Cause, causes
from reports.handed_in.freezing import counted, headings_of, row_of
from reports.handed_in.frozen_rows import frozen_rows
from reports.handed_in.touched import touched_keys
from reports.models import Report, Submission

CAME, WENT, CHANGED = "came", "went", "changed"
Rows = dict[int, dict]  # frozen rows by the key of the record


@dataclass(frozen=True)
class Drifted:
    """One record whose part in the figures is not what it was: `before` and `after` are its cells, [] for none.

    `changes` are the facts that differ: heading, before, after. `figures` are the slugs in which it counts differently,
    or whose list shows it otherwise. `causes` are the records that were changed, itself or related ones; empty until
    `explained`.
    """

    fact: Fact
    kind: str
    pk: int
    before: list[str]
    after: list[str]
    changes: list[tuple[str, str, str]]
    figures: list[str]
    causes: tuple[Cause, ...] = ()

    @property
    def by(self) -> str:
        """Who made the latest of the changes; '' if that is not known."""
        return self.causes[-1].by if self.causes else ""

    @property
    def at(self) -> datetime | None:
        return self.causes[-1].at if self.causes else None


@dataclass(frozen=True)
class _Asked:
    """One submission with the question that it answered."""

    submission: Submission
    members: Mapping[str, tuple[Figure, ...]]  # by the name of the fact
    window: Window

    @classmethod
    def of(cls, submission: Submission) -> "_Asked":
        campaign, figures = submission.report.campaign, figures_of_submission(submission)
        window = Window(campaign, campaign.starts_on, submission.cut_off)
        return cls(submission, {members[0].fact.name: members for members in by_fact(figures)}, window)


def drift(submission: Submission) -> list[Drifted]:
    """Records that came into, went out of, or changed within the figures since `submission`, at its own cut-off."""
    return explained(submission, differences([submission])[submission.pk])


def explained(submission: Submission, found: Iterable[Drifted]) -> list[Drifted]:
    """`found` with the causes of each: a few queries for each kind of record."""
    found, asked = list(found), _Asked.of(submission)
    told = {
        name: causes(members, asked.window, submission, [each.pk for each in found if each.fact is members[0].fact])
        for name, members in asked.members.items()
    }
    return [replace(each, causes=told[each.fact.name].get(each.pk, ())) for each in found]


def differences(submissions: Iterable[Submission]) -> dict[int, list[Drifted]]:
    """What has changed since each of `submissions`, of which no two are of one unit; by key, without the causes.

    Asks once for each kind of record, day of cut-off and form, whatever the number of submissions and records. Read are
    only the records that a version was written of since the first of them.
    """
    asked = [_Asked.of(submission) for submission in submissions]
    found: dict[int, list[Drifted]] = {each.submission.pk: [] for each in asked}
    since = min((each.submission.submitted_at for each in asked), default=None)
    for fact in dict.fromkeys(members[0].fact for each in asked for members in each.members.values()):
        keys = touched_keys(fact, since)
        if not keys:
            continue
        then, now = _then(fact, asked, keys), _now(fact, asked, keys)
        for each in asked:
            key = each.submission.pk
            found[key] += _differing(fact, each, then[key], now[key])
    return found


def _then(fact: Fact, asked: Iterable[_Asked], keys: set[int]) -> Mapping[int, Rows]:
    """The records among `keys` as they were frozen, by submission; the cells by their headings."""
    found: Mapping[int, Rows] = defaultdict(dict)
    for submission, row in frozen_rows(fact, [each.submission.pk for each in asked], keys):
        found[submission][row["pk"]] = row
    return found


def _now(fact: Fact, asked: Iterable[_Asked], keys: set[int]) -> Mapping[int, Rows]:
    """The records among `keys` as they would be frozen now, by submission."""
    found: Mapping[int, Rows] = defaultdict(dict)
    headings = headings_of(fact)
    for members, window, units in _asked_alike(fact, asked):
        records = counted(members, window).annotate(unit=unit_path())
        for chunk in in_chunks(sorted(keys)):
            for record in records.filter(pk__in=chunk):
                row = row_of(record, members, record.unit)
                if row["figures"] and record.unit in units:
                    found[units[record.unit]][record.pk] = row | {"headings": headings}
    return found


def _asked_alike(fact: Fact, asked: Iterable[_Asked]) -> Iterator[tuple[tuple[Figure, ...], Window, Mapping[str, int]]]:
    """The figures and windows by which `fact` was asked, each with the submissions by the path of their unit."""
    alike: Mapping[tuple, dict[str, int]] = defaultdict(dict)
    for each in asked:
        if fact.name in each.members:
            submission = each.submission
            alike[each.members[fact.name], each.window][submission.report.union.path] = submission.pk
    return ((*question, units) for question, units in alike.items())


def _differing(fact: Fact, asked: _Asked, old: Rows, new: Rows) -> Iterator[Drifted]:
    for pk in dict.fromkeys((*old, *new)):
        before, after = old.get(pk), new.get(pk)
        changes = list(_changes(before, after)) if before and after else []
        slugs = [set(row["figures"]) if row else set() for row in (before, after)]
        if changes or slugs[0] != slugs[1]:
            yield Drifted(
                fact=fact,
                kind=CHANGED if before and after else CAME if after else WENT,
                pk=pk,
                before=before["cells"] if before else [],
                after=after["cells"] if after else [],
                changes=changes,
                figures=[figure.slug for figure in asked.members[fact.name] if figure.slug in slugs[0] | slugs[1]],
            )


def _changes(before: dict, after: dict) -> Iterator[tuple[str, str, str]]:
    """The facts that differ, by headings that both have. A related record that has left the unit is where it is."""
    was, now = (dict(zip(row["headings"], row["cells"], strict=True)) for row in (before, after))
    for heading in was.keys() & now.keys():
        cells = was[heading], now[heading]
        if cells[0] != cells[1] and heading != str(OWNER.label) and absent() not in cells:
            yield heading, *cells


def changed_records(campaign: Campaign, submissions: Iterable[int]) -> dict[int, int]:
    """How many records have changed since each of `submissions`: the numbers of the board, by key.

    Of the last of a unit it is kept until a record of the unit is written or another report of it is handed in.
    """
    asked = set(submissions)
    paths = Submission.objects.filter(pk__in=asked).values_list("report__union__path", flat=True)
    units = {path[:REPORTING_PATH_LENGTH] for path in paths}
    kept = CHANGED_COUNTS.of_units(campaign, campaign.ends_on, units)
    found = {int(submission): count for values in kept.values() for submission, count in values.items()}
    earlier = Submission.objects.filter(pk__in=asked - found.keys()).select_related("report__campaign", "report__union")
    found |= {key: len(changed) for each in earlier for key, changed in differences([each]).items()}
    return {submission: found[submission] for submission in asked}


def _changed_records(campaign: Campaign, _day: date, path: str | None) -> dict[str, dict[str, int]]:
    """By path of the 填报单位: how many records changed since the last that each union there handed in, by its key."""
    latest = Report.objects.filter(campaign=campaign, submission__isnull=False).order_by("number")
    if path is not None:
        latest = latest.filter(path_range(path, "union__path"))
    submissions = dict(latest.values_list("union", "submission")).values()
    handed_in = Submission.objects.filter(pk__in=submissions).select_related("report__campaign", "report__union")
    changed = differences(handed_in)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for each in handed_in:
        found[each.report.union.reporting_path][str(each.pk)] = len(changed[each.pk])
    return found


# What was handed in keeps its own last day, so that no day makes another number of it.
CHANGED_COUNTS = Kept("changed", lambda campaign: str(campaign.version), _changed_records, lambda _campaign: (), {})
