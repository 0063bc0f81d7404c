"""Moves of cases and released payees refuse UPDATE and DELETE; standards and bank layouts that are there from the start."""

from django.db import migrations

from aid.payments.bank.layouts import READY
from portal.models.append_only import append_only

# Shanghai's standard of minimum living allowance, yuan a head and month, as in force at the end of the year.
SHANGHAI = {
    2011: 505, 2012: 570, 2013: 640, 2014: 710, 2015: 790, 2016: 880, 2017: 970, 2018: 1070, 2019: 1160, 2020: 1240,
    2021: 1330, 2022: 1420, 2023: 1510, 2024: 1595,
}


def fill_standards(apps, _schema_editor):
    standards = apps.get_model("aid", "MinimumIncome").objects
    standards.bulk_create(standards.model(year=year, city="上海市", monthly=yuan) for year, yuan in SHANGHAI.items())


def make_layouts(apps, _schema_editor):
    layouts = apps.get_model("aid", "BankLayout").objects
    layouts.bulk_create(layouts.model(**ready) for ready in READY)


class Migration(migrations.Migration):
    dependencies = [("aid", "0001_initial"), ("portal", "0002_append_only_and_calendar")]

    operations = [
        append_only("aid_caseevent", "aid_payeeline"),
        migrations.RunPython(fill_standards, migrations.RunPython.noop),
        migrations.RunPython(make_layouts, migrations.RunPython.noop),
    ]
