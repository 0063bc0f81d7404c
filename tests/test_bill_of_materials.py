"""The bill of materials that `make sbom` writes has all that an installation consists of."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
VENDOR = ROOT / "static" / "vendor"


@pytest.fixture(scope="module")
def components(tmp_path_factory):
    target = tmp_path_factory.mktemp("bill") / "sbom.json"
    # It refuses by itself what is no CycloneDX.
    subprocess.run([sys.executable, ".ci/bill_of_materials.py", target], cwd=ROOT, check=True)  # noqa: S603  our own
    return json.loads(target.read_text())["components"]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_bill_has_every_pin_with_its_digests_and_a_licence(components):
    locked = re.split(r"^(?=[\w.-]+==)", (ROOT / "requirements.lock").read_text(), flags=re.MULTILINE)[1:]
    pins = {
        (plain(name), version, frozenset(re.findall(r"--hash=sha256:(\w+)", block)))
        for block in locked
        for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", block)
    }
    packages = [each for each in components if each["purl"].startswith("pkg:pypi/")]
    told = {(plain(each["name"]), each["version"], frozenset(digests(each))) for each in packages}
    assert told == pins
    assert [each["name"] for each in packages if not each["licenses"]] == []


def digests(component: dict) -> list[str]:
    return [digest["content"] for place in component["externalReferences"] for digest in place["hashes"]]


def test_bill_has_every_vendored_file_with_version_and_licence(components):
    vendored = [each for each in components if each["purl"].startswith("pkg:npm/")]
    told = {part["name"]: part["hashes"][0]["content"] for each in vendored for part in each["components"]}
    assert told == {
        path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    # What the built file says of itself.
    heads = {each["name"]: next((VENDOR / each["name"]).glob("*.min.css")).read_text()[:400] for each in vendored}
    assert [each["name"] for each in vendored if f"v{each['version']}" not in heads[each["name"]]] == []
    assert [each["name"] for each in vendored if each["licenses"] != [{"license": {"id": "MIT"}}]] == []
    assert [name for name in heads if "MIT" not in (VENDOR / name / "LICENSE").read_text()] == []
