"""Running import_list as an operator does."""

import io
import json

from django.core.management import call_command


def import_list(path, *, unit="310101", year=None, said=None, mapped=(), dry_run=False) -> dict:
    """What `import_list --json` answers, whatever its exit code."""
    words = ["--unit", unit, "--json"]
    words += ["--year", str(year)] if year else []
    words += [word for heading, value in (said or {}).items() for word in ("--set", f"{heading}={value}")]
    words += [word for change in mapped for word in ("--map", change)]
    words += ["--dry-run"] if dry_run else []
    out = io.StringIO()
    try:
        call_command("import_list", str(path), *words, stdout=out)
    except SystemExit as stopped:
        code = stopped.code
    else:
        code = 0
    answer = json.loads(out.getvalue())
    assert (code == 0) is answer["ok"]
    return answer
