"""In which tone lists tell how promises and referrals stand."""

from employment.enums import PromiseState, ReferralState
from portal.records.tone import Tone

PROMISE_TONES = {PromiseState.OPEN: Tone.WAITING, PromiseState.KEPT: Tone.GOOD, PromiseState.DROPPED: Tone.BAD}
REFERRAL_TONES = {
    ReferralState.PASSED: Tone.WAITING,
    ReferralState.ACCEPTED: Tone.WAITING,
    ReferralState.PLACED: Tone.GOOD,
    ReferralState.DECLINED: Tone.BAD,
    ReferralState.NOT_TAKEN: Tone.BAD,
    ReferralState.WITHDRAWN: Tone.QUIET,
}
