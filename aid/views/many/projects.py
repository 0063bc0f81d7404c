"""What the ticked children got of a project of 社会助学."""

from django.utils.translation import gettext as _

from aid.forms.project import GaveForm
from aid.social.giving import record_given
from aid.views.many.for_children import ForChildren
from portal.audit import By


class ProjectGave(ForChildren):
    template_name = "aid/project/gave.html"
    form_class = GaveForm

    def write(self, form, children):
        count = record_given(form.cleaned_data["project"], children, form.gift(), by=By.of(self.request))
        return _("已登记项目受益的子女 %(count)d 人。") % {"count": count}
