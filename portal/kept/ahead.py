"""Counting in the night what pages of the morning ask, for the units of which a record is dated in between."""

from django.conf import settings
from django.utils.module_loading import import_string

from portal.kept.revisions import fold
from portal.models import Campaign


def count_ahead() -> None:
    """Bring up to date what `settings.COUNTED_AHEAD` names, of the campaign that runs. Writes what is kept."""
    fold()
    campaign = Campaign.objects.current()
    for name in settings.COUNTED_AHEAD if campaign else ():
        import_string(name)(campaign)
