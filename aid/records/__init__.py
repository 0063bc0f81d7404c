"""How the records of Golden Autumn are listed, shown and found."""

from aid.records.case import AID_CASE
from aid.records.child import CHILD
from aid.records.entry import ENTRY
from aid.records.funds import CONTRIBUTION, DISBURSEMENT
from aid.records.household import HOUSEHOLD
from aid.records.practice_post import PRACTICE_POST
from aid.records.visit import VISIT

__all__ = [
    "AID_CASE",
    "CHILD",
    "CONTRIBUTION",
    "DISBURSEMENT",
    "ENTRY",
    "HOUSEHOLD",
    "PRACTICE_POST",
    "VISIT",
]
