"""Whether the summary report as it is written here is complete: what the draft left open, and what names no number."""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from reports.enums import SummaryPart
from reports.models import Narrative, Report, SummaryFile
from reports.summary.blanks import unknown
from reports.summary.names import Names, names_of

GAP = re.compile(r"[（(][ \u3000]*请补充[^（）()]*[）)]")  # also where somebody mended the brackets or the full stop


def gaps(parts: Mapping[str, str]) -> int:
    """How many places the draft left to be filled in, and nobody has."""
    return sum(len(GAP.findall(text)) for text in parts.values())


def strangers(parts: Mapping[str, str], names: Names) -> Iterator[str]:
    """The blanks that name nothing, each with the part and the paragraph where it stands."""
    for part, text in parts.items():
        yield from (f"“{SummaryPart(part).label}”{place}" for place in unknown(text, names))


def lacks_of(parts: Mapping[str, str], names: Names) -> str:
    """Why the text cannot be used as the summary, in sentences; '' if it can."""
    words = []
    if not any(text.strip() for text in parts.values()):
        words.append(_("总结报告正文还没有写。"))
    if left := gaps(parts):
        words.append(_("总结报告还有 %(count)d 处“（请补充。）”没有写，请补充或删去后保存。") % {"count": left})
    if found := list(strangers(parts, names)):
        told = "；".join(found)
        words.append(_("总结报告里有花括号不是本年度的数字名称：%(places)s。请改正或删去后保存。") % {"places": told})
    return "".join(words)


def summary_lacks(report: Report) -> str:
    """What is missing of the summary that is written here; '' if nothing is, or a file was uploaded. Two queries."""
    if not SummaryFile.objects.filter(report=report, is_written_here=True).exists():
        return ""
    narrative = Narrative.objects.filter(report=report).first()
    return lacks_of(narrative.parts if narrative else {}, names_of(report.campaign))
