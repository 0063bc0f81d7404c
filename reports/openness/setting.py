"""Deciding what of a public page is shown."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep
from portal.models import Union
from portal.workflow import MoveRefused
from reports.enums import OVERTAKEN, PublicPart
from reports.models import PublicPage
from reports.preparing.prose import prose


@transaction.atomic
def set_public_page(union: Union, *, shown: Collection[PublicPart], complaint: str, version: int, by: By) -> PublicPage:
    """Show these parts of the page of `union` and no others; of the city: of all pages. Said twice it is written once.

    Locks the union. Writes the page and one audit row. Raises MoveRefused unless `by` decides for that union, and
    ValidationError if the words are too long or somebody was quicker (code OVERTAKEN).
    """
    if not can(by.actor, Permission.SET_PUBLIC_PAGE) or by.person.union_id != union.pk:
        raise MoveRefused(_("公开页面由本单位审核人决定，全市的由市总保障部决定。"))
    if not (union.is_reporting or union.is_city):
        raise MoveRefused(_("只有填报单位有公开页面。"))
    Union.objects.select_for_update().get(pk=union.pk)
    page = PublicPage.objects.filter(union=union).select_related("set_by").first()
    off = [part.value for part in PublicPart if part not in shown]
    complaint = prose(complaint, "complaint")
    if page and (page.switched_off, page.complaint) == (off, complaint):
        return page
    if version != (page.version if page else 0):
        message = _("您打开之后，%(actor)s 已修改。请核对后再保存。")
        raise ValidationError(message % {"actor": page.set_by if page else "—"}, OVERTAKEN)
    if page is None:
        page = PublicPage()
        page.open_in(union)
    page.switched_off, page.complaint, page.set_by = off, complaint, by.person
    # That nothing is switched off is no answer left out.
    page.full_clean(exclude=["union", "set_by", "switched_off"], validate_unique=False, validate_constraints=False)
    told = "、".join(str(PublicPart(part).label) for part in off) or _("全部公开")
    words = {"switched_off": told, "change": complaint}
    keep(page, by, _("设置公开页面"), action=AuditAction.RECORD_SAVED, **words)
    return page
