"""How passwords are kept (ASVS 11.4.2): the hash of the settings in service, not the quick one of the tests."""

from django.conf import global_settings
from django.contrib.auth.hashers import check_password, identify_hasher, make_password

from portal.settings import base

LEAST_ITERATIONS = 600_000  # OWASP for PBKDF2 with SHA-256


def test_passwords_are_hashed_slowly_enough(settings):
    settings.PASSWORD_HASHERS = getattr(base, "PASSWORD_HASHERS", global_settings.PASSWORD_HASHERS)
    hashed = make_password("Haoyun-7391-Jia")
    told = identify_hasher(hashed).decode(hashed)
    assert told["algorithm"] in {"pbkdf2_sha256", "argon2"}
    assert told["algorithm"] == "argon2" or told["iterations"] >= LEAST_ITERATIONS
    assert "7391" not in hashed
    assert check_password("Haoyun-7391-Jia", hashed)
