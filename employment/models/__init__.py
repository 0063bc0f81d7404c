"""Records of Sunshine Employment."""

from employment.models.assistance import Assistance
from employment.models.graduate import Graduate
from employment.models.job_event import JobEvent

__all__ = ["Assistance", "Graduate", "JobEvent"]
