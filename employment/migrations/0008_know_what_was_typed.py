"""What was typed before it could mean something: names of the directory however they are written."""

from django.db import migrations

from portal.models.owned import REPORTING_PATH_LENGTH
from portal.text import fold_name


def _directory(model, *, live: bool) -> dict[tuple[str, str], int]:
    """The records that count by 填报单位 and folded name; of two alike the first."""
    rows = model.objects.filter(voided_at=None) if live else model.objects.all()
    found = {}
    for pk, path, name in rows.order_by("-pk").values_list("pk", "union_path", "name"):
        found[path[:REPORTING_PATH_LENGTH], fold_name(name)] = pk
    return found


def know(apps, _schema_editor):
    """A version of the past keeps what it said: only what stands today is told what its word means."""
    given = apps.get_model("employment", "Assistance")
    employers = _directory(apps.get_model("aid", "Employer"), live=False)
    for path, word in list(given.objects.exclude(provider="").order_by().values_list("union_path", "provider").distinct()):
        known = employers.get((path[:REPORTING_PATH_LENGTH], fold_name(word)))
        if known:
            given.objects.filter(union_path=path, provider=word).update(known_provider=known)


class Migration(migrations.Migration):
    dependencies = [("employment", "0007_known_provider")]

    operations = [migrations.RunPython(know, migrations.RunPython.noop)]
