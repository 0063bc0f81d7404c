"""python manage.py load_demo"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.enums import Role
from portal.models import Union
from reports.demo.city import load_city
from reports.demo.words import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Load the demo city, unless it is there already, and print its accounts. Only where DEBUG is on."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError(_("演示数据只能在开发环境（DEBUG 打开）载入。"))
        if not Union.objects.exists():
            load_city()
        elif not Union.objects.filter(code="310000", name="示例市总工会").exists():
            raise CommandError(_("数据库中已有其他工会的数据，不载入演示数据。"))
        self.stdout.write(_("演示账号（密码均为 %(password)s）：") % {"password": PASSWORD})
        names = dict(Union.objects.values_list("code", "name"))
        for username, name, role, code in ACCOUNTS:
            self.stdout.write(f"  {username:<10} {Role(role).label}　{name}　{names.get(code, code)}")
