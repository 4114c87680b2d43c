"""Ask the council's scanner, if there is one, before anything is kept (A9)."""

import logging
from typing import BinaryIO

from django.utils.module_loading import import_string

from cautionary_plugin.conf import conf
from cautionary_plugin.rules.errors import Infected
from cautionary_plugin.rules.evidence import refused

logger = logging.getLogger(__name__)


def scan(content: BinaryIO) -> bool:
    """Let the scanner read the content; tell whether there is one.

    A scanner that is down stops the upload: what could not be checked is not kept.

    :param content: can seek; is at its start again afterwards.
    :raises BadInput: under ``file``: harmful, or it could not be checked.
    """
    if not conf.EVIDENCE_SCANNER:
        return False
    try:
        content.seek(0)
        import_string(conf.EVIDENCE_SCANNER)(content)
    except Infected:
        raise refused(
            "The scanner says that this file is harmful. It was not kept. Tell the IT desk."
        ) from None
    except Exception as failure:  # whatever is wrong with it, the file was not checked
        logger.error("The scanner of evidence failed: %s", type(failure).__name__)
        raise refused(
            "The file could not be checked for viruses just now, so it was not kept. Your report "
            "is as it was; add the file again later."
        ) from None
    finally:
        content.seek(0)
    return True
