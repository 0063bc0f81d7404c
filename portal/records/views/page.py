"""What the pages of a kind have in common."""

from typing import Any, TypeVar

from django.db.models import Model
from django.http import HttpRequest

from portal.access import Permission, can
from portal.enums import RevealReason
from portal.models import UnionOwned
from portal.records.attribute import Attribute
from portal.records.caption import caption
from portal.records.kind import RecordKind
from portal.records.lists.left import way_back
from portal.records.naming import attach_names
from portal.refusals.lookup import get_object_or_404
from portal.text import as_key
from portal.web.base import PortalPage, given

__all__ = ["KindPage", "caption", "named_in", "value_of"]

Owned = TypeVar("Owned", bound=UnionOwned)


class KindPage(PortalPage):
    """A page about `kind`; a template in the folder of the kind itself goes before the general one."""

    kind: RecordKind = given()
    permission = Permission.VIEW_RECORDS
    act = ""
    shows_voided = False

    def get_template_names(self) -> list[str]:
        return [f"{self.kind.model._meta.app_label}/{self.kind.name}/{self.act}.html", f"records/{self.act}.html"]

    @property
    def may_keep(self) -> bool:
        """Whether the person may make and change records of this kind in the browser."""
        return self.kind.editing is not None and can(self.request.user, Permission.KEEP_RECORDS)

    def get_record(self) -> UnionOwned:
        """The record of the address, with its person named. Foreign or absent: 404."""
        visible = self.kind.visible_to(self.request.user, voided=self.shows_voided)
        record: UnionOwned = get_object_or_404(visible, pk=self.kwargs["pk"])
        attach_names(self.kind, [record], self.request.user)
        return record

    @property
    def list_url(self) -> str:
        """The list as the person left it, at the record of this page."""
        return way_back(self.request, self.kind, at=self.kwargs.get("pk"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_export = can(self.request.user, Permission.EXPORT_LISTS)
        shown = {"kind": self.kind, "may_export": may_export, "reveal_reasons": RevealReason.choices}
        shown["needs_consent"] = not can(self.request.user, Permission.REVEAL_ALONE)
        return super().get_context_data(list_url=self.list_url, **shown, **kwargs)


def named_in(request: HttpRequest, name: str, model: type[Owned]) -> Owned | None:
    """The record whose key the address gives as `name`; None where it gives none. Foreign or absent: 404."""
    key = as_key(request.GET.get(name, ""))
    if key is None:
        return None
    return get_object_or_404(model.objects.visible_to(request.user).select_related("union"), pk=key)


def value_of(attribute: Attribute, record: Model, scope: str, *, reveal: bool = False) -> dict:
    """A value with its label and address, for a template."""
    return {
        "label": attribute.heading(type(record)),
        "text": attribute.text(record, scope, reveal=reveal),
        "url": attribute.url(record, scope),
        "masked": bool(attribute.mask),
    }
