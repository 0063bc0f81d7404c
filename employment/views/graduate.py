"""The form of a new graduate, below a household or of a child that becomes one; and a graduate's whole way."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from aid.models import Child
from aid.timeline.events import story_of_person
from employment.editing.graduate import first_values
from employment.proposals.services import with_school_end
from employment.timeline.events import SOURCES
from employment.timeline.path import path_of, sum_of
from portal import audit
from portal.audit import By
from portal.enums import AuditAction
from portal.identity import mask_id_number
from portal.records.beside import LATEST
from portal.records.views import RecordCreate, RecordDetail
from portal.records.views.page import KindPage, caption
from portal.refusals.lookup import get_object_or_404
from portal.text import as_key


class GraduateCreate(RecordCreate):
    """With `?child=` the form holds what is on file, and the identity number stays there: nobody is typed twice."""

    @cached_property
    def child(self) -> Child | None:
        asked = self.request.GET.get("child")
        if asked is None:
            return None
        visible = with_school_end(Child.objects.visible_to(self.request.user))
        return get_object_or_404(visible.select_related("person", "household__union"), pk=as_key(asked))

    @cached_property
    def parent(self):
        return self.child.household if self.child else super().parent

    def get_initial(self):
        return super().get_initial() | (first_values(self.child) if self.child else {})

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.child:
            field = form.fields["person"]
            field.required, field.disabled = False, True
            mask = mask_id_number(self.child.person.id_number)
            field.help_text = _("取自子女档案：%(mask)s。如有错误请先更正子女档案。") % {"mask": mask}
        return form

    def values(self, form):
        known = {"person": self.child.person.id_number} if self.child else {}
        return super().values(form) | known


class GraduateDetail(RecordDetail):
    """A graduate, with what happened on the way so far."""

    def story(self, record, told):
        return story_of_person(record.person_id, self.request.user, SOURCES)[:LATEST]


class GraduatePath(KindPage):
    """The whole way of one graduate on one page. That somebody read it is kept in the audit log."""

    act = "path"

    def get_context_data(self, **kwargs):
        graduate, user = self.get_record(), self.request.user
        audit.record(
            AuditAction.VIEWED, by=By.of(self.request), subject=self.kind.subject(graduate), union=graduate.union
        )
        return super().get_context_data(
            record=graduate,
            caption=caption(self.kind, graduate, user.union.path),
            years=path_of(graduate, user),
            sum=sum_of(graduate, user),
            **kwargs,
        )
