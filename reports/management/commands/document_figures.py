"""document_figures: write docs/figures.md from the declarations."""

from django.core.management.base import BaseCommand

from portal.settings.environment import BASE_DIR
from reports.render.markdown import figures_page

PAGE = BASE_DIR / "docs" / "figures.md"


class Command(BaseCommand):
    """Changes nothing but the page."""

    help = "由数字的声明生成 docs/figures.md。"

    def handle(self, *args, **options):
        PAGE.write_text(figures_page(), encoding="utf-8")
