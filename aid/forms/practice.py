"""The form of practice posts, with the employers of the directory to choose from."""

from aid.models import Employer
from portal.models import User
from portal.records.editing.fields import SuggestingInput
from portal.records.editing.form import RecordForm

MOST_SUGGESTED = 500


class PracticePostForm(RecordForm):
    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        known = Employer.objects.visible_to(user).order_by("name").values_list("name", flat=True)
        self.fields["employer"].widget = SuggestingInput(known[:MOST_SUGGESTED])
