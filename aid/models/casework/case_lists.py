"""Named lists of aid cases: what waits for whom."""

from datetime import date
from decimal import Decimal

from django.apps import apps
from django.db.models import Case, Count, DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from aid.enums import CasePayment, CaseState, PaymentState, Policy
from aid.models.casework.passing import BEFORE
from portal.access import ScopedQuerySet

# Approved and still so: what an aided child or a payment needs. Withdrawn and rejected cases are out.
APPROVED_STATES = (CaseState.APPROVED, CaseState.FOLLOWED_UP, CaseState.CLOSED)
# Handed in and not decided yet.
UNDER_WAY = (CaseState.SUBMITTED, CaseState.CHECKED, CaseState.ON_NOTICE)
HALF_A_FEN = Decimal("0.005")  # SQLite adds amounts as binary fractions; nothing smaller than a fen is owed


def aided_before() -> Exists:
    """Whether the child was aided, by whatever unit, in the campaign of the year before: 继续帮扶."""
    cases = apps.get_model("aid", "AidCase").objects.order_by()
    before = cases.filter(person=OuterRef("person"), campaign__year=OuterRef("campaign__year") - 1)
    return Exists(before.filter(status__in=APPROVED_STATES))


def needs_no_notice() -> Q:
    """Checked cases of continued children whose campaign asks for no second notice (domain.md, 续办).

    What was shown once and taken off is shown again: there was something about it.
    """
    shown = apps.get_model("aid", "NoticedCase").objects.filter(case=OuterRef("pk"))
    allowed = Q(status=CaseState.CHECKED, campaign__renewed_without_notice=True)
    return allowed & Q(aided_before()) & ~Q(Exists(shown))


def over_by(today: date) -> Q:
    """On notice, and the last day has passed."""
    return Q(status=CaseState.ON_NOTICE, notice_to__lt=today)


def share_unpaid() -> Exists:
    """Of a case granted from several sources: one of them still owes some of its part, and that is not on its way.

    Two levels that grant from one source owe together.
    """
    shares, payments = (apps.get_model("aid", name).objects.order_by() for name in ("CaseShare", "Disbursement"))
    of_source = {"case": OuterRef("case"), "source": OuterRef("source")}
    granted = _total(shares.filter(**of_source))
    given = _total(payments.filter(**of_source, status__in=(PaymentState.PAID, PaymentState.PENDING)))
    return Exists(shares.filter(case=OuterRef("pk")).alias(owed=granted - given).filter(owed__gt=HALF_A_FEN))


def _total(rows: QuerySet) -> Coalesce:
    """The amounts of the rows of one case and source, in yuan."""
    total = rows.values("case").annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total), Value(Decimal()), output_field=DecimalField(max_digits=20, decimal_places=2))


class AidCaseQuerySet(ScopedQuerySet):
    """Aid cases by what has to be done with them next."""

    def with_intake(self):
        """Each with `continued`: whether the child was aided, by whatever unit, in the campaign of the year before."""
        return self.annotate(continued=aided_before())

    def with_payment(self):
        """Each with `payment`: of an approved case how far its money has come; '' of another."""
        payments = apps.get_model("aid", "Disbursement").objects.filter(case=OuterRef("pk"))
        told = [
            When(Exists(payments.filter(status=state)), then=Value(value))
            for state, value in (
                (PaymentState.PAID, CasePayment.PAID),
                (PaymentState.PENDING, CasePayment.PENDING),
                (PaymentState.FAILED, CasePayment.FAILED),
            )
        ]
        not_approved = When(~Q(status__in=APPROVED_STATES), then=Value(""))
        paid = Exists(payments.filter(status=PaymentState.PAID))
        partly = When(paid & share_unpaid(), then=Value(CasePayment.PARTLY))
        return self.annotate(payment=Case(not_approved, partly, *told, default=Value(CasePayment.UNPAID)))

    def with_check(self):
        """Each with `checked_at` and `checked_by`: when and by whom it passed the 初审 that stands (`passed_check`)."""
        events = apps.get_model("aid", "CaseEvent").objects
        went_back = events.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"), state__in=BEFORE)
        check = events.filter(~Exists(went_back), case=OuterRef("pk"), move="check").order_by("-pk")
        return self.annotate(
            checked_at=Subquery(check.values("at")[:1]), checked_by=Subquery(check.values("actor__name")[:1])
        )

    def as_listed(self):
        """Each with what its list and its page show and no field holds."""
        return self.with_intake().with_payment().with_check().prefetch_related("shares")

    def objected(self):
        """Cases with an objection on which nobody has decided."""
        objections = apps.get_model("aid", "Objection").objects
        return self.filter(Exists(objections.filter(noticed__case=OuterRef("pk"), outcome="")))

    def returned(self):
        """Drafts that somebody who approves sent back: their last move was the return."""
        moves = apps.get_model("aid", "CaseEvent").objects.filter(case=OuterRef("pk")).order_by("-pk")
        drafts = self.filter(status=CaseState.DRAFT)
        return drafts.alias(last_move=Subquery(moves.values("move")[:1])).filter(last_move="return")

    def to_check(self):
        """Submitted, in a campaign that asks for a check before the notice."""
        return self.filter(status=CaseState.SUBMITTED, campaign__check_first=True)

    def to_post(self):
        """What comes on a notice next: checked, or submitted where the campaign does without a check."""
        unchecked = Q(status=CaseState.SUBMITTED, campaign__check_first=False)
        return self.filter(unchecked | Q(status=CaseState.CHECKED) & ~needs_no_notice())

    def without_notice(self):
        """Checked, and free to be approved as they are: continued, where the campaign allows it."""
        return self.filter(needs_no_notice())

    def to_decide(self):
        """What waits for an approval: the notice is over, or none is needed."""
        return self.filter(over_by(localdate()) | needs_no_notice())

    def notice_over(self, today: date | None = None):
        """On notice, and the last day has passed."""
        return self.filter(over_by(today or localdate()))

    def on_show(self, today: date | None = None):
        """On notice, and the last day has not passed."""
        return self.filter(status=CaseState.ON_NOTICE).exclude(notice_to__lt=today or localdate())

    def to_pay(self):
        """Approved, and nothing was paid yet, or not all from each of its sources."""
        payments = apps.get_model("aid", "Disbursement").objects
        paid = payments.filter(case=OuterRef("pk"), status=PaymentState.PAID)
        return self.filter(~Exists(paid) | Q(share_unpaid()), status=CaseState.APPROVED)

    def to_follow_up(self):
        """Approved and paid; nobody has recorded yet how it was received."""
        payments = apps.get_model("aid", "Disbursement").objects
        paid = payments.filter(case=OuterRef("pk"), status=PaymentState.PAID)
        return self.filter(Exists(paid), status=CaseState.APPROVED)

    def lacking_policies(self):
        """Under way, and nobody has said of every policy what became of it: none of these can be approved."""
        under_way = self.filter(status__in=UNDER_WAY)
        answers = apps.get_model("aid", "PolicyAid").objects.filter(case=OuterRef("pk")).order_by()
        answered = answers.values("case").annotate(all=Count("pk")).values("all")
        return under_way.alias(answered=Coalesce(Subquery(answered), 0)).filter(answered__lt=len(Policy))
