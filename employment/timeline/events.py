"""What graduates add to the history of a family, and the history of one graduate."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aid.models import FollowUp, Household, Visit
from aid.timeline.events import Source, nowhere
from aid.timeline.sources import SOURCES as OF_AID
from aid.timeline.sources import of_household
from employment.models import (
    Assistance,
    Attendance,
    DeclinedProposal,
    Enquiry,
    Graduate,
    Promise,
    Referral,
    RetentionCheck,
)
from employment.records.family import visits_to_family_and_graduates


def _of_graduates(household: Household) -> Q:
    return Q(graduate__household=household)


def _referral_words(referral: Referral) -> str:
    answered = f"（{referral.answered_on}）" if referral.answered_on else ""
    offer = f"{referral.vacancy.employer} {referral.vacancy}"
    return f"{referral.graduate.name} {offer} {referral.get_state_display()}{answered}"


def _promise_words(promise: Promise) -> str:
    return _("%(name)s %(kind)s，%(due)s 前兑现；%(state)s") % {
        "name": promise.graduate.name,
        "kind": promise.get_kind_display(),
        "due": promise.due_on,
        "state": promise.get_state_display(),
    }


def _decline_words(decision: DeclinedProposal) -> str:
    return f"{decision.child.name} {decision.year} {decision.get_reason_display()} {decision.text}".strip()


def _retention_words(check: RetentionCheck) -> str:
    found = _("仍在岗") if check.employed else _("已离岗")
    return _("%(name)s 就业满 %(months)d 个月，%(found)s") % {
        "name": check.placement.graduate.name,
        "months": check.months,
        "found": found,
    }


def _became_of(household: Household) -> Q:
    """Enquiries that became the file, or a case or a graduate of the family."""
    of_case = Q(case__child__household=household)
    return Q(household=household) | of_case | Q(graduate__household=household)


def _enquiry_words(enquiry: Enquiry) -> str:
    asked = f"{enquiry.name} {enquiry.get_channel_display()} {enquiry.get_kind_display()}"
    return f"{asked} {enquiry.get_outcome_display()}（{enquiry.closed_on}）"


SOURCES = (
    *(
        replace(source, lookup=visits_to_family_and_graduates) if source.model in (Visit, FollowUp) else source
        for source in OF_AID
    ),
    Source(
        _("咨询"),
        Enquiry,
        _became_of,
        lambda enquiry: enquiry.received_on,
        _enquiry_words,
        without=("id_number", "telephone", "text"),
        person="graduate__person",
        or_person="case__person",
    ),
    Source(
        _("暂不登记为毕业生"),
        DeclinedProposal,
        lambda home: Q(child__household=home),
        lambda decision: decision.declined_at,
        _decline_words,
        related=("child",),
        person="child__person",
        page=nowhere,
    ),
    Source(
        _("登记为高校毕业生"),
        Graduate,
        of_household,
        lambda graduate: graduate.registered_on,
        lambda graduate: f"{graduate.name} {graduate.school} {graduate.get_intention_display()}",
        person="person",
    ),
    Source(
        _("就业帮扶"),
        Assistance,
        _of_graduates,
        lambda assistance: assistance.given_on,
        lambda assistance: f"{assistance.graduate.name} {assistance.get_kind_display()} {assistance.provider}",
        related=("graduate",),
        person="graduate__person",
    ),
    Source(
        _("承诺帮扶"),
        Promise,
        _of_graduates,
        lambda promise: promise.promised_on,
        _promise_words,
        related=("graduate",),
        person="person",
    ),
    Source(
        _("参加就业活动"),
        Attendance,
        _of_graduates,
        lambda attendance: attendance.event.held_on,
        lambda attendance: f"{attendance.graduate.name} {attendance.event.title}",
        related=("graduate", "event"),
        person="graduate__person",
        page=lambda attendance: attendance.event,
    ),
    Source(
        _("岗位推荐"),
        Referral,
        _of_graduates,
        lambda referral: referral.referred_on,
        _referral_words,
        related=("graduate", "vacancy__employer"),
        person="graduate__person",
    ),
    Source(
        _("签约"),
        Graduate,
        of_household,
        lambda graduate: graduate.contract_on,
        lambda graduate: graduate.name,
        person="person",
    ),
    Source(
        _("稳岗回访"),
        RetentionCheck,
        lambda home: Q(placement__graduate__household=home),
        lambda check: check.asked_on,
        _retention_words,
        related=("placement__graduate",),
        person="placement__graduate__person",
        page=lambda check: check.placement,
    ),
    Source(
        _("结束跟踪"),
        Graduate,
        of_household,
        lambda graduate: graduate.closed_on,
        lambda graduate: graduate.name,
        person="person",
    ),
)
