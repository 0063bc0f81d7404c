"""Where the code on a print is answered."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from reports.models import Submission


def verify_url(request: HttpRequest, submission: Submission) -> str:
    """The whole address that answers the code of `submission`: what the QR code on a print leads to."""
    path = f"{reverse('verify')}?{urlencode({'code': submission.code})}"
    return (
        f"{settings.PORTAL_ADDRESS.rstrip('/')}{path}" if settings.PORTAL_ADDRESS else request.build_absolute_uri(path)
    )
