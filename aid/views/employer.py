"""Employers of the directory."""

from django.shortcuts import get_object_or_404

from aid.models import PracticePost
from portal.records.views import RecordCreate

LONGEST_KEY = 18


class EmployerCreate(RecordCreate):
    """A new employer; from a practice post, which the address may name, its name and union are filled in."""

    def get_initial(self):
        asked = self.request.GET.get("practicepost", "")
        if not (asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_KEY):
            return super().get_initial()
        visible = PracticePost.objects.visible_to(self.request.user).select_related("union")
        post = get_object_or_404(visible, pk=asked)
        return super().get_initial() | {"name": post.employer, "union": post.union.code}
