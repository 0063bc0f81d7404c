"""Proving what was handed in: every submission is sealed when it is frozen, and proved before it is read.

One submission is proved whole, records and all. Of many at once, where the figures alone are read, the figures are
proved: three queries, however many submissions.
"""

import datetime
import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from portal.fields import keyed_hash
from reports.models import FrozenFigure, Report, Seal, Submission
from reports.sealing.snapshot import Snapshot, kept, short_code

logger = logging.getLogger(__name__)

CHUNK = 50  # submissions in memory at a time, without their records
CONTENT, FIGURES, RECORDS = "content", "figures", "records"
Stated = Mapping[str, list[str]]  # by slug: derived, adjustment and reason, as they are hashed


class Tampered(PermissionDenied):
    """What was handed in is no longer what was frozen: nobody reads it, and the sentence names it."""

    def __init__(self, submissions: Iterable[Submission]):
        named = "；".join(map(_named, submissions))
        words = _(
            "以下报送与报送时的校验值不一致，数据可能被改动，不能查看、打印、导出、审核或汇总：%(named)s。"
            "请联系市总保障部和系统管理员，按备份核对。"
        )
        super().__init__(words % {"named": named})


def _named(submission: Submission) -> str:
    words = _("%(report)s第 %(number)d 次报送（核验码 %(code)s）")
    return words % {"report": submission.report, "number": submission.number, "code": submission.code}


def seal(submission: Submission, frozen: Snapshot) -> Seal:
    """Seal `submission`, saved a moment ago with what `frozen` holds. Raises Tampered if the one before is not whole.

    Call it in the transaction that freezes, with the unit locked.
    """
    before = submissions_before(submission).last()
    if before is not None:
        prove(before)
    return Seal.objects.create(**sealed(submission, frozen, before.digest if before else ""))


def sealed(submission: Submission, frozen: Snapshot, before: str) -> dict:
    """What a seal of `submission` holds."""
    parts = parts_of(frozen)
    return {"submission": submission, "before": before, "parts": parts, "mark": mark_of(submission, before, parts)}


def submissions_before(submission: Submission):
    """What the unit handed in before `submission` for the same campaign, the latest last."""
    report = submission.report
    of_unit = type(submission).objects.filter(report__campaign=report.campaign_id, report__union=report.union_id)
    return of_unit.filter(pk__lt=submission.pk).order_by("pk")


def parts_of(frozen: Snapshot) -> dict:
    """The digests of what is frozen, part by part."""
    return {
        CONTENT: _digest(frozen.content),
        FIGURES: _digest(frozen.stated),
        RECORDS: {fact: _digest(kept_rows) for fact, kept_rows in frozen.records.items()},
    }


def mark_of(submission: Submission, before: str, parts: dict, key: str | None = None) -> str:
    """The hash over the row of `submission`, the one before it and its parts, under `key`, else the one in use.

    The keys are of their own: a new key for the search in encrypted fields breaks no seal.
    """
    row = [
        submission.report_id,
        submission.union_id,
        submission.number,
        submission.submitted_at.astimezone(datetime.UTC).isoformat(),
        submission.submitted_by_id,
        str(submission.cut_off),
        submission.digest,
        submission.code,
    ]
    return keyed_hash(_canonical([row, before, parts]), key or settings.SEAL_KEYS[0])


def is_proved(submission: Submission) -> bool:
    """Whether every row of `submission` is as it was sealed, and the chain before it is unbroken."""
    given = Seal.objects.filter(submission=submission).first()
    if given is None:
        return False
    frozen, before = kept(submission), submissions_before(submission).last()
    return (
        is_marked(given, before.digest if before else "")
        and given.parts == parts_of(frozen)
        and frozen.digest == submission.digest
        and short_code(submission.digest) == submission.code
    )


def prove(submission: Submission) -> Submission:
    """`submission`, once it is proved whole. Raises Tampered."""
    if not is_proved(submission):
        raise Tampered([submission])
    return submission


def is_marked(given: Seal, before: str) -> bool:
    """Whether one of the keys made the mark of `given`, and what came before it had the digest `before`."""
    marks = (mark_of(given.submission, given.before, given.parts, key) for key in settings.SEAL_KEYS)
    return given.before == before and given.mark in marks


@dataclass(frozen=True)
class Proved:
    """The figures of many submissions, by submission and slug, and which submissions could not be proved."""

    figures: Mapping[int, Mapping[str, FrozenFigure]]
    broken: list[int]


def proved_figures(submissions: Iterable[int]) -> Proved:
    """The figures of `submissions` as frozen, proved by their seals. Three queries; none for no submission."""
    asked = list(dict.fromkeys(submissions))
    if not asked:
        return Proved({}, [])
    figures: dict[int, dict[str, FrozenFigure]] = {each: {} for each in asked}
    for figure in FrozenFigure.objects.filter(submission__in=asked).order_by("id"):
        figures[figure.submission_id][figure.slug] = figure
    seals = Seal.objects.filter(submission__in=asked).select_related("submission").defer("submission__content")
    given, before = {each.submission_id: each for each in seals}, _digests_before(asked)
    broken = [each for each in asked if not _are_proved(figures[each], given.get(each), before.get(each, ""))]
    return Proved(figures, broken)


def proved(submissions: Iterable[int]) -> Mapping[int, Mapping[str, FrozenFigure]]:
    """The same where all of them must be proved. Raises Tampered, naming every one that is not."""
    found = proved_figures(submissions)
    if found.broken:
        named = Submission.objects.filter(pk__in=found.broken).defer("content").order_by("pk")
        raise Tampered(named.select_related("report__campaign", "report__union"))
    return found.figures


def _are_proved(figures: Mapping[str, FrozenFigure], given: Seal | None, before: str) -> bool:
    return given is not None and is_marked(given, before) and given.parts[FIGURES] == _digest(stated(figures.values()))


def stated(figures: Iterable[FrozenFigure]) -> Stated:
    """Frozen figures as they are hashed."""
    return {each.slug: [f"{each.derived:.2f}", f"{each.adjustment:.2f}", each.adjustment_reason] for each in figures}


def _digests_before(asked: Iterable[int]) -> dict[int, str]:
    """For each submission the digest of what the same unit handed in before it for the same campaign."""
    beside = Report.objects.filter(submissions__in=asked)
    rows = Submission.objects.filter(
        report__campaign__in=beside.values("campaign"), report__union__in=beside.values("union")
    )
    latest: dict[tuple[int, int], str] = {}
    before = {}
    for pk, digest, *unit in rows.order_by("pk").values_list("pk", "digest", "report__campaign", "report__union"):
        before[pk], latest[tuple(unit)] = latest.get(tuple(unit), ""), digest
    return before


def seal_older(submissions: type[Submission], seals: type[Seal]) -> None:
    """Seal what was handed in before there were seals; the models are those of the migration.

    A submission whose own digest no longer proves it gets none, and is refused from then on like any other that is
    not whole.
    """
    for submission in submissions.objects.filter(seal=None).select_related("report").order_by("pk").iterator(CHUNK):
        frozen, before = kept(submission), submissions_before(submission).last()
        if frozen.digest == submission.digest and short_code(submission.digest) == submission.code:
            seals.objects.create(**sealed(submission, frozen, before.digest if before else ""))
        else:
            logger.warning("submission %s is not what was frozen; it stays without a seal", submission.code)


def _canonical(content) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(content) -> str:
    return hashlib.sha256(_canonical(content).encode()).hexdigest()
