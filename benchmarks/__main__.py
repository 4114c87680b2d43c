"""``make bench``: every bench, each against its peers in the same run."""

from benchmarks import checking, importing, lists, lookup
from benchmarks.site import intranet

lookup.main()
with intranet():
    importing.main()
    lists.main()
    checking.main()
