"""Who came to activities: the children ticked in their list, or all that its filters find."""

from django.utils.translation import gettext as _

from aid.activities.services import record_came
from aid.forms.many.activity_came import CameForm
from aid.views.many.for_children import ForChildren
from portal.audit import By


class ActivityCame(ForChildren):
    template_name = "aid/activity/came.html"
    form_class = CameForm

    def write(self, form, children):
        activities = [activity.pk for activity in form.cleaned_data["activities"]]
        count = record_came(activities, children, by=By.of(self.request))
        return _("已登记参加活动 %(count)d 人次。") % {"count": count}
