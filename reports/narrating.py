"""Writing the 情况说明: two people may edit it, and neither loses a word without having seen the other's."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.models import User
from reports.models import Narrative, Report
from reports.preparation import OVERTAKEN, keep_version, locked
from reports.prose import prose

LONGEST = 20_000  # characters; some forty pages


@transaction.atomic
def save_narrative(report: Report, *, text: str, version: int, actor: User) -> Narrative:
    """Keep `text`; `version` is the one that was there when the person began, 0 for none.

    Writes the narrative and one version of the report; the same text saved twice acts once. Raises ValidationError if
    the text is missing or too long, or if somebody was quicker (code OVERTAKEN), and MoveRefused.
    """
    report = locked(report, actor)
    text = prose(text, "text")
    if not text:
        raise ValidationError({"text": _("请写情况说明。")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("情况说明超过 %(most)d 字。") % {"most": LONGEST}})
    kept = Narrative.objects.filter(report=report).select_related("made_by").first()
    if kept and kept.text == text:
        return kept
    if version != (kept.version if kept else 0):
        message = _("您打开之后，%(actor)s 已修改并保存。两份不同之处列在下面，请合并后再保存；您写的仍在框里。")
        raise ValidationError(message % {"actor": kept.made_by if kept else "—"}, OVERTAKEN)
    kept = kept or Narrative(report=report, version=0)
    kept.text, kept.made_by, kept.version = text, actor, kept.version + 1
    kept.save()
    keep_version(report, actor, _("修改情况说明（第 %(version)d 版）") % {"version": kept.version})
    return kept
