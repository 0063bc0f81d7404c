"""How the records of Sunshine Employment are listed, shown and found, and what graduates add to the pages of aid."""

from aid.records import (
    AID_CASE,
    BATCH_ITEM,
    CONTRIBUTION,
    DISBURSEMENT,
    ENTRY,
    EXEMPLAR,
    INCOME,
    MEMBER,
    PAIRING,
    PAYMENT_BATCH,
    PRACTICE_PLACEMENT,
    PRACTICE_POST,
    PUBLIC_NOTICE,
    SPONSOR,
)
from employment.records.assistance import ASSISTANCE
from employment.records.attendance import ATTENDANCE
from employment.records.employer import EMPLOYER
from employment.records.enquiry import ENQUIRY
from employment.records.family import CHILD, HOUSEHOLD
from employment.records.graduate import GRADUATE
from employment.records.job_event import JOB_EVENT
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

# All whose lists have a search box.
SEARCHED = (
    *KINDS,
    MEMBER,
    PUBLIC_NOTICE,
    PAYMENT_BATCH,
    BATCH_ITEM,
    FOLLOW_UP,
    SPONSOR,
    PAIRING,
    EMPLOYER,
    VACANCY,
    REFERRAL,
    PROMISE,
    ATTENDANCE,
    PRACTICE_PLACEMENT,
    EXEMPLAR,
    ENQUIRY,
)

# Every kind as it stands in the end, by the name of its model: no address shows another of that name.
FINAL = by_name(*SEARCHED, INCOME, RETENTION, RETENTION_CHECK)

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
    "PROMISE",
    "REFERRAL",
    "RETENTION",
    "SEARCHED",
    "VACANCY",
    "VISIT",
]
