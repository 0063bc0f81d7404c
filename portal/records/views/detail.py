"""The page of one record."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.models import UnionOwned
from portal.records.beside import Event, Wait, as_events
from portal.records.kind import Fields, RecordKind, Related
from portal.records.lists.paging import Keyset
from portal.records.lists.table import is_void, table
from portal.records.naming import attach_names
from portal.records.needing import works_on
from portal.records.recent import remember
from portal.records.versions import Version, former_numbers, versions
from portal.records.views.page import KindPage, caption, value_of
from portal.records.views.tabs import Create, RecordTab, opened_of, tabs_of
from portal.records.voiding.standing import void_state

RELATED_SHOWN = 100


class RecordDetail(KindPage):
    """One record with what belongs to it, and its versions."""

    act = "detail"
    shows_voided = True

    def may_keep_below(self, record: UnionOwned) -> bool:
        """Whether the person may make anything that belongs to `record`: nothing hangs on one that was taken back."""
        return not is_void(record) and can(self.request.user, Permission.KEEP_RECORDS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.get_record()
        user = self.request.user
        remember(self.request, self.kind, record.pk)
        if self.kind.view_is_logged:
            audit.record(
                AuditAction.VIEWED, by=By.of(self.request), subject=self.kind.subject(record), union=record.union
            )
        sections = [self._section(each, record) for each in self.kind.sections if self._is_shown(each, record)]
        told = versions(record, user)
        context = super().get_context_data(
            record=record,
            caption=caption(self.kind, record, user.union.path),
            head=[value_of(each, record, user.union.path) for each in self.kind.head],
            state=self._state(record),
            sections=sections,
            links=self._links(record),
            edit_url=self._edit_url(record),
            versions=told,
            former_numbers=former_numbers(record),
            reveal_url=self._reveal_url(record),
            void=void_state(self.kind, record, user),
            **kwargs,
        )
        return context | self._more(record, sections, told)

    def _more(self, record: UnionOwned, sections: list[dict], told: list[Version]) -> dict:
        """What stands beside the facts and below them."""
        tabs = tabs_of(self.tabs(record), sections, told)
        beside = {
            "waits": [] if is_void(record) else self.waits(record),
            "creates": [*self.creates(record), *(each["create"] for each in sections if each.get("create"))],
            "story": self.story(record, told),
        }
        return beside | {
            "tabs": tabs,
            "opened": opened_of(tabs, self.request.GET.get("tab", "")),
            "empty": [section["title"] for section in sections if "table" in section and not section["count"]],
            "has_beside": any(beside.values()),
        }

    def opens(self, record: UnionOwned) -> bool:
        """Whether the person works on `record`, and reads what that needs."""
        return works_on(self.request.user, record)

    def tabs(self, record: UnionOwned) -> list[RecordTab]:
        """Tabs of the page that are no records of another kind; they stand first."""
        return []

    def creates(self, record: UnionOwned) -> list[Create]:
        """What else may be made below `record` by the person."""
        return []

    def waits(self, record: UnionOwned) -> list[Wait]:
        """What is to be done about `record`."""
        return list(self.kind.waits(record, self.request.user))

    def story(self, record: UnionOwned, told: list[Version]) -> list[Event]:
        """What happened to `record` last: its versions, where nothing else tells."""
        return as_events(told)

    def _state(self, record: UnionOwned) -> dict:
        """How the record stands in words, with the tone in which lists tell it."""
        state, scope = self.kind.state, self.request.user.union.path
        return {"text": state.text(record, scope), "tone": state.tone(record, scope)} if state else {}

    def _links(self, record: UnionOwned) -> list[tuple[str, str]]:
        """Words and addresses of the further pages that are open to the person."""
        if is_void(record):
            return []
        return [
            (link.label, link.address(record)) for link in self.kind.links if link.is_open(record, self.request.user)
        ]

    def _reveal_url(self, record: UnionOwned) -> str:
        if not self.kind.sensitive or not can(self.request.user, Permission.REVEAL_SENSITIVE):
            return ""
        return reverse(f"{self.kind.name}_reveal", args=[record.pk])

    def _edit_url(self, record: UnionOwned) -> str:
        if is_void(record) or not self.may_keep or (self.kind.editing and self.kind.editing.refusal(record)):
            return ""
        return reverse(f"{self.kind.name}_edit", args=[record.pk])

    @staticmethod
    def _is_shown(section: Fields | Related, record: UnionOwned) -> bool:
        return isinstance(section, Fields) or section.when(record)

    def _section(self, section: Fields | Related, record: UnionOwned) -> dict:
        """What a template needs of a section: `facts` of the record itself, or a `table` of others."""
        if isinstance(section, Related):
            return self._related(section, record)
        scope = self.request.user.union.path
        facts = [
            value_of(fact, record, scope, reveal=fact.needed and self.opens(record)) for fact in section.attributes
        ]
        unfilled = [fact["label"] for fact in facts if not fact["text"]]
        return {"title": section.title, "facts": facts, "unfilled": unfilled}

    def _related(self, section: Related, record: UnionOwned) -> dict:
        user, kind = self.request.user, section.kind
        found = Keyset.parse(kind.ordering).sort(kind.listed_to(user).filter(section.lookup(record)))
        rows = list(found[: RELATED_SHOWN + 1])
        shown = attach_names(kind, rows[:RELATED_SHOWN], user)
        return {
            "title": section.title,
            "table": table(section.columns, kind.model, shown, user.union.path),
            "count": len(shown),
            "is_cut": len(rows) > RELATED_SHOWN,
            "slug": section.kind.name,
            "create": self._create(kind, record),
        }

    def _create(self, kind: RecordKind, record: UnionOwned) -> Create | None:
        """How a record of `kind` is made below this one; None where it cannot be."""
        name = record._meta.model_name
        if not kind.editing or name not in kind.editing.parents or not self.may_keep_below(record):
            return None
        if kind.editing.barred(record):
            return None
        words = _("新建%(kind)s") % {"kind": kind.title}
        return Create(words, f"{reverse(f'{kind.name}_create')}?{name}={record.pk}")
