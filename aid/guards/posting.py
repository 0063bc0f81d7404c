"""Which cases may be put on notice, and by whom still."""

from django.utils.translation import gettext as _

from aid.models import AidCase
from portal.models import User


def against_posting(case: AidCase, _actor: User) -> str:
    """Checked first, where the campaign asks for it; no new notice for who is no more."""
    unchecked = _("这份申请还没有初审，须由单位审核人初审通过后才能公示。") if case.awaits_check else ""
    return " ".join(words for words in (unchecked, case.union.closed_words) if words)
