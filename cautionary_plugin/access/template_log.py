"""What Django's log may say of the package's templates at DEBUG: never what they were given."""

import logging

OURS = "'cautionary_plugin/"


class _WithoutContext(logging.Filter):
    """Drops the traceback under a variable that one of the package's templates misses.

    It ends with everything that the template was given, names and sealed text included. The line
    itself stays, with the variable and the template; what the host's own templates log is theirs.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if OURS in record.getMessage():
            record.exc_info = record.exc_text = None
        return True


WITHOUT_CONTEXT = _WithoutContext()


def keep_context_out_of_the_log() -> None:
    """Once at the start, whatever the host's LOGGING says."""
    logging.getLogger("django.template").addFilter(WITHOUT_CONTEXT)
