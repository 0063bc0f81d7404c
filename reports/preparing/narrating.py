"""Writing the 情况说明: two people may edit it, and neither loses a word without having seen the other's."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit import By
from portal.keeping import keep_along, keep_aside
from reports.annex.campaign_figures import figures_of
from reports.counting.stale import Stale, printed_now, stale
from reports.enums import OVERTAKEN
from reports.models import Narrative, Report
from reports.preparing.narrative import gaps
from reports.preparing.preparation import locked
from reports.preparing.prose import prose

LONGEST = 20_000  # characters; some forty pages


@transaction.atomic
def save_narrative(report: Report, *, text: str, version: int, by: By) -> Narrative:
    """Keep `text`; `version` is the one that was there when the person began, 0 for none.

    Writes the narrative with the figures of now, and one version of the report; the same saved twice acts once.
    Raises ValidationError if the text is missing or too long, or if somebody was quicker (code OVERTAKEN), and
    MoveRefused.
    """
    report = locked(report, by.actor)
    text = prose(text, "text")
    if not text:
        raise ValidationError({"text": _("请写情况说明。")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("情况说明超过 %(most)d 字。") % {"most": LONGEST}})
    kept = Narrative.objects.filter(report=report).select_related("made_by").first()
    figures = printed_now(report)
    if kept and (kept.text, kept.figures) == (text, figures):
        return kept
    if version != (kept.version if kept else 0):
        message = _("您打开之后，%(actor)s 已修改并保存。两份不同之处列在下面，请合并后再保存；您写的仍在框里。")
        raise ValidationError(message % {"actor": kept.made_by if kept else "—"}, OVERTAKEN)
    kept = kept or Narrative(report=report)
    kept.text, kept.figures, kept.made_by = text, figures, by.actor
    keep_along(kept, by)
    keep_aside(report, by, _("修改情况说明（第 %(version)d 版）") % {"version": kept.version})
    return kept


def figures_changed(narrative: Narrative) -> list[Stale]:
    """The figures that are no longer what they were when the text was saved."""
    return stale(narrative.figures, printed_now(narrative.report), figures_of(narrative.report.campaign))


def check_complete(narrative: Narrative) -> None:
    """Raises ValidationError if places that the draft left open are not filled in."""
    if left := gaps(narrative.text):
        message = _("还有 %(count)d 处“（请补充。）”没有写，不能用作总结报告。请补充或删去后保存，再用作总结报告。")
        raise ValidationError(message % {"count": left})
