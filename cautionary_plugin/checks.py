"""What ``check`` says about the host: what is missing, and what to do about it.

The package never changes the host's settings. Errors are what it cannot work without; a missing
keyring is a warning, since ``migrate`` runs before ``cautionary_setup`` makes one, and until then
the gate lets nobody in.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import django
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from cautionary_plugin.conf import DEFAULTS, conf
from cautionary_plugin.outbox.pdf import is_installed
from cautionary_plugin.outbox.smime import council_signer
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.settings import fault, meant
from cautionary_plugin.rules.sharing import WARN_BEFORE
from cautionary_plugin.sealing.keyrings import get_keyring
from cautionary_plugin.sealing.objects import evidence_storage

TAG = "cautionary"
PREFIX = "cautionary_plugin"
OURS = "CAUTIONARY_"
OTP_MIDDLEWARE = "django_otp.middleware.OTPMiddleware"
SMTP = "django.core.mail.backends.smtp.EmailBackend"
TOGETHER = [["username", "ip_address"]]


def has_doors() -> bool:
    """Whether people can sign in on this instance at all."""
    return all(apps.is_installed(f"django.contrib.{app}") for app in ("auth", "sessions"))


def _checker(
    *tags: str, deploy: bool = False
) -> Callable[[Callable[[], list[CheckMessage]]], Callable[..., list[CheckMessage]]]:
    """Register a check that needs to know nothing but the settings."""

    def wrap(check: Callable[[], list[CheckMessage]]) -> Callable[..., list[CheckMessage]]:
        def checked(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
            return check()

        checked.__name__, checked.__doc__ = check.__name__, check.__doc__
        return register(*tags, deploy=deploy)(checked)

    return wrap


@_checker(TAG)
def check_doors() -> list[CheckMessage]:
    """People come in through the package's URLs, if this instance has people."""
    if not has_doors():
        return [
            Info(
                "This instance has no accounts or sessions, so the register has no screens here.",
                hint="That is right for a public front end. The intranet itself needs "
                "django.contrib.auth and django.contrib.sessions in INSTALLED_APPS.",
                id=f"{PREFIX}.I001",
            )
        ]
    try:
        reverse("cautionary:home")
    except NoReverseMatch:
        return [
            Error(
                "The URLs of the register are not included.",
                hint='Add path("register/", include("cautionary_plugin.urls")) to ROOT_URLCONF, '
                "above the include of wagtail.urls.",
                id=f"{PREFIX}.E001",
            )
        ]
    return []


@_checker(TAG)
def check_apps() -> list[CheckMessage]:
    """The apps that the screens stand on, and the middleware that tells the host's own pages."""
    found: list[CheckMessage] = []
    has_case_screens = has_doors() and apps.is_installed("wagtail.admin")
    if has_case_screens and not apps.is_installed("wagtail_modeladmin"):
        found.append(
            Error(
                "wagtail_modeladmin is not installed, so the case screens cannot be shown.",
                hint='Add "wagtail_modeladmin" to INSTALLED_APPS; the package came with ours.',
                id=f"{PREFIX}.E002",
            )
        )
    if has_doors() and OTP_MIDDLEWARE not in settings.MIDDLEWARE:
        found.append(
            Warning(
                "The OTP middleware is missing: the register's own doors are guarded, but the "
                "rest of the site cannot ask for a second factor.",
                hint=f'Add "{OTP_MIDDLEWARE}" to MIDDLEWARE after AuthenticationMiddleware, or '
                f'put "{PREFIX}.W001" into SILENCED_SYSTEM_CHECKS if the rest need not ask.',
                id=f"{PREFIX}.W001",
            )
        )
    if apps.is_installed("wagtail.api.v3"):
        found.append(
            Warning(
                "Wagtail's API v3 lets tokens act as their user without a second factor.",
                hint="Nothing of the register is in that API. Give tokens to few people, and give "
                "no model of the register api_fields.",
                id=f"{PREFIX}.W040",
            )
        )
    return found


@_checker(TAG)
def check_verifiers() -> list[CheckMessage]:
    """Each verifier can be called; one that cannot would stop every request at the door."""
    return [
        Error(
            f"CAUTIONARY_VERIFIERS names {path!r}, which cannot be imported or called.",
            hint="Name a callable (request) -> datetime | None by its dotted path.",
            id=f"{PREFIX}.E004",
        )
        for path in conf.VERIFIERS
        if not _is_callable(path)
    ]


def _is_callable(path: str) -> bool:
    try:
        return callable(import_string(path))
    except ImportError:
        return False


