"""What was typed before it could mean something: names of the directory however they are written, and programmes of the notice."""

from django.db import migrations

from portal.models.owned import REPORTING_PATH_LENGTH
from portal.text import fold_name

from aid.enums import Programme


def _directory(model, *, live: bool) -> dict[tuple[str, str], int]:
    """The records that count by 填报单位 and folded name; of two alike the first."""
    rows = model.objects.filter(voided_at=None) if live else model.objects.all()
    found = {}
    for pk, path, name in rows.order_by("-pk").values_list("pk", "union_path", "name"):
        found[path[:REPORTING_PATH_LENGTH], fold_name(name)] = pk
    return found


def know(apps, _schema_editor):
    """A version of the past keeps what it said: only what stands today is told what its words mean."""
    cases = apps.get_model("aid", "AidCase")
    sponsors = _directory(apps.get_model("aid", "Sponsor"), live=True)
    named = cases.objects.exclude(sponsor="").order_by().values_list("union_path", "sponsor").distinct()
    for path, word in list(named):
        known = sponsors.get((path[:REPORTING_PATH_LENGTH], fold_name(word)))
        if known:
            cases.objects.filter(union_path=path, sponsor=word).update(known_sponsor=known)
    codes = {fold_name(str(label)): code for code, label in Programme.choices}
    for word in list(cases.objects.exclude(programme="").order_by().values_list("programme", flat=True).distinct()):
        if code := codes.get(fold_name(word)):
            cases.objects.filter(programme=word).update(known_programme=code)


class Migration(migrations.Migration):
    dependencies = [("aid", "0012_known_sponsor")]

    operations = [migrations.RunPython(know, migrations.RunPython.noop)]
