"""In which tone lists tell how graduates, promises and referrals stand."""

from employment.enums import PromiseState, ReferralState, Standing
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
STANDING_TONES = {
    Standing.TO_CONTACT: Tone.WAITING,
    Standing.NEEDS_HELP: Tone.WAITING,
    Standing.IN_TRAINING: Tone.WAITING,
    Standing.IN_PRACTICE: Tone.WAITING,
    Standing.OFFERED: Tone.WAITING,
    Standing.SIGNED: Tone.GOOD,
    Standing.FURTHER_STUDY: Tone.DONE,
    Standing.UNTRACKED: Tone.QUIET,
}
