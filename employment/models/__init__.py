"""Records of Sunshine Employment."""

from employment.models.assistance import Assistance
from employment.models.attendance import Attendance
from employment.models.enquiry import Enquiry
from employment.models.graduate import Graduate
from employment.models.job_event import JobEvent
from employment.models.promise import Promise
from employment.models.proposal import DeclinedProposal
from employment.models.referral import RETENTION_MONTHS, Referral, RetentionCheck
from employment.models.vacancy import Vacancy

__all__ = [
    "RETENTION_MONTHS",
    "Assistance",
    "Attendance",
    "DeclinedProposal",
    "Enquiry",
    "Graduate",
    "JobEvent",
    "Promise",
    "Referral",
    "RetentionCheck",
    "Vacancy",
]