@_checker(TAG)
def check_keyring() -> list[CheckMessage]:
    """The keys are there, out of other people's reach, and out of what is copied about."""
    if not has_doors():
        return []
    keyring = get_keyring()
    found: list[CheckMessage] = [
        Warning(problem, hint="See docs/keys.md.", id=f"{PREFIX}.W010")
        for problem in keyring.problems()
    ]
    path = Path(keyring.file.path).absolute()
    if served := [root for root in _served() if root in path.parents]:
        found.append(
            Error(
                f"The keyring lies in {served[0]}, which the web server hands out.",
                hint="Move it to a folder outside, name that in CAUTIONARY_KEYRING, and rotate.",
                id=f"{PREFIX}.E003",
            )
        )
    if _would_be_committed(path):
        found.append(
            Warning(
                f"The keyring {path} lies in a repository and would be committed with it.",
                hint="Move it outside, or put a .gitignore with the line * beside it.",
                id=f"{PREFIX}.W011",
            )
        )
    return found


def _served() -> list[Path]:
    roots = [settings.STATIC_ROOT, settings.MEDIA_ROOT]
    return [Path(root).absolute() for root in roots if root]


def _would_be_committed(path: Path) -> bool:
    if not any((folder / ".git").exists() for folder in path.parents):
        return False
    ignored = path.parent / ".gitignore"
    return not (ignored.is_file() and "*" in ignored.read_text().split())


@_checker(TAG)
def check_evidence() -> list[CheckMessage]:
    """Where evidence lies: sealed in any case, and yet nobody's but the register's."""
    alias = conf.EVIDENCE_STORAGE
    if alias and alias not in settings.STORAGES:
        return [
            Error(
                f"CAUTIONARY_EVIDENCE_STORAGE names {alias!r}, which is not in STORAGES.",
                hint="Add the alias to STORAGES as docs/evidence.md says, or name none.",
                id=f"{PREFIX}.E005",
            )
        ]
    storage: dict[str, Any] = dict(settings.STORAGES[alias]) if alias else {}
    if storage.get("BACKEND", "").startswith("storages.backends.s3"):
        return _bucket(alias, storage.get("OPTIONS", {}))
    location = getattr(evidence_storage(), "location", None)
    folder = Path(location).absolute() if location else None
    served = [root for root in _served() if folder and root in (folder, *folder.parents)]
    return [
        Error(
            f"Evidence would be kept in {root}, which the web server hands out.",
            hint="Name a storage whose folder lies outside in CAUTIONARY_EVIDENCE_STORAGE.",
            id=f"{PREFIX}.E006",
        )
        for root in served
    ]


@_checker(TAG)
def check_anchors() -> list[CheckMessage]:
    """Where anchors of the access record go, if not by e-mail."""
    alias = conf.ANCHOR_STORAGE
    if not alias or alias in settings.STORAGES:
        return []
    return [
        Error(
            f"CAUTIONARY_ANCHOR_STORAGE names {alias!r}, which is not in STORAGES.",
            hint="Add the alias to STORAGES as docs/guide-who-looked.md says, or name none.",
            id=f"{PREFIX}.E007",
        )
    ]


def _bucket(alias: str, options: dict[str, Any]) -> list[CheckMessage]:
    acl = options.get("default_acl", getattr(settings, "AWS_DEFAULT_ACL", None)) or ""
    domain = options.get("custom_domain", getattr(settings, "AWS_S3_CUSTOM_DOMAIN", None))
    wrong = {
        "default_acl must not be public": acl.startswith("public"),
        "custom_domain must not be set": bool(domain),
        "gzip must be off, since ciphertext does not shrink": options.get(
            "gzip", getattr(settings, "AWS_IS_GZIPPED", False)
        ),
        "client_config must say how long to wait, else it is minutes": not options.get(
            "client_config", getattr(settings, "AWS_S3_CLIENT_CONFIG", None)
        ),
    }
    return [
        Warning(
            f"The bucket of evidence is set up amiss: {what}.",
            hint=f"Change it under OPTIONS of STORAGES[{alias!r}], and keep the bucket private.",
            id=f"{PREFIX}.W020",
        )
        for what, is_wrong in wrong.items()
        if is_wrong
    ]


@_checker(TAG)
def check_axes() -> list[CheckMessage]:
    """Guessing passwords is slowed down, and does not lock an office out."""
    if not has_doors():
        return []
    if not apps.is_installed("axes") or not getattr(settings, "AXES_ENABLED", True):
        return [
            Warning(
                "django-axes is not in use, so passwords can be guessed without end.",
                hint="Set up axes as docs/second-factor.md says, or silence this where single "
                "sign-on asks for the password.",
                id=f"{PREFIX}.W030",
            )
        ]
    return [
        message for problem in (_backend, _cool_off, _together, _proxy) if (message := problem())
    ]


def _backend() -> CheckMessage | None:
    if any("axes" in path.lower() for path in settings.AUTHENTICATION_BACKENDS):
        return None
    return Warning(
        "axes is installed but sees no sign-in.",
        hint='Put "axes.backends.AxesStandaloneBackend" first in AUTHENTICATION_BACKENDS.',
        id=f"{PREFIX}.W031",
    )


def _cool_off() -> CheckMessage | None:
    if getattr(settings, "AXES_COOLOFF_TIME", None):
        return None
    return Warning(
        "axes locks accounts for ever, so anybody can lock a colleague out.",
        hint="Set AXES_COOLOFF_TIME, for example to timedelta(minutes=15).",
        id=f"{PREFIX}.W032",
    )


