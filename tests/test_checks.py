"""What ``check`` says, each time with what to do."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage, run_checks
from django.core.checks.registry import registry

from cautionary_plugin import checks
from cautionary_plugin.sealing.keyrings import get_keyring
from tests.certificates import sign_as_council
from tests.mailers import send_through
from tests.servers.smtp import BACKEND as SMTP

GOOD_AXES = {
    "AXES_ENABLED": True,
    "AXES_COOLOFF_TIME": timedelta(minutes=15),
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_IPWARE_PROXY_COUNT": None,
    "AUTHENTICATION_BACKENDS": [
        "axes.backends.AxesStandaloneBackend",
        "django.contrib.auth.backends.ModelBackend",
    ],
}


def ids(found: list[CheckMessage]) -> list[str]:
    assert all(message.hint for message in found), "each says what to do"
    return [message.id.removeprefix("cautionary_plugin.") for message in found]


@pytest.fixture
def apps_without(monkeypatch: pytest.MonkeyPatch) -> Any:
    def without(*missing: str, added: str = "") -> None:
        installed = checks.apps.is_installed
        monkeypatch.setattr(
            checks.apps,
            "is_installed",
            lambda app: app not in missing and (app == added or installed(app)),
        )

    return without


@pytest.fixture
def axes(settings: Any, apps_without: Any) -> Any:
    apps_without(added="axes")
    for name, value in GOOD_AXES.items():
        setattr(settings, name, value)
    return settings


@pytest.fixture
def keyring(tmp_path: Path, settings: Any) -> Any:
    settings.CAUTIONARY_KEYRING = {
        "BACKEND": "cautionary_plugin.sealing.keyrings.FileKeyring",
        "OPTIONS": {"path": tmp_path / "keys" / "keyring.json"},
    }
    get_keyring().create()
    return get_keyring().file.path


def test_all_checks_are_registered() -> None:
    names = {check.__name__ for check in registry.registered_checks}
    assert {name for name in dir(checks) if name.startswith("check_")} - {"check_cookies"} <= names

    deployed = {check.__name__ for check in registry.deployment_checks}
    assert "check_cookies" in deployed


def test_checks_run_with_the_rest(settings: Any) -> None:
    settings.ROOT_URLCONF = "wagtail.urls"

    assert "E001" in ids([m for m in run_checks(tags=["cautionary"]) if m.hint])


def test_urls_that_are_not_included(settings: Any) -> None:
    settings.ROOT_URLCONF = "wagtail.urls"
    assert ids(checks.check_doors()) == ["E001"]

    settings.ROOT_URLCONF = "tests.staff.second_factor.urls"
    assert checks.check_doors() == []


@pytest.mark.parametrize("missing", ["django.contrib.sessions", "django.contrib.auth"])
def test_instance_without_people_has_no_doors(
    apps_without: Any, settings: Any, keyring: Path, missing: str
) -> None:
    keyring.unlink()
    settings.ROOT_URLCONF = "wagtail.urls"
    settings.SESSION_COOKIE_SECURE = False
    apps_without(missing)

    assert ids(checks.check_doors()) == ["I001"]
    for check in ("apps", "axes", "cookies", "keyring"):
        assert getattr(checks, f"check_{check}")() == []


def test_modeladmin_missing(apps_without: Any) -> None:
    assert "E002" not in ids(checks.check_apps())

    apps_without("wagtail_modeladmin")
    assert "E002" in ids(checks.check_apps())


def test_otp_middleware_missing(settings: Any) -> None:
    assert "W001" in ids(checks.check_apps())

    settings.MIDDLEWARE = [*settings.MIDDLEWARE, checks.OTP_MIDDLEWARE]
    assert "W001" not in ids(checks.check_apps())


def test_api_v3_present(apps_without: Any) -> None:
    assert "W040" not in ids(checks.check_apps())

    apps_without(added="wagtail.api.v3")
    assert "W040" in ids(checks.check_apps())


@pytest.mark.parametrize("path", ["nowhere.at_all", "cautionary_plugin.checks.TAG", "plain"])
def test_verifier_that_cannot_be_called(settings: Any, path: str) -> None:
    settings.CAUTIONARY_VERIFIERS = ["cautionary_plugin.access.verifiers.oidc", path]

    assert ids(checks.check_verifiers()) == ["E004"]


def test_keyring_in_order(keyring: Path) -> None:
    assert checks.check_keyring() == []


def test_keyring_missing(keyring: Path) -> None:
    keyring.unlink()

    assert ids(checks.check_keyring()) == ["W010"]


def test_keyring_that_others_can_read(keyring: Path) -> None:
    keyring.chmod(0o644)

    assert ids(checks.check_keyring()) == ["W010"]


@pytest.mark.parametrize("setting", ["STATIC_ROOT", "MEDIA_ROOT"])
def test_keyring_that_is_served(keyring: Path, settings: Any, setting: str) -> None:
    setattr(settings, setting, str(keyring.parent.parent))

    assert ids(checks.check_keyring()) == ["E003"]


def test_keyring_in_a_repository(keyring: Path) -> None:
    (keyring.parent.parent / ".git").mkdir()
    assert checks.check_keyring() == [], "the folder ignores itself"

    (keyring.parent / ".gitignore").unlink()
    assert ids(checks.check_keyring()) == ["W011"]


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ({"bucket_name": "evidence", "client_config": object()}, 0),
        ({"bucket_name": "evidence"}, 1),
        ({"default_acl": "public-read", "client_config": object()}, 1),
        ({"custom_domain": "cdn.example", "gzip": True, "client_config": object()}, 2),
    ],
)
def test_bucket_of_evidence(settings: Any, options: dict[str, Any], count: int) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "evidence": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
    }
    settings.CAUTIONARY_EVIDENCE_STORAGE = "evidence"

    assert ids(checks.check_evidence()) == ["W020"] * count


def test_private_folder_of_evidence_is_fine() -> None:
    assert checks.check_evidence() == []


@pytest.mark.parametrize("served", ["", ".cautionary", ".cautionary/evidence"])
def test_evidence_in_what_the_web_server_hands_out(settings: Any, served: str) -> None:
    settings.MEDIA_ROOT = settings.BASE_DIR / served

    assert ids(checks.check_evidence()) == ["E006"]


def test_storage_of_evidence_that_is_not_there(settings: Any) -> None:
    settings.CAUTIONARY_EVIDENCE_STORAGE = "nowhere"

    assert ids(checks.check_evidence()) == ["E005"]


def test_axes_in_order(axes: Any) -> None:
    assert checks.check_axes() == []


def test_axes_absent() -> None:
    assert ids(checks.check_axes()) == ["W030"]


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("AXES_ENABLED", False, "W030"),
        ("AUTHENTICATION_BACKENDS", ["django.contrib.auth.backends.ModelBackend"], "W031"),
        ("AXES_COOLOFF_TIME", None, "W032"),
        ("AXES_LOCKOUT_PARAMETERS", None, "W033"),
        ("AXES_LOCKOUT_PARAMETERS", ["ip_address"], "W033"),
        ("AXES_LOCKOUT_PARAMETERS", ["username", "ip_address"], "W033"),
        ("SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https"), "W034"),
        ("USE_X_FORWARDED_HOST", True, "W034"),
    ],
)
def test_axes_out_of_order(axes: Any, setting: str, value: Any, said: str) -> None:
    setattr(axes, setting, value)

    assert ids(checks.check_axes()) == [said]


def test_axes_behind_a_proxy_that_it_knows(axes: Any) -> None:
    axes.USE_X_FORWARDED_HOST = True
    axes.AXES_IPWARE_PROXY_COUNT = 1

    assert checks.check_axes() == []


def test_cookies_that_can_be_read(settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    assert ids(checks.check_cookies()) == ["W050"]

    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    assert checks.check_cookies() == []


# Mail and letters


@pytest.mark.parametrize(
    ("backend", "options", "found"),
    [(SMTP, {}, ["W060"]), (SMTP, {"timeout": 10}, []), ("tests.outbox.backends.Broken", {}, [])],
    ids=["no timeout", "timeout", "another backend"],
)
def test_mail_server_that_may_hang(
    settings: Any, backend: str, options: dict[str, Any], found: list[str]
) -> None:
    send_through(settings, backend, **options)

    assert ids(checks.check_mail()) == found


def test_site_that_cannot_make_pdfs_is_told(settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(checks, "is_installed", lambda: False)

    assert ids(checks.check_mail()) == ["I060"]


@pytest.mark.clause("A46")
@pytest.mark.parametrize(
    ("days", "found"), [((-9, 300), []), ((-9, 20), ["W070"]), ((-9, -1), ["W070"])], ids=str
)
def test_certificate_of_the_council_that_runs_out_is_told(
    settings: Any, tmp_path: Path, days: tuple[int, int], found: list[str]
) -> None:
    sign_as_council(settings, tmp_path, days=days)

    assert ids(checks.check_smime()) == found


def test_certificate_of_the_council_that_cannot_be_read_is_an_error(settings: Any) -> None:
    settings.CAUTIONARY_SMIME = {"CERTIFICATE": "/nowhere.pem", "KEY": "/nowhere.key"}

    assert ids(checks.check_smime()) == ["E008"]


def test_council_that_shares_nothing_needs_no_certificate(settings: Any) -> None:
    settings.CAUTIONARY_SMIME = None

    assert ids(checks.check_smime()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FIGURES_YEAR_STARTS", 13),
        ("MANY_LOOKS", "60"),
        ("OFFICE_HOURS", (20, 7)),
        ("API_RATE", "lots"),
        ("BRIEFING_MONTHS", "x"),
        ("KEEP_MAIL_DAYS", -1),
        ("ALERT_ADDRESSES", "safety@example.gov.uk"),
        ("GO_LIVE_OVERRIDE", "no"),
        ("VERIFIED_IDLE", 30),
        ("DUTY_PHONE", None),
    ],
)
def test_setting_that_would_cost_a_page_is_told_before(
    settings: Any, name: str, value: Any
) -> None:
    assert ids(checks.check_settings()) == []
    setattr(settings, f"CAUTIONARY_{name}", value)

    [problem] = checks.check_settings()

    assert ids([problem]) == ["E009"]
    assert problem.msg.startswith(f"CAUTIONARY_{name} is ")


def test_settings_as_the_guides_give_them_are_right(settings: Any) -> None:
    settings.CAUTIONARY_OFFICE_HOURS = [7, 20]
    settings.CAUTIONARY_REMIND_STAFF_MONTHS = None
    settings.CAUTIONARY_API_RATE = "60/min"
    settings.CAUTIONARY_STEP_UP_AFTER = timedelta(0)

    assert ids(checks.check_settings()) == []


def test_setting_whose_name_is_misspelt_is_told_with_the_one_that_is_meant(settings: Any) -> None:
    settings.CAUTIONARY_DUTY_FONE = "01632 960 100"

    [problem] = checks.check_settings()

    assert ids([problem]) == ["W071"]
    assert problem.hint == "Is CAUTIONARY_DUTY_PHONE meant?"
