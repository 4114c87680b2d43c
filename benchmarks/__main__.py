"""``make bench``: every bench, each against its peers in the same run."""

from benchmarks import checking, febrl_register, importing, lists, lookup, purging, recording
from benchmarks.site import intranet

lookup.main()
with intranet():
    febrl_register.main()
    importing.main()
    lists.main()
    checking.main()
    purging.main()
    recording.main()