def _together() -> CheckMessage | None:
    parameters = getattr(settings, "AXES_LOCKOUT_PARAMETERS", None) or ["ip_address"]
    if callable(parameters) or isinstance(parameters, str) or "ip_address" not in parameters:
        return None
    return Warning(
        "axes locks by address alone: one person's slips lock out everybody behind one router.",
        hint=f"Set AXES_LOCKOUT_PARAMETERS = {TOGETHER!r}.",
        id=f"{PREFIX}.W033",
    )


def _proxy() -> CheckMessage | None:
    behind = settings.SECURE_PROXY_SSL_HEADER or settings.USE_X_FORWARDED_HOST
    told = ("AXES_IPWARE_PROXY_COUNT", "AXES_IPWARE_PROXY_TRUSTED_IPS", "AXES_CLIENT_IP_CALLABLE")
    if not behind or any(getattr(settings, name, None) for name in told):
        return None
    return Warning(
        "The site is behind a proxy and axes was not told: it takes everybody for one address.",
        hint="Set AXES_IPWARE_PROXY_COUNT and AXES_IPWARE_META_PRECEDENCE_ORDER.",
        id=f"{PREFIX}.W034",
    )


@_checker(TAG)
def check_mail() -> list[CheckMessage]:
    """A mail server that hangs is left after a while; letters can be made into PDFs."""
    found: list[CheckMessage] = []
    if has_doors() and _mail_may_hang():
        found.append(
            Warning(
                "A mail server that hangs would hold up whoever sends mail, without end.",
                hint="Set EMAIL_TIMEOUT = 10, or on Django 6.1 the option timeout in MAILERS.",
                id=f"{PREFIX}.W060",
            )
        )
    if has_doors() and not is_installed():
        found.append(
            Info(
                "Letters cannot be made into PDFs, nor sent by e-mail; they are printed from "
                "their page.",
                hint="Install cautionary-plugin[pdf], and with the system's packages "
                "libpango-1.0-0 and libpangoft2-1.0-0.",
                id=f"{PREFIX}.I060",
            )
        )
    return found


def _mail_may_hang() -> bool:
    """Whether mail goes by SMTP and nobody said how long to wait."""
    mailers: dict[str, Any] = getattr(settings, "MAILERS", None) or {}
    if mailers and django.VERSION >= (6, 1):
        chosen = mailers.get("default", {})
        backend, timeout = chosen.get("BACKEND", SMTP), chosen.get("OPTIONS", {}).get("timeout")
        return bool(backend == SMTP and timeout is None)
    with catch_warnings():
        simplefilter("ignore")  # the host may read its old settings for as long as it likes
        return settings.EMAIL_BACKEND == SMTP and settings.EMAIL_TIMEOUT is None


@_checker(TAG)
def check_smime() -> list[CheckMessage]:
    """The council's certificate for mail to partners, if it is set, can be used, and for long."""
    if not conf.SMIME:
        return []
    try:
        ends = council_signer().certificate.not_valid_after_utc
    except NotReady as problem:
        hint = "CAUTIONARY_SMIME names a certificate and its key; see docs/guide-sharing.md."
        return [Error(str(problem), hint=hint, id=f"{PREFIX}.E008")]
    if ends - timezone.now() > timedelta(days=max(WARN_BEFORE)):
        return []
    return [
        Warning(
            f"The council's certificate for mail to partners ends on {ends:%Y-%m-%d}.",
            hint="Nothing can be shared after that. Put a new one in its place.",
            id=f"{PREFIX}.W070",
        )
    ]


@_checker(Tags.security, deploy=True)
def check_cookies() -> list[CheckMessage]:
    """A session that was read off the wire is a session with its second factor."""
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"]
    missing = [name for name in names if not getattr(settings, name)]
    if not has_doors() or not missing:
        return []
    return [
        Warning(
            "Sessions of the register can be read on the way or by scripts.",
            hint=f"Serve by HTTPS only and set {', '.join(missing)} to True.",
            id=f"{PREFIX}.W050",
        )
    ]


@_checker(TAG)
def check_settings() -> list[CheckMessage]:
    """Each setting has a value that it can have, and a name that there is."""
    set_here = {name.removeprefix(OURS) for name in dir(settings) if name.startswith(OURS)}
    found: list[CheckMessage] = []
    for name in sorted(set_here & set(DEFAULTS)):
        if wrong := fault(name, getattr(settings, OURS + name), default=DEFAULTS[name]):
            told = f"{OURS}{name} {wrong}."
            found.append(Error(told, hint="See docs/install.md.", id=f"{PREFIX}.E009"))
    for name in sorted(set_here - set(DEFAULTS)):
        close = meant(name, known=list(DEFAULTS))
        hint = f"Is {OURS}{close} meant?" if close else "Its name may be misspelt."
        told = f"{OURS}{name} is no setting of this package."
        found.append(Warning(told, hint=hint, id=f"{PREFIX}.W071"))
    return found
