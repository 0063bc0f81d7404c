"""How the records of Golden Autumn are listed, shown and found.

A kind called PLAIN_ is completed by Sunshine Employment, which adds what graduates and vacancies have to do with it:
only what `employment.records` calls by the name without PLAIN_ has addresses.
"""

from aid.records.case import AID_CASE
from aid.records.child import PLAIN_CHILD
from aid.records.employer import PLAIN_EMPLOYER
from aid.records.entry import ENTRY
from aid.records.exemplar import EXEMPLAR
from aid.records.family import INCOME, MEMBER
from aid.records.funds import CONTRIBUTION, DISBURSEMENT
from aid.records.household import PLAIN_HOUSEHOLD
from aid.records.notice import PUBLIC_NOTICE
from aid.records.offices.office import PLAIN_OFFICE
from aid.records.offices.question import PLAIN_OFFICE_QUESTION
from aid.records.payments import BATCH_ITEM, PAYMENT_BATCH
from aid.records.practice_placement import PRACTICE_PLACEMENT
from aid.records.practice_post import PRACTICE_POST
from aid.records.social.organisation import ORGANISATION
from aid.records.social.project import PROJECT, PROJECT_GAIN, PROJECT_PAYMENT
from aid.records.sponsor import PAIRING, SPONSOR
from aid.records.visits.activity import ACTIVITY, PARTICIPATION
from aid.records.visits.follow_up import PLAIN_FOLLOW_UP
from aid.records.visits.visit import PLAIN_VISIT

# Those with no page but the usual ones: they need no line among the addresses.
USUAL = (
    *(DISBURSEMENT, ENTRY, MEMBER, INCOME, PRACTICE_POST),
    *(ACTIVITY, PARTICIPATION, ORGANISATION, PROJECT_PAYMENT),
)

# All that nobody completes.
KINDS = (
    *USUAL,
    CONTRIBUTION,
    AID_CASE,
    PUBLIC_NOTICE,
    PAYMENT_BATCH,
    BATCH_ITEM,
    PROJECT,
    PROJECT_GAIN,
    SPONSOR,
    PAIRING,
    PRACTICE_PLACEMENT,
    EXEMPLAR,
)

__all__ = [
    "ACTIVITY",
    "AID_CASE",
    "BATCH_ITEM",
    "CONTRIBUTION",
    "DISBURSEMENT",
    "ENTRY",
    "EXEMPLAR",
    "INCOME",
    "KINDS",
    "MEMBER",
    "ORGANISATION",
    "PAIRING",
    "PARTICIPATION",
    "PAYMENT_BATCH",
    "PLAIN_CHILD",
    "PLAIN_EMPLOYER",
    "PLAIN_FOLLOW_UP",
    "PLAIN_HOUSEHOLD",
    "PLAIN_OFFICE",
    "PLAIN_OFFICE_QUESTION",
    "PLAIN_VISIT",
    "PRACTICE_PLACEMENT",
    "PRACTICE_POST",
    "PROJECT",
    "PROJECT_GAIN",
    "PROJECT_PAYMENT",
    "PUBLIC_NOTICE",
    "SPONSOR",
    "USUAL",
]
