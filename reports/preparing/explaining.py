"""Explaining soft findings: why what a check finds is right all the same (annexes.md, Checks)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit import By
from portal.keeping import keep_aside
from reports.annex.campaign_figures import figures_of
from reports.checks import checks_for
from reports.checks.registry import Check
from reports.enums import OVERTAKEN
from reports.models import Explanation, Report
from reports.preparing.preparation import UNASKED, locked
from reports.preparing.prose import prose
from reports.preparing.standing import Standing, standing


@dataclass(frozen=True)
class Said:
    """What a person typed about one finding, and the words that were there when the person began."""

    text: str
    seen: str = UNASKED


@transaction.atomic
def explain_check(report: Report, *, code: str, text: str, by: By, seen: str = UNASKED) -> Explanation:
    """Say in words why what a soft check finds is right all the same; it travels with the submission.

    Writes the explanation with what the check finds now, in place of an earlier one (the same words once more say that
    they hold for other numbers, too), and one version of the report. Raises ValidationError if there
    is no such check, it is hard, it finds nothing now, or the text is missing or somebody was quicker; MoveRefused.
    """
    report = locked(report, by.actor)
    return _explain(report, code, Said(text, seen), by, standing(report))


@transaction.atomic
def explain_checks(report: Report, *, said: Mapping[str, Said], by: By) -> list[Explanation]:
    """Explain several findings at once, by the codes of their checks; all of them or none.

    Writes what `explain_check` writes for each. Raises ValidationError with a sentence for each code that
    `explain_check` would refuse, and MoveRefused.
    """
    report = locked(report, by.actor)
    live, given, refused = standing(report), [], {}
    for code, one in said.items():
        try:
            given.append(_explain(report, code, one, by, live))
        except ValidationError as error:
            refused[code] = error
    if refused:
        raise ValidationError(refused)
    return given


def _explain(report: Report, code: str, said: Said, by: By, live: Standing) -> Explanation:
    check, text = _soft_check(report, code), prose(said.text, "text")
    given = report.explanations.filter(check_code=code).first()
    words = next((found.own_words for found in live.findings if found.check.code == code), None)
    if given and given.text == text and words in {None, given.finding}:
        return given
    _check_seen(given, said.seen)
    if words is None:
        raise ValidationError(_("这项核对现在没有问题，不需要说明。"))
    given = given or Explanation(report=report, check_code=code)
    given.text, given.finding, given.made_by = text, words, by.actor
    given.full_clean(exclude=["report", "made_by"])
    given.save()
    keep_aside(report, by, _("说明核对项：%(words)s") % {"words": check.about(figures_of(report.campaign))})
    return given


def _soft_check(report: Report, code: str) -> Check:
    checks = checks_for(figures_of(report.campaign))
    if code not in checks:
        raise ValidationError(_("没有这项核对。"))
    if checks[code].is_hard:
        raise ValidationError(_("这一项必须更正，不能用说明代替。"))
    return checks[code]


def _check_seen(given: Explanation | None, seen: str) -> None:
    there = given.text if given else ""
    if seen is not UNASKED and seen != there:
        raise ValidationError(_("您打开之后，有人已写了说明：%(text)s") % {"text": there or "—"}, OVERTAKEN)
