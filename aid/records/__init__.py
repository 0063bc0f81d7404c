"""How the records of Golden Autumn are listed, shown and found."""

from aid.records.case import AID_CASE
from aid.records.child import CHILD
from aid.records.employer import EMPLOYER
from aid.records.entry import ENTRY
from aid.records.exemplar import EXEMPLAR
from aid.records.family import INCOME, MEMBER
from aid.records.funds import CONTRIBUTION, DISBURSEMENT
from aid.records.household import HOUSEHOLD
from aid.records.notice import PUBLIC_NOTICE
from aid.records.payments import BATCH_ITEM, PAYMENT_BATCH
from aid.records.practice_placement import PRACTICE_PLACEMENT
from aid.records.practice_post import PRACTICE_POST
from aid.records.sponsor import PAIRING, SPONSOR
from aid.records.visits.follow_up import FOLLOW_UP
from aid.records.visits.visit import VISIT

__all__ = [
    "AID_CASE",
    "BATCH_ITEM",
    "CHILD",
    "CONTRIBUTION",
    "DISBURSEMENT",
    "EMPLOYER",
    "ENTRY",
    "EXEMPLAR",
    "FOLLOW_UP",
    "HOUSEHOLD",
    "INCOME",
    "MEMBER",
    "PAIRING",
    "PAYMENT_BATCH",
    "PRACTICE_PLACEMENT",
    "PRACTICE_POST",
    "PUBLIC_NOTICE",
    "SPONSOR",
    "VISIT",
]
