"""The pages of projects of 社会助学: entered with an organisation, moved on."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from aid.forms.project import ProjectForm, ProjectMoveForm
from aid.models import Organisation, Project
from aid.social.moving import move_project
from aid.social.workflow import PROJECT_WORKFLOW
from portal.access import Permission, can, require
from portal.audit import By
from portal.records.views import RecordCreate, RecordDetail, RecordEdit
from portal.records.views.moving import MovePage
from portal.records.views.page import named_in
from portal.refusals.lookup import get_object_or_404


class ProjectCreate(RecordCreate):
    """A new project; from an organisation, which the address may name, its provider is filled in."""

    form_class = ProjectForm

    def get_initial(self):
        organisation = named_in(self.request, "organisation", Organisation)
        return super().get_initial() | ({"organisation": organisation.number} if organisation else {})


class ProjectEdit(RecordEdit):
    form_class = ProjectForm


class ProjectDetail(RecordDetail):
    """One project, and what may be done with it now."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        project, user = context["record"], self.request.user
        possible = [move for move in PROJECT_WORKFLOW.moves if can(user, move.permission)]
        held_up = [move.hindrance(project, user) for move in possible if project.state in move.sources]
        return context | {
            "moves": list(PROJECT_WORKFLOW.open_to(project, user)),
            "held_up": list(filter(None, held_up)),
        }


class ProjectMove(MovePage):
    permission = Permission.VIEW_RECORDS
    workflow = PROJECT_WORKFLOW
    template_name = "aid/project/move.html"
    form_class = ProjectMoveForm

    def dispatch(self, request, *args, **kwargs):
        require(request.user, self.permission)
        if not can(request.user, self.move.permission):
            words = {"role": request.user.get_role_display(), "move": self.move.label}
            raise PermissionDenied(_("您的岗位（%(role)s）不能办理“%(move)s”，请单位审核人办理。") % words)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def record(self) -> Project:
        found = Project.objects.visible_to(self.request.user).select_related("union", "organisation")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def make(self, form, by: By):
        move_project(self.record, self.move.name, told=form.told(), by=by)
