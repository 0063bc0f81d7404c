"""Whose account is paid to: a part of the record of a family, and of a child that has an account of its own."""

from django.db import models
from django.db.models.expressions import Combinable
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from aid.enums import CardKind, PayeePerson
from portal.fields import BlindIndexField, EncryptedTextField
from portal.models import REPORTING_PATH_LENGTH


def of_payee(child: str, own: Combinable, of_family: Combinable) -> models.Case:
    """As `Child.payee` in a query, of the child to whom the path `child` leads: what its own account says, if any."""
    return models.Case(models.When(**{f"{child}__bank_card_hash": ""}, then=of_family), default=own)


def named_payee(record: str, own: PayeePerson) -> models.CheckConstraint:
    """Whoever it is but the person of the record has a name."""
    return models.CheckConstraint(
        condition=models.Q(payee_person__in=["", own]) | ~models.Q(payee_name=""),
        name=f"{record}_payee_named",
        violation_error_message=_("收款人是别人的，必须填写户名。"),
    )


class Payee(models.Model):
    """收款人: a person and an account (decision 0018). When the card came and who entered it, the versions tell.

    Whose own account the record is about when nothing is said, the model names by `own_person` and `own_name`.
    """

    own_person: PayeePerson
    own_name: str  # the name of the field that holds it

    payee_person = models.CharField(_("收款人"), max_length=20, choices=PayeePerson, blank=True)
    payee_name = models.CharField(_("户名"), max_length=50, blank=True)
    bank_name = models.CharField(_("开户银行"), max_length=100, blank=True)
    bank_branch = models.CharField(_("支行"), max_length=100, blank=True)
    bank_card = EncryptedTextField(_("银行卡号"), blank=True)
    bank_card_hash = BlindIndexField("bank_card", db_index=True)
    bank_card_tail_hash = BlindIndexField("bank_card", last=4)
    card_kind = models.CharField(_("银行卡种类"), max_length=20, choices=CardKind, blank=True)

    class Meta:
        abstract = True

    @property
    def account_name(self) -> str:
        """The name on the account, as the bank is told it."""
        return self.payee_name or getattr(self, self.own_name)

    @property
    def account_person(self) -> PayeePerson:
        """Who that is to the family."""
        return PayeePerson(self.payee_person or self.own_person)

    def get_account_person_display(self) -> str:
        return str(self.account_person.label)

    @property
    def card_since(self) -> str:
        """Since when the card is on file, and who of the 填报单位 entered it; '' without a card. Two queries."""
        if not self.bank_card_hash:
            return ""
        versions = self.history.order_by("history_id")
        others = versions.exclude(bank_card_hash=self.bank_card_hash).values_list("history_id", flat=True)
        since = versions.filter(history_id__gt=others.last() or 0)
        told = since.values_list("history_date", "history_user__name", "history_user__union__path").first()
        if told is None:
            return ""
        at, who, path = told
        unit = self.union_path[:REPORTING_PATH_LENGTH]  # type: ignore[attr-defined]
        return f"{localtime(at):%Y-%m-%d} {who if path and path.startswith(unit) else ''}".strip()
