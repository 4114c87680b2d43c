"""Show how far a long piece of work is, without any script: the page grows while the work runs.

Each step appends a progress bar, and the style sheet shows the last one only. The work runs in a
thread of its own, so that a browser that goes away leaves it whole.
"""

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Thread

from django.db import connections
from django.http import StreamingHttpResponse
from django.utils.html import format_html

Progress = Callable[[int, int], None]
Work = Callable[[Progress], str]

PLACE = "<!-- the work comes here -->"


def streamed(page: str, work: Work) -> StreamingHttpResponse:
    """Send the page; in its place for the work show bars, then what the work returns.

    :param page: HTML that holds :data:`PLACE` once.
    :param work: called with a function that it tells of its progress; returns HTML. It catches
        its own errors: whatever escapes is logged by the thread and shown as a plain failure.
    """
    before, _place, after = page.partition(PLACE)
    return StreamingHttpResponse(_pieces(before, work, after))


def _pieces(before: str, work: Work, after: str) -> Iterator[str]:
    steps: SimpleQueue[str | None] = SimpleQueue()
    result: list[str] = []

    def run() -> None:
        try:
            result.append(work(lambda done, of: steps.put(_bar(done, of))))
        finally:
            connections.close_all()
            steps.put(None)

    yield f'{before}<div class="cautionary-progress">'
    thread = Thread(target=run, name="cautionary-progress")
    thread.start()
    while (step := steps.get()) is not None:
        yield step
    thread.join()
    yield "".join(result) or "<p><strong>It failed, and nothing was changed.</strong></p>"
    yield f"</div>{after}"


def _bar(done: int, of: int) -> str:
    return format_html(
        '<p><progress max="{}" value="{}" aria-label="{}"></progress> {} of {}</p>',
        of,
        done,
        "Progress",
        f"{done:,}",
        f"{of:,}",
    )
