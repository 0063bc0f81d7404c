"""The page on which a unit types in a figure that no record gives."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.audit import By
from reports.figures.registry import Figure
from reports.forms.preparation import TypedFigureForm
from reports.preparing.typed import type_figure, typed_figure
from reports.views.preparing.preparation import ReportEdit


class ReportTyped(ReportEdit):
    """One figure of the campaign's own forms, in the unit the form prints."""

    form_class = TypedFigureForm

    @cached_property
    def figure(self) -> Figure:
        try:
            return typed_figure(self.report, self.kwargs["slug"])
        except ValidationError as error:
            raise Http404(error.message) from None

    def given(self):
        return self.report.typed.filter(slug=self.figure.slug).first()

    def fresh(self):
        given = self.given()
        return {"seen": str(given.value) if given else ""}

    def get_initial(self):
        given = self.given()
        return self.fresh() | ({"value": self.figure.unit.format(given.value)} if given else {})

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"figure": self.figure}

    def get_context_data(self, **kwargs):
        intro = _("这个数字不从记录统计，由填报单位填写。")
        heading = _("填写：%(figure)s") % {"figure": self.figure}
        return super().get_context_data(**{"heading": heading, "intro": intro, **kwargs})

    def save(self, cleaned_data):
        type_figure(self.report, slug=self.figure.slug, **cleaned_data, by=By.of(self.request))
