"""What stands below the way to work on the page of its area."""

from django.utils.translation import gettext_lazy as _

from employment.enums import PromiseState
from employment.records import ENQUIRY, JOB_EVENT, PROMISE
from portal.desk.cards import Place
from portal.desk.shortlists import Shortlist, first_rows

CARDS = (
    first_rows(
        "jobs",
        Place.MAIN,
        Shortlist(
            _("待办理的咨询"),
            ENQUIRY,
            {"open": "yes", "order": "received_on"},
            *("name", "kind", "channel", "received_on"),
        ),
    ),
    first_rows(
        "jobs",
        Place.SIDE,
        Shortlist(
            _("待兑现的帮扶承诺"),
            PROMISE,
            {"state": str(PromiseState.OPEN)},
            *("graduate.name", "kind", "due_on", "state"),
        ),
    ),
    first_rows(
        "jobs", Place.SIDE, Shortlist(_("最近的就业活动与岗位"), JOB_EVENT, {}, "title", "kind", "held_on", "posts")
    ),
)
