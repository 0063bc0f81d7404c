"""What the pages of moves share: a project's, a referral's, an enquiry's."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from portal.access import Permission
from portal.audit import By
from portal.records.attribute import record_url
from portal.web.base import PortalPage
from portal.workflow import Move, MoveRefused, Workflow


class MovePage(FormMixin, PortalPage, ProcessFormView):
    """One move of `workflow` with the record of the address. What was typed stays when it is refused."""

    permission = Permission.KEEP_RECORDS
    workflow: Workflow

    @property
    def record(self) -> Model:
        """The record within scope; 404 for others."""
        raise NotImplementedError

    def make(self, form: Any, by: By) -> None:
        """Make the move; may raise ValidationError by field, and MoveRefused."""
        raise NotImplementedError

    @cached_property
    def move(self) -> Move:
        move = self.workflow.by_name.get(self.kwargs["name"])
        if move is None:
            raise Http404(_("没有这个操作。"))
        return move

    def get_form_kwargs(self) -> dict[str, Any]:
        _record = self.record  # 404 before anything is judged
        return super().get_form_kwargs() | {"move": self.move}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        misplaced = self.workflow.misplaced(self.record, self.move)
        return super().get_context_data(
            record=self.record,
            back_url=record_url(self.record),
            move=self.move,
            hindrance=misplaced or self.move.hindrance(self.record, self.request.user),
            **kwargs,
        )

    def address_after(self) -> str:
        """Where one goes on when the move was made."""
        return record_url(self.record)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.make(form, by=By.of(self.request))
        except ValidationError as refused:
            form.show(refused)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(self.request, _("已登记：%(move)s。") % {"move": self.move.label})
            return redirect(self.address_after())
        return self.form_invalid(form)
