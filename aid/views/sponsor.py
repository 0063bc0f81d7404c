"""The pages of sponsors, pairings and practice placements."""

from django.utils.translation import gettext_lazy

from aid.forms.sponsor import PairingForm, PlacementForm
from aid.models import PracticePost, Sponsor
from aid.sponsors.sponsoring import reach
from aid.views.whom import AskWhom
from portal.records.attribute import as_text
from portal.records.views import RecordCreate, RecordDetail, RecordEdit
from portal.records.views.page import named_in


class PairingCreate(AskWhom, RecordCreate):
    """A new pairing; from a sponsor, whom the address may name, only the child or worker is asked."""

    form_class = PairingForm
    whom = gettext_lazy("与谁结对")
    whom_help = gettext_lazy("查找要结对的学生或困难职工，找到后填写结对项目和起止日期。")

    def get_initial(self):
        sponsor = named_in(self.request, "sponsor", Sponsor)
        return super().get_initial() | ({"sponsor": sponsor.number} if sponsor else {})


class PairingEdit(RecordEdit):
    form_class = PairingForm


class PlacementCreate(AskWhom, RecordCreate):
    """A student on a practice post; from the post, which the address may name, only the student is asked."""

    form_class = PlacementForm
    whom = gettext_lazy("安排谁上岗")
    whom_help = gettext_lazy("查找要上岗的学生，找到后填写岗位和起止日期。")

    def get_initial(self):
        post = named_in(self.request, "practicepost", PracticePost)
        return super().get_initial() | ({"post": post.number} if post else {})


class PlacementEdit(RecordEdit):
    form_class = PlacementForm


class SponsorDetail(RecordDetail):
    """What the sponsor gave and whom it reached."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        found = reach(context["record"], self.request.user)
        return context | {"given": as_text(found.given), "children": found.children, "workers": found.workers}
