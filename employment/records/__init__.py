"""How the records of Sunshine Employment are listed, shown and found, and what graduates add to the pages of aid."""

from aid import records as of_aid
from aid.records import AID_CASE, CONTRIBUTION, DISBURSEMENT, ENTRY, PRACTICE_POST
from employment.records.assistance import ASSISTANCE
from employment.records.attendance import ATTENDANCE
from employment.records.employer import EMPLOYER
from employment.records.enquiry import ENQUIRY
from employment.records.family import CHILD, HOUSEHOLD
from employment.records.graduate import GRADUATE
from employment.records.job_event import JOB_EVENT
from employment.records.office import OFFICE, OFFICE_QUESTION
from employment.records.promise import PROMISE
from employment.records.referral import REFERRAL
from employment.records.retention import RETENTION, RETENTION_CHECK
from employment.records.vacancy import VACANCY
from employment.records.visit import FOLLOW_UP, VISIT
from portal.records.kind import by_name

# In the order in which they are offered to those who search.
KINDS = (
    HOUSEHOLD,
    CHILD,
    GRADUATE,
    AID_CASE,
    ENTRY,
    DISBURSEMENT,
    CONTRIBUTION,
    VISIT,
    PRACTICE_POST,
    ASSISTANCE,
    JOB_EVENT,
)

# Those with no page but the usual ones: they need no line among the addresses.
USUAL = (PROMISE,)

# Every kind as it stands in the end, by the name of its model: no address shows another of that name.
FINAL = by_name(
    *KINDS,
    FOLLOW_UP,
    EMPLOYER,
    VACANCY,
    REFERRAL,
    PROMISE,
    ATTENDANCE,
    ENQUIRY,
    RETENTION,
    RETENTION_CHECK,
    OFFICE,
    OFFICE_QUESTION,
    *of_aid.KINDS,
)

# All that are offered to those who search. An income is found on the page of its family.
SEARCHED = tuple(kind for kind in FINAL.values() if kind.is_searched and kind is not of_aid.INCOME)

__all__ = [
    "ASSISTANCE",
    "ATTENDANCE",
    "CHILD",
    "EMPLOYER",
    "ENQUIRY",
    "FINAL",
    "FOLLOW_UP",
    "GRADUATE",
    "HOUSEHOLD",
    "JOB_EVENT",
    "KINDS",
    "OFFICE",
    "OFFICE_QUESTION",
    "PROMISE",
    "REFERRAL",
    "RETENTION",
    "SEARCHED",
    "USUAL",
    "VACANCY",
    "VISIT",
]
