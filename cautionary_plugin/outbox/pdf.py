"""A letter as a PDF that anybody can read aloud (PDF/UA), made in memory and kept nowhere.

WeasyPrint comes with the extra ``[pdf]``. Without it a letter is printed from its page.
"""

from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from cautionary_plugin.access.rendering import text_of
from cautionary_plugin.rules.errors import NotReady
from cautionary_plugin.rules.letters import LetterBody

VARIANT = "pdf/ua-1"
TEMPLATE = "cautionary_plugin/letters/letter.html"
QUESTIONNAIRE = "cautionary_plugin/letters/questionnaire.html"
STYLE = "static/cautionary_plugin/css/letter.css"
MINUTES = "cautionary_plugin/panel/minutes.html"
ACCESS_PACK = "cautionary_plugin/letters/access_pack.html"
MINUTES_STYLE = "static/cautionary_plugin/css/minutes.css"


def is_installed() -> bool:
    """Whether this site can make PDFs."""
    return find_spec("weasyprint") is not None


def check_installed() -> None:
    """PDFs can be made here.

    :raises NotReady: they cannot; says what to install.
    """
    if not is_installed():
        raise NotReady(
            "This site cannot make PDFs.",
            missing=[
                "Print it from its page, or ask whoever runs the site to install "
                "cautionary-plugin[pdf]."
            ],
        )


def letter_pdf(body: LetterBody) -> bytes:
    """The letter as tagged PDF, in the language of its words, without anything from outside.

    :raises NotReady: PDFs cannot be made here.
    """
    return _pdf(TEMPLATE, {"letter": body})


def questionnaire_pdf(body: LetterBody) -> bytes:
    """The equalities and diversity questionnaire that goes with a letter (B38).

    It carries the reference of the letter, and no name: whoever opens the post need not know whose
    it is.

    :raises NotReady: PDFs cannot be made here.
    """
    return _pdf(QUESTIONNAIRE, {"letter": body})


def minutes_pdf(minutes: Any) -> bytes:
    """The minutes of a meeting, as their reader may see them (``actions.panel.minutes``).

    :raises NotReady: PDFs cannot be made here.
    """
    return _pdf(MINUTES, {"minutes": minutes}, style=MINUTES_STYLE)


def access_pack_pdf(pack: Any) -> bytes:
    """What somebody is told who asked what is held about them (``actions.access_requests``).

    :raises NotReady: PDFs cannot be made here.
    """
    return _pdf(ACCESS_PACK, {"pack": pack}, style=MINUTES_STYLE)


def _pdf(template: str, context: dict[str, Any], *, style: str = STYLE) -> bytes:
    check_installed()
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    nothing = URLFetcher(allowed_protocols=())  # neither from the network nor from the disk
    rules = files("cautionary_plugin").joinpath(style).read_text(encoding="utf-8")
    page = HTML(string=text_of(template, context), url_fetcher=nothing)
    made: bytes = page.write_pdf(
        stylesheets=[CSS(string=rules, url_fetcher=nothing)], pdf_variant=VARIANT
    )
    return made
