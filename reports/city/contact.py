"""填报人 and 联系电话 of the city's own forms."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.models import Campaign
from portal.workflow import MoveRefused
from reports.models import CityContact
from reports.preparing.preparation import contact_telephone
from reports.preparing.prose import one_form
from reports.render.frozen import CONTACT_SPACE, TELEPHONE_SPACE


@transaction.atomic
def set_city_contact(campaign: Campaign, *, name: str, telephone: str, by: By) -> CityContact:
    """Say who stands on the city's forms of `campaign`; said twice it is written once.

    Writes the contact and one audit row, which does not tell the number. Raises MoveRefused if `by` does not review
    reports, and ValidationError if one of the two is missing or wrong.
    """
    if not can(by.actor, Permission.REVIEW_REPORTS):
        raise MoveRefused(_("您的岗位不能填写全市统计表。"))
    name, telephone = one_form(name, "name"), contact_telephone(telephone)
    if not name:
        raise ValidationError({"name": _("请填写填报人。")})
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    kept = CityContact.objects.filter(campaign=campaign).first() or CityContact(campaign=campaign)
    if (kept.name, kept.telephone) == (name, telephone):
        return kept
    kept.name, kept.telephone, kept.set_by = name, telephone, by.actor
    kept.save()
    subject = _("%(year)s 全市统计表的填报人") % {"year": campaign}
    audit.record(AuditAction.RECORD_SAVED, by=by, subject=subject)
    return kept


def contact_of(campaign: Campaign) -> Mapping[str, str]:
    """What stands in the two spaces of the city's forms; nothing before it is filled in."""
    kept = CityContact.objects.filter(campaign=campaign).first()
    return {CONTACT_SPACE: kept.name, TELEPHONE_SPACE: kept.telephone} if kept else {}
