"""What the panel is asked, found and decided, in words: for screens, read-backs and minutes."""

from typing import Any

from django.utils.translation import gettext as _

from cautionary_plugin.models import AgendaItem, Motion, Service
from cautionary_plugin.rules.panel_terms import EntryTerms, MotionTerms, SpocTerms
from cautionary_plugin.rules.vocabulary import (
    Allocation,
    Choice,
    ControlMeasure,
    Health,
    LegalCondition,
    LetterFirst,
    Marker,
    PanelOutcome,
    Restriction,
    System,
)

from .entry_facts import words
from .people import active_people, name_of

Told = list[tuple[Any, str]]


def filled(facts: Told) -> Told:
    """The facts without those that are empty."""
    return [(label, text) for label, text in facts if text]


def yes_or_no(answer: bool | None) -> str:
    """Yes, no, or nothing where it was not answered."""
    if answer is None:
        return ""
    return _("Yes") if answer else _("No")


def health_facts(item: AgendaItem) -> Told:
    """The panel's first question (B20, B21)."""
    return filled(
        [
            (
                _("Health, conditions or disabilities"),
                Health(item.health).label if item.health else "",
            ),
            (_("What was considered"), item.health_words),
            (_("Changes to the approach"), item.adjustments),
        ]
    )


def consultation_facts(item: AgendaItem) -> Told:
    """The systems that were consulted, by whom, and what it means for the approach (B22)."""
    told = []
    for each in item.consultations.select_related("consulted_by"):
        bears = _("It bears on the approach.") if each.relevant else _("It does not bear on it.")
        who = {"system": System(each.system).label, "who": name_of(each.consulted_by)}
        text = "\n".join([bears, *each.adjustments_in_words])
        told.append((_("%(system)s, consulted by %(who)s") % who, text))
    return told


def finding_facts(item: AgendaItem) -> Told:
    """The answers to the panel's questions (B15–B17, B23)."""
    return filled(
        [
            (_("The behaviour meets the criteria"), yes_or_no(item.criteria_met)),
            (_("Why"), item.criteria),
            (_("Exceptional circumstances"), item.exceptional),
            (
                _("A letter of expected behaviour first"),
                LetterFirst(item.letter_first).label if item.letter_first else "",
            ),
            (_("On the letter"), item.letter_reasons),
            (_("A single point of contact is needed"), yes_or_no(item.spoc_needed)),
            (_("On the single point of contact"), item.spoc_reasons),
            (_("Legal advice"), item.legal_advice),
        ]
    )


def motion_facts(motion: Motion) -> Told:
    """What is put to the vote, in full (B18, B19)."""
    terms = MotionTerms.from_json(motion.terms) if motion.terms else MotionTerms()
    return filled(
        [
            (_("Outcome"), PanelOutcome(motion.outcome).label),
            (_("Level, in the words of the procedure"), motion.definition),
            (_("Reasons"), motion.reasons),
            *(entry_facts(terms.entry) if terms.entry else []),
            *(spoc_facts(terms.spoc) if terms.spoc else []),
        ]
    )


def entry_facts(terms: EntryTerms) -> Told:
    """An entry as it is proposed."""
    names = dict(Service.objects.values_list("slug", "name"))
    return filled(
        [
            (_("Handling instructions"), terms.handling),
            (_("What it is about"), "\n".join(words(Marker, terms.markers))),
            (_("Control measures"), "\n".join(words(ControlMeasure, terms.control_measures))),
            (_("Service restrictions"), "\n".join(words(Restriction, terms.restrictions))),
            (_("Why no service is restricted"), terms.no_restrictions),
            (_("Permitted contact"), terms.permitted_contact),
            (_("Why contact is not limited"), terms.no_contact_limits),
            (_("For"), "\n".join(names.get(slug, slug) for slug in terms.audience)),
            (_("Why these services"), terms.audience_reasons),
            (_("What happened"), terms.basis),
            (_("Legal condition"), LegalCondition(terms.legal_condition).label),
            (_("How it was checked that this is the person"), terms.second_identifier),
            (_("Why it is another than who looks the same"), terms.another_person),
        ]
    )


def spoc_facts(terms: SpocTerms) -> Told:
    """A single point of contact as it is proposed (B24–B26)."""
    return filled(
        [
            (_("Single point of contact"), _colleague(terms.officer)),
            (_("As the individual is told"), terms.contact),
            (_("E-mail address"), terms.email),
            (_("Based in"), Allocation(terms.allocation).label),
            (_("Why a single point of contact"), terms.reasons),
            (_("Why elsewhere than suggested"), terms.override),
        ]
    )


def count_in_words(motion: Motion) -> str:
    """How a closed vote ended: so many for, against, abstained."""
    return _("%(for)s for, %(against)s against, %(abstained)s abstained") % {
        "for": motion.votes_for,
        "against": motion.votes_against,
        "abstained": motion.abstentions,
    }


def votes_by_name(motion: Motion) -> Told:
    """Who voted how, and for which post; what was struck is told as struck (B11, B19)."""
    told = []
    for vote in motion.votes.select_related("user", "post"):
        how = Choice(vote.choice).label
        if vote.struck_at:
            how = _("%(how)s; struck, because the member was excluded") % {"how": how}
        who = name_of(vote.user)
        if vote.as_deputy:
            who = _("%(who)s, as deputy") % {"who": who}
        told.append((f"{vote.post.title}: {who}", how))
    return told


def _colleague(key: str) -> str:
    return "".join(name_of(person) for person in active_people([key]))
