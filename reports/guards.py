"""What a move of a report asks besides state and role.

Each guard answers in words why the move cannot be made; '' when nothing is against it.
"""

from django.db.models import Max
from django.utils.translation import gettext as _

from portal.models import User
from reports.models import Endorsement, Report


def needs_two(report: Report) -> bool:
    """Whether two reviewers must agree before the report is accepted."""
    return report.campaign.reviewers_needed > 1


def endorsement_of(report: Report) -> Endorsement | None:
    """Who agreed first to what was handed in last; a new submission needs a new word."""
    if not (needs_two(report) and report.submission_id):
        return None
    given = Endorsement.objects.filter(submission=report.submission_id).order_by("id")
    return given.select_related("reviewer").first()


def against_endorsing(report: Report, actor: User) -> str:
    if not needs_two(report):
        return _("本年度只需一名审核员，请直接接收。")
    given = endorsement_of(report)
    if given is None:
        return ""
    if given.reviewer_id in actor.hands:
        return _("您已同意接收，还需要另一名审核员接收。")
    return _("%(reviewer)s 已同意接收，请直接接收。") % {"reviewer": given.reviewer}


def against_accepting(report: Report, actor: User) -> str:
    if not needs_two(report):
        return ""
    given = endorsement_of(report)
    if given is None:
        return _("本年度接收报表需要两名审核员：先由一名审核员同意，再由另一名接收。")
    if given.reviewer_id in actor.hands:
        return _("您已同意接收，还需要另一名审核员接收。")
    return ""


def against_supplementing(report: Report, _actor: User) -> str:
    """Only one supplementary report at a time, and it follows the latest that was accepted."""
    of_unit = Report.objects.filter(campaign=report.campaign_id, union=report.union_id)
    latest = of_unit.aggregate(number=Max("number"))["number"]
    if latest == report.number:
        return ""
    return _("该单位已有“补报 %(number)d”，请在那里办理。") % {"number": latest}
