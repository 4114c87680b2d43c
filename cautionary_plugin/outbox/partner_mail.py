"""Mail to partners: made from live data at delivery, signed, and encrypted anew on each attempt.

Nothing that was read from an entry waits in the queue. What was revoked, lapsed, ended or
withdrawn between queueing and sending is not sent (A45, A46).
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from cautionary_plugin.access.entry_facts import Fact, facts_for, measures_of, who_or_where
from cautionary_plugin.access.rendering import text_of
from cautionary_plugin.models import Entry, MailKind, OutboxMessage, Partner, PartnerMail
from cautionary_plugin.rules.audience import View
from cautionary_plugin.rules.sharing import REFUSAL
from cautionary_plugin.rules.vocabulary import Risk

from .compose import headers_of
from .partner_standing import addressees_of, missing_for
from .smime import Encrypted, check_signer, sign_then_encrypt
from .words import WORDS

logger = logging.getLogger(__name__)

SHARED = "cautionary_plugin/partners/shared.txt"
WITHDRAWN = "cautionary_plugin/partners/withdrawn.txt"
NOTHING_LEFT = "Nothing that was chosen is on the register and shared any more."


def may_go(message: OutboxMessage, mail: PartnerMail, *, at: datetime) -> bool:
    """Whether the message is to be sent now; what is never to be sent is stopped for good.

    A withdrawal is stopped by nothing but that all of it is acknowledged: without a certificate
    it waits for one, and the partner's page says so.
    """
    partner = Partner.objects.get(pk=mail.partner_id)
    addressees = addressees_of(partner, at=at)
    if message.kind == MailKind.WITHDRAWAL:
        if not mail.withdrawals.open().exists():
            return _stop(mail, "All of it is acknowledged.", at)
        if not addressees:
            logger.warning("Message %s waits for a certificate of its partner", message.pk)
        return bool(addressees)
    missing = missing_for(partner, at=at, addressees=addressees)
    if not partner.has_contact:
        missing.insert(0, REFUSAL)
    if not entries_of(mail, at=at):
        missing.append(NOTHING_LEFT)
    return not missing or _stop(mail, " ".join(missing), at)


def compose_for_partner(message: OutboxMessage, mail: PartnerMail, *, at: datetime) -> Encrypted:
    """The message as it goes out: an envelope that the partner's contacts open, and no one else.

    :raises NotReady: the council's own certificate cannot be used.
    """
    signer = check_signer(at=at)
    addressees = addressees_of(mail.partner, at=at)
    text = _withdrawn(mail) if message.kind == MailKind.WITHDRAWAL else _shared(mail, at)
    envelope = sign_then_encrypt(
        text, signer=signer, recipients=[each.certificate for each in addressees]
    )
    _note_recipients(mail, [each.fingerprint for each in addressees])
    subject, _body, _screen = WORDS[MailKind(message.kind)]
    return Encrypted(
        envelope,
        subject=subject,
        from_email=signer.address,
        to=[each.address for each in addressees],
        headers=headers_of(message),
    )


def entries_of(mail: PartnerMail, *, at: datetime) -> list[Entry]:
    """The entries that the message is about: live, and still shared with the partner."""
    chosen = mail.disclosures.standing().values("entry")
    live = Entry.objects.live_at(at).for_partners().filter(pk__in=chosen).order_by("reference")
    whole = live.select_related("register", "case_file__person", "case_file__premises")
    return list(whole.prefetch_related("audience"))


def facts_for_partner(entry: Entry) -> list[Fact]:
    """What a partner is told of an entry: what keeps its staff safe, and no more (L1)."""
    return [
        Fact("subject", "Person or premises", who_or_where(entry)),
        Fact("risk", "Risk", Risk(entry.risk).label),
        Fact("handling", "Handling instructions", entry.handling),
        Fact("control_measures", "Control measures", "\n".join(measures_of(entry))),
        *facts_for(entry, View.SAFETY),
    ]


def _shared(mail: PartnerMail, at: datetime) -> str:
    entries = entries_of(mail, at=at)
    told = [(entry.reference, facts_for_partner(entry)) for entry in entries]
    return text_of(SHARED, {"entries": told, "councils": _councils(entries)})


def _withdrawn(mail: PartnerMail) -> str:
    notices = mail.withdrawals.open().order_by("reference")
    references = list(notices.values_list("reference", flat=True))
    return text_of(WITHDRAWN, {"references": references, "partner": mail.partner.reference})


def _councils(entries: Iterable[Entry]) -> list[str]:
    return sorted({entry.register.council_name or entry.register.name for entry in entries})


def _note_recipients(mail: PartnerMail, fingerprints: list[str]) -> None:
    PartnerMail.objects.filter(pk=mail.pk).update(fingerprints=fingerprints)


def _stop(mail: PartnerMail, why: str, at: datetime) -> bool:
    PartnerMail.objects.filter(pk=mail.pk).update(stopped_at=at, stopped_because=why[:400])
    return False
