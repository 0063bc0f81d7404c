from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from portal.forms.wording import speak_as_sheets_do


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("工会助学助业平台")

    def ready(self) -> None:
        speak_as_sheets_do()
        import_string("portal.jobs.kinds.all_kinds")()  # a fault in the table of jobs stops the start
        import_string("portal.operating.checks.refuse_wrong_keys")  # its module registers the checks
        # Steps of a migration write past what raises the revision of a unit.
        post_migrate.connect(import_string("portal.kept.forgetting.forget_all"), sender=self)
        if settings.SENTRY_DSN:
            import_string("portal.operating.sentry.start")(settings.SENTRY_DSN)
