"""Every hostile file of tests/hostile.py through the gate: how long it takes, and how much memory at most.

python benchmarks/hostile_files.py

No database is needed. That every way in bears all of them: HOSTILE_FILES=all python -m pytest tests/test_uploads.py
"""

import os
import resource
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")


def main() -> None:
    import django

    django.setup()
    import harness
    from django.core.exceptions import ValidationError

    from portal.documents.file_kinds import DOCX, JPEG, PDF, PNG, XLSX
    from portal.gate.inspecting import admitted
    from tests.hostile import samples

    took, outcomes = [], {"refused": 0, "kept": 0}
    for sample in samples():
        content = sample.make()
        before, began = worked(), time.monotonic()
        try:
            admitted(content, sample.file_name, (PDF, JPEG, PNG, DOCX, XLSX))
            outcomes["kept"] += 1
        except ValidationError:
            outcomes["refused"] += 1
        took.append((time.monotonic() - began, worked() - before, sample.name))
    shown = [
        ("files", len(took)),
        ("refused", outcomes["refused"]),
        ("cleaned or harmless", outcomes["kept"]),
        ("longest by the clock (s)", max(clock for clock, _work, _name in took)),
        ("longest of the processor (s)", max(work for _clock, work, _name in took)),
        ("which", max(took)[2]),
        ("peak memory of a child (MB)", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    ]
    harness.show(shown)


def worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
