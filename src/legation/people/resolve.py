"""The blocks in which it is decided who is who: that of a use, of a form, those of a known person."""

from __future__ import annotations

from legation.people.identity import KnownPerson, NameUse
from legation.people.naming import PARTICLES, han_parts, skeleton

#: As many words has a Chinese name in Latin letters at most.
_HAN_WORDS = 3


def block_key(use: NameUse) -> str:
    """Return the one block that decides a use."""
    return use.name.key


def block_keys(named: NameUse | KnownPerson) -> frozenset[str]:
    """Return the blocks that a use or a known person belongs to.

    A use has one. A known person has one for each surname that a name of theirs may be read with,
    each given name, and `~` with the skeleton of each surname, by which near spellings find them.
    """
    if isinstance(named, NameUse):
        return frozenset({named.name.key})
    keys: set[str] = set()
    for name in named.names:
        keys.add(name.key)
        flat = name.flat
        keys.update(" ".join(flat[i:]) for i in range(len(flat)) if flat[i] not in PARTICLES)
        keys.update(g for g in name.given if len(g) > 1)
        keys.add("~" + skeleton(name.surname or name.key))
        # Chinese characters run together what other scripts part, and begin with the family name.
        keys.update("~" + skeleton(part) for part in han_parts(name))
        if 1 < len(flat) <= _HAN_WORDS:
            keys.add("~" + skeleton("".join(flat)))
    return frozenset(keys)


def form_block(form: str) -> str:
    """Return the block of a form key."""
    titles, given, surname = (*form.split("|", 2), "", "")[:3]
    if surname:
        return surname.partition(",")[0]
    return given.partition(",")[0].split(" ")[0] if given else "=" + titles
