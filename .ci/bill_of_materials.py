"""Writes the bill of materials as CycloneDX 1.6, in JSON: pinned packages with digests and licences, vendored files.

    python .ci/bill_of_materials.py bill.json

The packages are those of requirements.lock, which an installation has exactly; their licences are told by the packages
that are installed here. Exits with what is wrong where one is not installed, or the outcome is no CycloneDX.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).parents[1]
VENDOR = ROOT / "static" / "vendor"
PACKAGE = re.compile(r"^\| (\S+) \| ([\d.]+) \| (\S+) \|$", re.MULTILINE)
DIGEST = re.compile(r"^\| (\S+) \| ([0-9a-f]{64}) \|$", re.MULTILINE)
ASKED = ("requirements", "requirements.lock", "--pyproject", "pyproject.toml", "--mc-type", "application")
SAID = ("--output-reproducible", "--spec-version", "1.6", "--output-file", "-")


def bill() -> dict:
    """The whole of it."""
    asked = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", *ASKED, *SAID]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True)  # noqa: S603  our own command line
    made: dict = json.loads(told.stdout)
    for component in made["components"]:
        component["licenses"] = [*licences(component["name"])]
    made["components"] += vendored()
    return made


def licences(package: str) -> Iterator[dict]:
    """What `package` says of its licence: an expression of SPDX, else words of its own, else of the package index."""
    told = installed(package).metadata
    if expression := told.get("License-Expression"):
        yield {"expression": expression}
        return
    classes = [words for words in told.get_all("Classifier", []) if words.startswith("License ::")]
    own = told.get("License", "").strip().splitlines()[:1]
    for name in [words.rsplit(" :: ", 1)[-1] for words in classes] or own:
        yield {"license": {"name": name}}


def installed(package: str) -> Distribution:
    try:
        return distribution(package)
    except PackageNotFoundError:
        raise SystemExit(f"{package} is not installed: run make venv") from None


def vendored() -> list[dict]:
    """The packages whose built files stand in static/vendor, by the list there, each file with its digest."""
    listed = (VENDOR / "README.md").read_text()
    files = [file(path, digest) for path, digest in DIGEST.findall(listed)]
    return [
        {
            "type": "library",
            "bom-ref": f"vendored-{name}",
            "name": name,
            "version": version,
            "purl": f"pkg:npm/{name}@{version}",
            "licenses": [{"license": {"id": licence}}],
            "components": [each for each in files if each["name"].startswith(f"static/vendor/{name}/")],
        }
        for name, version, licence in PACKAGE.findall(listed)
    ]


def file(path: str, digest: str) -> dict:
    name = f"static/vendor/{path}"
    return {"type": "file", "bom-ref": name, "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}


def main(target: str) -> None:
    written = json.dumps(bill(), ensure_ascii=False, indent=1)
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(written):
        raise SystemExit(f"no CycloneDX: {fault}")
    Path(target).write_text(written + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
