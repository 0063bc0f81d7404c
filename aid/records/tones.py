"""In which tone lists tell how cases, payments and batches stand."""

from aid.enums import BatchState, CasePayment, CaseState, PaymentState, ProjectState
from portal.records.tone import Tone

FILE_TONES = {True: Tone.GOOD, False: Tone.DONE}  # whether a household's file is open
CASE_TONES = {
    CaseState.DRAFT: Tone.QUIET,
    CaseState.SUBMITTED: Tone.WAITING,
    CaseState.CHECKED: Tone.WAITING,
    CaseState.ON_NOTICE: Tone.WAITING,
    CaseState.APPROVED: Tone.GOOD,
    CaseState.FOLLOWED_UP: Tone.DONE,
    CaseState.REJECTED: Tone.BAD,
    CaseState.WITHDRAWN: Tone.QUIET,
    CaseState.CLOSED: Tone.DONE,
}
PROJECT_TONES = {
    ProjectState.PLANNED: Tone.QUIET,
    ProjectState.RUNNING: Tone.WAITING,
    ProjectState.ACCEPTED: Tone.GOOD,
    ProjectState.CLOSED: Tone.DONE,
}
PAYMENT_TONES = {PaymentState.PAID: Tone.GOOD, PaymentState.PENDING: Tone.WAITING, PaymentState.FAILED: Tone.BAD}
CASE_PAYMENT_TONES = {
    CasePayment.UNPAID: Tone.WAITING,
    CasePayment.PENDING: Tone.WAITING,
    CasePayment.FAILED: Tone.BAD,
    CasePayment.PARTLY: Tone.WAITING,
    CasePayment.PAID: Tone.GOOD,
}
BATCH_TONES = {
    BatchState.DRAFT: Tone.QUIET,
    BatchState.RELEASED: Tone.WAITING,
    BatchState.SENT: Tone.WAITING,
    BatchState.SETTLED: Tone.DONE,
    BatchState.CANCELLED: Tone.QUIET,
}
