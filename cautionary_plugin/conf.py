"""The package's settings: Django's ``settings.CAUTIONARY_…`` over the defaults below.

Read them as ``conf.KEYRING``; they are looked up anew each time, so that a test or a host
that changes one is heard.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings


def _default_keyring() -> dict[str, Any]:
    return {
        "BACKEND": "cautionary_plugin.sealing.keyrings.FileKeyring",
        "OPTIONS": {"path": private_folder() / "keyring.json"},
    }


def private_folder() -> Path:
    """The folder beside the site's code for what no web server may hand out."""
    return Path(getattr(settings, "BASE_DIR", Path.cwd())) / ".cautionary"


DEFAULTS: dict[str, Any] = {
    # Where the wrapping keys live: {"BACKEND": dotted path, "OPTIONS": {...}}.
    "KEYRING": _default_keyring,
    # The template that the staff screens extend.
    "BASE_TEMPLATE": "cautionary_plugin/staff/base.html",
    # Where people sign in with their password. None: settings.LOGIN_URL if it resolves, else our
    # own door.
    "LOGIN_URL": None,
    # Dotted paths of callables (request) -> datetime | None: when the identity provider verified
    # a second factor for this session. Empty: only the package's own authenticators count.
    "VERIFIERS": [],
    # A verified session ends after so long without a request, and after so long in any case.
    "VERIFIED_IDLE": timedelta(minutes=30),
    "VERIFIED_FOR": timedelta(hours=10),
    # Where the identity provider asks for its second factor again; "next" is added. None: a page
    # says to sign out and in again.
    "REAUTHENTICATE_URL": None,
    # The name that an authenticator app shows above the six digits.
    "OTP_ISSUER": "Cautionary register",
    # Dangerous acts ask for the code again when the last one is older than this.
    "STEP_UP_AFTER": timedelta(minutes=10),
    # An issued enrolment code is good for so long.
    "ENROLMENT_CODE_FOR": timedelta(hours=48),
    # Emergency access lasts so long.
    "EMERGENCY_FOR": timedelta(hours=1),
    # Nobody takes it again on the same register for so long.
    "EMERGENCY_PAUSE": timedelta(hours=24),
    # Addresses that are told of emergency access besides the owner and the data protection
    # officer. An administrator of accounts cannot change these.
    "ALERT_ADDRESSES": [],
    # A briefing counts for so many months (A49).
    "BRIEFING_MONTHS": 24,
    # The longest reading grant, in months.
    "GRANT_MONTHS": 24,
    # The alias in STORAGES that keeps evidence, sealed. None: a private folder beside the keyring.
    "EVIDENCE_STORAGE": None,
    # The largest file that is taken as evidence, in bytes, and the most files of one report.
    "EVIDENCE_MAX_SIZE": 25_000_000,
    "EVIDENCE_MAX_FILES": 20,
    # The dotted path of a callable (binary stream) -> None that raises rules.errors.Infected.
    # None: nothing is scanned.
    "EVIDENCE_SCANNER": None,
    # Where the journal of what was erased lies, outside the database. None: beside the keyring.
    "DELETION_JOURNAL": None,
    # How many days a file is kept: after a decline, after a warning letter, after a report that
    # nobody decides on, and after the last touch of a draft (A34).
    "KEEP_DECLINED_DAYS": 90,
    "KEEP_WARNINGS_DAYS": 365,
    "KEEP_UNDECIDED_DAYS": 365,
    "KEEP_DRAFTS_DAYS": 30,
    # How many days the access record and the delivered mail are kept.
    "KEEP_ACCESS_RECORDS_DAYS": 730,
    "KEEP_MAIL_DAYS": 30,
    # The alias in STORAGES that is told each day where the access record ends, best a bucket with
    # object lock. None: the data protection officer is told by e-mail.
    "ANCHOR_STORAGE": None,
    # Whoever looks more often than this on one day does so unusually often; and so whoever looks
    # on a day off, or outside these hours (from, until).
    "MANY_LOOKS": 60,
    "OFFICE_HOURS": (7, 20),
    # The council's own certificate, with which mail to partners is signed: {"CERTIFICATE": path of
    # a PEM file, with the certificates between it and its authority; "KEY": path of its private
    # key; "PASSWORD": of the key, or a callable that returns it}. None: nothing can be shared.
    "SMIME": None,
    # A partner says within so many days that it has deleted an entry; then it is reminded, weekly.
    "WITHDRAWAL_DAYS": 7,
    # How many days what is on file of a partner is kept after the partnership has ended.
    "KEEP_PARTNERS_DAYS": 730,
    # How many days a subject access request is kept after it was answered or withdrawn.
    "KEEP_ACCESS_REQUESTS_DAYS": 365,
    # The month with which the year of the figures starts: 4 of the financial year, 1 of the
    # calendar year. Choose once: two kinds of year side by side would give small numbers away.
    "FIGURES_YEAR_STARTS": 4,
    # Whether programs may check and report, under api/v1/; see docs/api.md.
    "API": False,
    # How many calls each caller may make, and how many checks and reports a person within an hour
    # by calls and by whole lists.
    "API_RATE": "60/min",
    "API_CHECKS": 400,
    # Trial sites and tests: registers begin without their go-live checklist. Every case screen says
    # so. Never for real people.
    "GO_LIVE_OVERRIDE": False,
    # All staff are reminded to report incidents and concerns every so many months, once somebody
    # has sent the first reminder (A47). None: never by itself.
    "REMIND_STAFF_MONTHS": 12,
    # How many proxies of the council's own stand in front: how far to trust X-Forwarded-For.
    "API_PROXIES": 0,
    # The number to ring when the check fails or the register is closed.
    "DUTY_PHONE": "",
}


class Conf:
    """Attribute access to the settings, upper-case, without the ``CAUTIONARY_`` prefix."""

    def __getattr__(self, name: str) -> Any:
        if name not in DEFAULTS:
            raise AttributeError(f"CAUTIONARY_{name} is not a setting of cautionary_plugin")
        try:
            return getattr(settings, f"CAUTIONARY_{name}")
        except AttributeError:
            default = DEFAULTS[name]
            return default() if callable(default) else default


conf = Conf()
