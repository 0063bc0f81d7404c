"""Employers of the directory."""

from aid.models import PracticePost
from portal.records.views import RecordCreate
from portal.records.views.page import named_in


class EmployerCreate(RecordCreate):
    """A new employer; from a practice post, which the address may name, its name and union are filled in."""

    def get_initial(self):
        post = named_in(self.request, "practicepost", PracticePost)
        known = {"name": post.employer, "union": post.union.code} if post else {}
        return super().get_initial() | known
