"""python manage.py take_pictures"""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from portal.management.base import PortalCommand
from portal.manual.page import PICTURES
from portal.models import User
from reports.demo.pictures.album import ALBUM
from reports.demo.pictures.camera import take


class Command(PortalCommand):
    help = (
        "Take the pictures of the manual from the demo city, with Chromium. Development only; a PORTAL_VAR_DIR of its "
        "own leaves your data alone: PORTAL_VAR_DIR=$(mktemp -d) manage.py take_pictures"
    )

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="*", help="only these pictures")
        parser.add_argument("--folder", type=Path, default=PICTURES)

    def handle(self, names: list[str], folder: Path, **options):
        if not settings.DEBUG:
            raise CommandError(_("说明书的图只能在开发环境（DEBUG 打开）拍摄。"))
        if unknown := set(names) - {picture.name for picture in ALBUM}:
            raise CommandError(_("没有这些图：%(names)s") % {"names": "、".join(sorted(unknown))})
        call_command("load_demo", stdout=self.stderr)
        people = {user.username: user for user in User.objects.select_related("union")}
        wanted = [picture for picture in ALBUM if not names or picture.name in names]
        # Looked up before the browser starts, whose loop makes Django refuse queries from this thread.
        pages = [(picture, picture.address_for(people[picture.account])) for picture in wanted]
        for path in take(pages, folder):
            self.stdout.write(f"{path.name} {path.stat().st_size // 1024} KB")
