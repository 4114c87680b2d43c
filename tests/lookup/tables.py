"""What the tables of an index hold, in words: slots and ids may differ between equals."""

from typing import Any

from cautionary_plugin.lookup.index import Index
from cautionary_plugin.lookup.record import Record
from cautionary_plugin.lookup.store import Store
from cautionary_plugin.lookup.vocabulary import Vocabulary

VOCABULARIES = ("names", "streets", "postcodes", "codes")
SILENT = ("nameless", "placeless", "codeless", "undated")
KNOWN = {*VOCABULARIES, *SILENT, "records", "_slots", "_free"}


def contents(index: Index) -> dict[str, Any]:
    """All of an index, by group. A table that this knows nothing of is an error."""
    stores = index._stores
    assert vars(stores).keys() == {"_stores", "_group_of"}
    for group, store in stores._stores.items():
        assert store.keys() == {key for key, its in stores._group_of.items() if its == group}
    return {group: _store(store) for group, store in stores._stores.items()}


def _store(store: Store) -> dict[str, Any]:
    assert vars(store).keys() == KNOWN
    keys = {slot: key for key, slot in store._slots.items()}
    assert keys.keys() == store.records.keys()
    assert not keys.keys() & set(store._free)
    return {
        "records": {keys[slot]: _record(store, one) for slot, one in store.records.items()},
        **{name: {keys[slot] for slot in getattr(store, name)} for name in SILENT},
        **{name: _words(getattr(store, name), keys) for name in VOCABULARIES},
    }


def _words(table: Vocabulary, keys: dict[int, Any]) -> dict[str, Any]:
    text = table._words
    for free in table._free:
        assert not text[free]
        assert not table._slots[free]
    assert len(table._free) + len(table._ids) == len(text)
    return {
        "bearers": {
            word: sorted((keys[slot] for slot in table._slots[known]), key=repr)
            for word, known in table._ids.items()
        },
        "keys": {key: _texts(text, held) for key, held in table._keys.items()},
        "pieces": {piece: _texts(text, list(held)) for piece, held in table._pieces.items()},
    }


def _texts(text: list[str], held: Any) -> list[str]:
    return sorted(text[known] for known in ([held] if isinstance(held, int) else held))


def _record(store: Store, one: Record) -> dict[str, Any]:
    said = one._asdict()
    for field in ("names", "firsts", "families"):
        said[field] = _texts(store.names._words, said[field])
    said["apart"] = [_texts(store.names._words, name) for name in one.apart]
    said["held"] = [
        _texts(getattr(store, name)._words, held)
        for name, held in zip(VOCABULARIES, one.held, strict=True)
    ]
    said["places"] = [
        place._asdict()
        | {
            field: _texts(store.streets._words, getattr(place, field))
            for field in ("words", "roads", "types")
        }
        | {
            "postcode": _texts(
                store.postcodes._words, () if place.postcode is None else {place.postcode}
            )
        }
        for place in one.places
    ]
    return said
