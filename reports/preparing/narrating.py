"""Writing the summary report 总结报告正文: two people may edit it, and neither loses a word without having seen the
other's. What was written is used as the summary, and frozen with the numbers in it when the report is handed in.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit import By
from portal.keeping import keep_along, keep_aside
from portal.printouts.content import Printout
from portal.printouts.making import file_of
from portal.words.on_paper import day_on_paper
from reports.annex.campaign_figures import figures_of
from reports.campaign.named_blanks import by_slug
from reports.counting.stale import Stale, printed_now, stale
from reports.enums import OVERTAKEN, SummaryPart
from reports.models import Narrative, Report, SummaryFile
from reports.models.preparation import SummaryText
from reports.preparing.narrative import title_of, told_of
from reports.preparing.preparation import attach_summary, locked
from reports.preparing.prose import prose
from reports.preparing.written import lacks_of
from reports.render.prose import prose_printout
from reports.summary.blanks import filled, gone, slugs_in, unknown
from reports.summary.drafting import Texts, headed
from reports.summary.names import Names, names_of
from reports.summary.numbers import Numbers, texts_of

LONGEST = 20_000  # characters of a part; some forty pages


@transaction.atomic
def save_narrative(report: Report, *, parts: Mapping[str, str], version: int, by: By) -> Narrative:
    """Keep the `parts`; `version` is the one that was there when the person began, 0 for none.

    Numbers are written by name in braces, and kept by slug. Writes the narrative with the figures of now, and one
    version of the report; the same saved twice acts once. Raises ValidationError, of the part, if a text is too long
    or names a number that is none (where, and what to do), if there is no text at all, or if somebody was quicker
    (code OVERTAKEN), and MoveRefused.
    """
    report = locked(report, by.actor)
    written = checked(parts, names_of(report.campaign))
    kept = Narrative.objects.filter(report=report).select_related("made_by").first()
    figures = printed_now(report)
    if kept and (kept.parts, kept.figures) == (written, figures):
        return kept
    refuse_overtaken(kept, version)
    kept = kept or Narrative(report=report)
    kept.figures = figures
    write(kept, written, by)
    keep_aside(report, by, _("修改总结报告正文（第 %(version)d 版）") % {"version": kept.version})
    return kept


def checked(parts: Mapping[str, str], names: Names) -> Texts:
    """The parts as they are kept, with slugs in their blanks. Raises ValidationError, of each part that is wrong."""
    errors: dict[str, list[str]] = {}
    written = {}
    for part in SummaryPart.values:
        try:
            written[part] = by_slug(prose(parts.get(part, ""), part), names)
        except ValidationError as refused:
            errors |= refused.message_dict
            continue
        if len(written[part]) > LONGEST:
            errors[part] = [_("“%(part)s”超过 %(most)d 字。") % {"part": SummaryPart(part).label, "most": LONGEST}]
        elif places := unknown(written[part], names):
            words = _("不是本年度的数字名称。请从下面的名称中选，或者去掉花括号直接写字。")
            errors[part] = [f"{place}：{words}" for place in places]
    if errors:
        raise ValidationError(errors)
    if not any(written.values()):
        raise ValidationError({SummaryPart.WORK.value: _("请写总结报告。")})
    return written


def refuse_overtaken(kept: SummaryText | None, version: int) -> None:
    """Raises ValidationError (code OVERTAKEN) where what is kept is not what the person began with."""
    if version != (kept.version if kept else 0):
        message = _("您打开之后，%(actor)s 已修改并保存。两份不同之处列在下面，请合并后再保存；您写的仍在框里。")
        raise ValidationError(message % {"actor": kept.made_by if kept else "—"}, OVERTAKEN)


def write(kept: SummaryText, written: Texts, by: By) -> None:
    """Keep `written` as the next version of the text."""
    for part, text in written.items():
        setattr(kept, part, text)
    kept.made_by = by.actor
    keep_along(kept, by)


def lost_blanks(before: Mapping[str, str], after: Mapping[str, str], names: Names) -> list[str]:
    """The numbers that `before` had and `after` has not: the part and the paragraph where each stood."""
    return [
        f"“{SummaryPart(part).label}”{place}"
        for part, text in before.items()
        for place in gone(text, after.get(part, ""), names)
    ]


def figures_changed(narrative: Narrative) -> list[Stale]:
    """The figures that are no longer what they were when the text was saved."""
    return stale(narrative.figures, printed_now(narrative.report), figures_of(narrative.report.campaign))


@transaction.atomic
def use_as_summary(narrative: Narrative, *, by: By) -> SummaryFile:
    """Use what is written as the summary report of the unit, in place of the file that was there.

    Writes as `attach_summary` does. Raises ValidationError if the text is not complete, and MoveRefused.
    """
    report = narrative.report
    if lacks := lacks_of(narrative.parts, names_of(report.campaign)):
        raise ValidationError(lacks)
    return _attach(narrative, told_of(report).numbers, by)


def summary_for_submission(report: Report, *, by: By) -> dict | None:
    """The summary made again with the numbers of the moment, if it is written here; what is to be frozen of it.

    None where a file was uploaded, or the text is not complete: the checks tell that with all else that is missing.
    Called by what hands the report in, in its transaction.
    """
    narrative = Narrative.objects.filter(report=report).select_related("made_by").first()
    if not narrative or not SummaryFile.objects.filter(report=report, is_written_here=True).exists():
        return None
    names = names_of(report.campaign)
    if lacks_of(narrative.parts, names):
        return None
    narrative.report = report
    numbers = told_of(report).numbers
    _attach(narrative, numbers, by)
    return frozen_text(narrative.parts, names, numbers)


def frozen_text(parts: Texts, names: Names, numbers: Numbers) -> dict:
    """The parts with their blanks, and what stood in each: its name and its text."""
    used = sorted(slugs_in(parts.values()))
    texts = texts_of(numbers)
    labels = {slug: names[slug].label for slug in used if slug in names}
    return {"parts": parts, "numbers": {slug: [labels.get(slug, slug), texts[slug]] for slug in used if slug in texts}}


def _attach(narrative: Narrative, numbers: Numbers, by: By) -> SummaryFile:
    report, texts = narrative.report, texts_of(numbers)
    content = file_of([narrative_printout(narrative, texts)], "docx")
    return attach_summary(report, name=narrative_file(report, "docx"), content=content, by=by, is_written_here=True)


def narrative_file(report: Report, ending: str) -> str:
    return _("%(year)d年总结报告.%(ending)s") % {"year": report.campaign.year, "ending": ending}


def narrative_printout(narrative: Narrative, texts: Mapping[str, str]) -> Printout:
    """The text as it is signed, with `texts` in its blanks."""
    parts = {part: filled(text, texts) for part, text in narrative.parts.items()}
    day = day_on_paper(timezone.localtime(narrative.made_at).date())
    return prose_printout(title_of(narrative.report.campaign), headed(parts), narrative.report.union.name, day)
