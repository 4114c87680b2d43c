"""The three levels of risk, in the words of the panel's procedure (B18).

The words are frozen with each decision, so that it can be read by them later. Appendix A of the
procedure, the guidance of the Health and Safety Executive on threatening behaviour, is a link
that the council sets.
"""

from .vocabulary import Risk

NAMES: dict[Risk, str] = {
    Risk.LOW: "Vexatious (low risk)",
    Risk.MEDIUM: "Threatening behaviour (medium risk)",
    Risk.HIGH: "Violence (high risk)",
}

DEFINITIONS: dict[Risk, str] = {
    Risk.LOW: (
        "Vexatious: causing or tending to cause annoyance, frustration, or worry. Person who uses "
        "abusive language and are generally rude."
    ),
    Risk.MEDIUM: (
        "Threatening behaviour: a statement of an intention to inflict pain, injury, damage, or "
        "other hostile action on someone in retribution for something done or not done."
    ),
    Risk.HIGH: (
        "Violence: any incident in which a person is abused, threatened or assaulted in "
        "circumstances relating to their work."
    ),
}
