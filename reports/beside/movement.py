"""变动情况: who counted when last year's report was accepted, who counts now, and why some no longer do.

People are compared, not cases: a child has a new case every year. Why somebody came or went is read from the records
as they stand now; where they say nothing, so does the sheet.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import CaseState, Stage
from aid.models import AidCase, Entry, Household
from aid.models.casework.case import APPROVED_STATES
from employment.models import Graduate
from portal.access import path_range
from portal.models import Campaign, Union
from portal.workbook.importing.chunks import in_chunks
from reports.beside.last_year import last_accepted_submission
from reports.figures.facts import CASES, GRADUATES
from reports.figures.registry import Fact, Window, every
from reports.models import Report, Submission
from reports.sealing.proving import prove

NEW, CONTINUING, ENDED = "new", "continuing", "ended"
DIRECTIONS = (NEW, CONTINUING, ENDED)
SUBJECTS = {
    "households": gettext_lazy("受助家庭"),
    "children": gettext_lazy("受助子女"),
    "graduates": gettext_lazy("高校毕业生"),
}
AIDED = {NEW: gettext_lazy("新增"), CONTINUING: gettext_lazy("继续受助"), ENDED: gettext_lazy("不再受助")}
TRACKED = {NEW: gettext_lazy("新增"), CONTINUING: gettext_lazy("继续跟踪"), ENDED: gettext_lazy("不再跟踪")}
LABELS = {"households": AIDED, "children": AIDED, "graduates": TRACKED}
CASE_FIELDS = ("person", "counted_stage", "union_path", "child__name", "child__union_path")
HOME_FIELDS = ("number", "worker_name", "filed_on", "closed_on", "closed_reason", "union_path")
GRADUATE_FIELDS = ("person", "name", "registered_on", "contract_on", "closed_on", "union_path")


# What people are counted by, and the column with their name.
NAMED = ((CASES, "child.name"), (GRADUATES, "name"))


@dataclass(frozen=True)
class Side:
    """The cases and graduates that counted at one time: frozen in `submission`, or as the records stand now.

    Names are those of the frozen rows, by primary key; '' for a live record, which tells its own.
    """

    window: Window
    submission: Submission | None
    cases: dict[int, str]
    graduates: dict[int, str]


@dataclass(frozen=True)
class Mover:
    """One family, child or graduate: the record it is found at, its file, and what the records say of the move."""

    name: str
    file_number: str
    why: str
    record: Model | None


@dataclass(frozen=True)
class Movement:
    """The movers by subject and direction. `before` is None where there is no campaign before this one."""

    report: Report
    before: Side | None
    after: Side
    movers: dict[str, dict[str, list[Mover]]]

    def reasons(self, subject: str, direction: str) -> list[tuple[str, int]]:
        """What the records say of these movers, what is said most often first."""
        return Counter(mover.why for mover in self.movers[subject][direction]).most_common()

    def count(self, subject: str, *directions: str) -> int:
        return sum(len(self.movers[subject][direction]) for direction in directions)


def movement(report: Report) -> Movement:
    """From the last accepted report to this one. The number of queries depends on neither people nor units."""
    union, before = report.union, _before(report)
    after = _frozen_side(report.submission) if not report.is_editable else _live_side(report.campaign, union)
    cases, graduates = _cases(before, after), _graduates(before, after)
    why = _Reasons(union, before, after)
    sides = (before or Side(after.window, None, {}, {}), after)
    homes = [{c.child.household_id: c.child.household for c in _found(side.cases, cases)} for side in sides]
    pupils = [{case.person_id: case for case in _found(side.cases, cases)} for side in sides]
    trained = [{each.person_id: each for each in _found(side.graduates, graduates)} for side in sides]
    movers = {
        "households": _moved(*homes, why.household, lambda household: _home(household, union)),
        "children": _moved(*pupils, why.child, lambda case: _pupil(case, union, before)),
        "graduates": _moved(*trained, why.graduate, lambda graduate: _trained(graduate, union, before)),
    }
    if before:
        movers["children"][ENDED] += _lost(before.cases, cases)
        movers["graduates"][ENDED] += _lost(before.graduates, graduates)
    return Movement(report, before, after, movers)


def intake(side: Side) -> tuple[int, int]:
    """Of the children aided on `side`, how many 新纳入 and how many 继续帮扶, as their cases say. One query a chunk."""
    told: dict[int, bool] = {}
    for chunk in in_chunks(side.cases):
        told |= dict(AidCase.objects.filter(pk__in=chunk).with_intake().values_list("person", "continued"))
    continued = sum(told.values())
    return len(told) - continued, continued


def _before(report: Report) -> Side | None:
    """The last accepted report; without one, last year's records as they stand now.

    None of a year that was reported without records: nobody can be told to have come or gone since.
    """
    accepted = last_accepted_submission(report)
    if accepted:
        return _frozen_side(accepted) if _has_records(accepted) else None
    campaign = Campaign.objects.filter(year__lt=report.campaign.year).first()
    return _live_side(campaign, report.union) if campaign else None


def _has_records(submission: Submission) -> bool:
    """Whether anything was counted of what was handed in."""
    return any(rows for rows in submission.records.values_list("rows", flat=True).iterator(chunk_size=1))


def _frozen_side(submission: Submission) -> Side:
    """Raises Tampered."""
    prove(submission)
    campaign = submission.report.campaign
    kept = {records.fact: records for records in submission.records.filter(fact__in=(CASES.name, GRADUATES.name))}
    names = [_frozen_names(kept.get(fact.name), fact, path) for fact, path in NAMED]
    return Side(Window(campaign, campaign.starts_on, submission.cut_off), submission, *names)


def _frozen_names(records, fact: Fact, path: str) -> dict[int, str]:
    if records is None:
        return {}
    heading = next(column.heading(fact.model) for column in fact.columns if column.path == path)
    place = records.headings.index(heading) if heading in records.headings else None
    return {row["pk"]: "" if place is None else row["cells"][place] for row in records.rows}


def _live_side(campaign: Campaign, union: Union) -> Side:
    window = Window.of(campaign)
    counted = (
        fact.model.objects.filter(fact.lies_in(union.path), every(fact.conditions, window)) for fact, _name in NAMED
    )
    return Side(window, None, *(dict.fromkeys(records.values_list("pk", flat=True), "") for records in counted))


def _cases(*sides: Side | None) -> dict[int, AidCase]:
    fields = (*CASE_FIELDS, *(f"child__household__{name}" for name in HOME_FIELDS))
    wanted = {pk for side in sides if side for pk in side.cases}
    return AidCase.objects.select_related("child__household").only(*fields).in_bulk(wanted)


def _graduates(*sides: Side | None) -> dict[int, Graduate]:
    fields = (*GRADUATE_FIELDS, *(f"household__{name}" for name in HOME_FIELDS))
    wanted = {pk for side in sides if side for pk in side.graduates}
    return Graduate.objects.select_related("household").only(*fields).in_bulk(wanted)


def _found(wanted: Iterable[int], records: dict[int, Model]) -> Iterator[Model]:
    return (records[pk] for pk in wanted if pk in records)


def _moved(before: dict, after: dict, why, shown) -> dict[str, list[Mover]]:
    """The keys of both sides compared; `why` tells the reason, `shown` the name, file and record."""
    found = {NEW: [], CONTINUING: [], ENDED: []}
    for key in {**before, **after}:
        was, now = before.get(key), after.get(key)
        direction = CONTINUING if was and now else NEW if now else ENDED
        name, file_number, record = shown(now or was)
        found[direction].append(Mover(name, file_number, why(direction, was, now), record))
    return found


def _lost(names: dict[int, str], records: dict[int, Model]) -> list[Mover]:
    """What was frozen and is no record any more."""
    return [Mover(name, "", _("记录已删除"), None) for pk, name in names.items() if pk not in records]


def _home(household: Household, union: Union) -> tuple:
    if household.union_path.startswith(union.path):
        return household.worker_name, household.number, household
    return _("（不在本单位）"), "", None


def _pupil(case: AidCase, union: Union, before: Side | None) -> tuple:
    child = case.child
    if child.union_path.startswith(union.path):
        return child.name, child.household.number, child
    return (before.cases.get(case.pk) if before else "") or _("（不在本单位）"), "", None


def _trained(graduate: Graduate, union: Union, before: Side | None) -> tuple:
    if graduate.union_path.startswith(union.path):
        return graduate.name, graduate.household.number, graduate
    return (before.graduates.get(graduate.pk) if before else "") or _("（不在本单位）"), "", None


class _Reasons:
    """What the records of a unit say of those who came, stayed and went. Each list is read once."""

    def __init__(self, union: Union, before: Side | None, after: Side):
        self._path = union.path
        self._until = after.window.cut_off
        self._since = before.window.cut_off if before else None
        here, campaign = path_range(union.path), after.window.campaign
        self._states = dict(AidCase.objects.filter(here, campaign=campaign).values_list("person", "status"))
        graduated = Graduate.objects.filter(here, graduated_on__lte=self._until)
        self._graduated = set(graduated.values_list("person", flat=True))
        entered = Entry.objects.filter(here, entered_on__lte=self._until).order_by("entered_on")
        entered = entered.filter(entered_on__gt=self._since) if self._since else entered
        self._entered = dict(entered.values_list("child__person", "stage"))

    def household(self, direction: str, was: Household | None, now: Household | None) -> str:
        if direction == NEW:
            return self._filed(now)
        if direction == CONTINUING:
            return _("继续受助")
        return self._gone(was) or _("今年没有受助子女")

    def child(self, direction: str, was: AidCase | None, now: AidCase | None) -> str:
        if direction == NEW:
            return self._filed(now.child.household)
        if direction == CONTINUING:
            stages = {"before": Stage(was.counted_stage).label, "after": Stage(now.counted_stage).label}
            same = was.counted_stage == now.counted_stage
            return _("学段未变") if same else _("学段由%(before)s变为%(after)s") % stages
        return self._gone(was.child.household) or self._left(was.person_id)

    def graduate(self, direction: str, was: Graduate | None, now: Graduate | None) -> str:
        if direction == NEW:
            is_late = self._since and now.registered_on <= self._since
            return _("原已登记") if is_late else _("新登记")
        if direction == CONTINUING:
            return _("已签约") if now.contract_on else _("未签约")
        return self._gone(was.household) or (_("已结束跟踪") if was.closed_on else _("不再符合统计条件"))

    def _filed(self, household: Household) -> str:
        is_old = self._since and household.filed_on <= self._since
        return _("原在档家庭") if is_old else _("新建档家庭")

    def _gone(self, household: Household) -> str:
        """Why a family is no longer the unit's; '' if it is."""
        if not household.union_path.startswith(self._path):
            return _("家庭已迁出本单位")
        if household.closed_on and household.closed_on <= self._until:
            reason = household.closed_reason
            return _("家庭已注销：%(reason)s") % {"reason": reason} if reason else _("家庭已注销")
        return ""

    def _left(self, person: int) -> str:
        if person in self._graduated:
            return _("已毕业")
        if state := self._states.get(person):
            if state in APPROVED_STATES:
                return _("今年助学款未发放")
            return _("今年的申请：%(state)s") % {"state": CaseState(state).label}
        if stage := self._entered.get(person):
            return _("升入%(stage)s，今年没有助学申请") % {"stage": Stage(stage).label}
        return _("今年没有助学申请")
