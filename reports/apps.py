from django.apps import AppConfig
from django.core.checks import register
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("统计报表")

    def ready(self) -> None:
        register(import_string("reports.sealing.keys.seals_are_of_these_keys"), "keys")
