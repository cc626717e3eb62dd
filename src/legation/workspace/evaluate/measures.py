"""Every figure that `legation evaluate` gives, with its definition (docs/formats/evaluate.md)."""

from __future__ import annotations

from legation.workspace.evaluate.figures import Measure, list_figures

M = Measure
_OVERLAP = "spans that overlap, one to one, the same span first"

MEASURES: dict[str, tuple[Measure, ...]] = {
    "names": (
        M("exact", "match", "mentions of kind name with the very same span"),
        M("overlap", "match", f"mentions of kind name, {_OVERLAP}"),
        M(
            "with_proposed",
            "match",
            "as overlap, where what is only proposed, of which the reading would ask whether it is a person,"
            " counts as found too",
        ),
        M("bare_recall", "share", "labelled names of one word that were found"),
        M(
            "unknown_recall",
            "share",
            "labelled names of one word that no longer labelled name of the document holds, and that "
            "were found",
        ),
        M("certain_precision", "share", "of the names that nothing is asked about, those that are labelled"),
    ),
    "roles": (M("overlap", "match", f"mentions of kind office or kin, either for either, {_OVERLAP}"),),
    "linking": (
        M(
            "pairs",
            "match",
            "pairs of names of one document said to be one person with nothing asked; labelled are all"
            " pairs of names with one person id, found or not",
        ),
        M("pairs_with_roles", "match", "the same of all mentions, offices and kin among them"),
    ),
    "across": (
        M(
            "precision",
            "share",
            "pairs of labelled names of different documents that the ledger holds for one person with nothing"
            " asked, those that the labels say are one",
        ),
        M(
            "recall",
            "share",
            "pairs of names of different documents that the labels say are one, those so held",
        ),
        M(
            "names_right",
            "share",
            "of the names held for one person with names of other documents, those of whose pairs no more are"
            " wrong than right",
        ),
        M(
            "unclear",
            "share",
            "of all pairs so held, those left out: the labels do not tell whether they are one",
        ),
    ),
    "left_out": (
        M(
            "wrong_of_left_out",
            "share",
            "each person of the address book whom the text names left out in turn: of the names of the person"
            " left out, those given unasked to somebody else, of the book or of the text",
        ),
        M(
            "wrong_in_silence",
            "share",
            "in the same trials, of all names read, whosever: those given unasked to another person of the"
            " book, or to one person with names of somebody else",
        ),
        M(
            "links_right",
            "share",
            "in the same trials, of the names given unasked to a person of the book, those given to the right"
            " one: right / made",
        ),
        M("linked", "share", "of all names read, those given unasked to the right person of the book"),
        M("asked", "share", "of all names read, those of which the reading would ask who it is"),
        M("linked_whole_book", "share", "with nobody left out: names given unasked to the right person"),
        M("wrong_whole_book", "share", "with nobody left out: names given unasked to a wrong one"),
    ),
    "encounters": (
        M("found", "match", "spans overlap and a participant is in common, one to one; denied ones are none"),
        M(
            "beside_author",
            "match",
            "as found, where a participant other than the author of the text is in common",
        ),
        M("exact_set", "share", "of those matched, those with exactly the labelled participants"),
        M("form", "share", "of those matched, those with the labelled form"),
        M("date", "share", "of those matched whose date is labelled (also as none), those with that date"),
        M("status", "share", "of those matched, those with the labelled status"),
        M("unasked", "match", "as found, of those that enter the ledger unasked"),
        M(
            "unasked_exact_set",
            "share",
            "of those matched and unasked, those with exactly the labelled participants",
        ),
        M("unasked_form", "share", "of those matched and unasked, those with the labelled form"),
        M(
            "unasked_date",
            "share",
            "of those matched and unasked whose date is labelled, those with that date",
        ),
        M("unasked_status", "share", "of those matched and unasked, those with the labelled status"),
        M(
            "settled",
            "match",
            "as unasked, of those of whose participants none waits for an answer on who that is",
        ),
        M(
            "settled_exact_set",
            "share",
            "of those matched and settled, those with exactly the labelled participants",
        ),
        M("settled_form", "share", "of those matched and settled, those with the labelled form"),
        M(
            "settled_date",
            "share",
            "of those matched and settled whose date is labelled, those with that date",
        ),
        M("settled_status", "share", "of those matched and settled, those with the labelled status"),
    ),
    "statements": (
        M("found", "match", "spans that overlap, one to one, those with the same speaker first"),
        M(
            "speaker",
            "share",
            "of those matched in which a speaker is claimed, those with the labelled speaker",
        ),
        M(
            "coverage",
            "share",
            "of all labelled statements, those matched in which a speaker is claimed, right or wrong",
        ),
        M("addressees", "share", "of those matched, those with exactly the labelled addressees"),
        M("addressed", "match", "addressees of the statements matched, one by one"),
        M("mode", "share", "of those matched, those rightly called quoted or reported"),
        M("unasked", "match", "as found, of those that enter the ledger unasked"),
        M(
            "unasked_speaker",
            "share",
            "as speaker, of those unasked; a speaker who waits for an answer on who that is is not claimed",
        ),
        M(
            "unasked_coverage",
            "share",
            "as coverage, of those unasked; a speaker who waits for an answer is not claimed",
        ),
        M("settled", "match", "as unasked, of those whose speaker does not wait for an answer"),
        M("settled_speaker", "share", "as speaker, of those settled"),
        M("settled_coverage", "share", "as coverage, of those settled"),
    ),
    "speakers": (
        M(
            "by_majority",
            "share",
            "of the quotations with a speaker claimed, those rightly so: where a word of the name stands in"
            " a labelled id of the novel, the one that it fits best is that of the quotation; else where most"
            " other quotations of that speaker have the same id; those that neither can tell are left out",
        ),
        M(
            "by_name",
            "share",
            "of the quotations with a speaker claimed, those where a word of the name stands in the labelled"
            " id, and fits no other of the novel better: a description or nickname never does",
        ),
        M("coverage", "share", "of all quotations, those with a speaker claimed, right or wrong"),
        M("unverifiable", "share", "of the quotations with a speaker claimed, those left out of by_majority"),
        M("unasked_by_majority", "share", "as by_majority, of statements that enter the ledger unasked"),
        M("unasked_by_name", "share", "as by_name, of statements that enter the ledger unasked"),
        M("unasked_coverage", "share", "as coverage, of statements that enter the ledger unasked"),
        M("unasked_unverifiable", "share", "as unverifiable, of statements that enter the ledger unasked"),
    ),
    "participants": (
        M(
            "surnames",
            "match",
            "surnames of the participants, from header and body together, spelt as labelled but for case",
        ),
        M("date", "share", "papers dated as labelled"),
        M("place", "share", "papers whose place is printed as labelled"),
        M("subject", "share", "papers whose subject is as labelled, where one is labelled"),
        M(
            "body",
            "match",
            "with the list taken out: who took part in the paper's own talk, but for its author; labelled"
            " are the printed participants whose surname, or office where that alone is printed, stands in"
            " the body",
        ),
        M(
            "body_names",
            "match",
            "the same of surnames alone: of those who are called by a name, and of those printed whose"
            " surname stands in the body",
        ),
        M("body_unasked", "match", "as body, where the talk enters the ledger unasked"),
    ),
    "companions": (
        M(
            "people",
            "match",
            "those who were with the diarist that day, matched by a word of the name or its consonants;"
            " my wife, my father and so on by the author's surname",
        ),
    ),
    "introductions": (
        M("found", "match", _OVERLAP),
        M("introducer", "share", "of those matched, those with the labelled introducer"),
        M("introduced", "share", "of those matched, those with exactly the labelled people introduced"),
        M("unasked", "match", "as found, of those that enter the ledger unasked"),
    ),
    "promises": (
        M("found", "match", _OVERLAP),
        M("by", "share", "of those matched, those with the labelled promiser"),
        M(
            "to",
            "share",
            "of those matched, those with the labelled receiver, or none where none is labelled",
        ),
        M(
            "due",
            "share",
            "of those matched, those with the labelled due date, or none where none is labelled",
        ),
        M("unasked", "match", "as found, of those that enter the ledger unasked"),
    ),
    "occasions": (
        M("found", "match", _OVERLAP),
        M("kind", "share", "of those matched, those of the labelled kind"),
        M("person", "share", "of those matched, those of the labelled person"),
        M("date", "share", "of those matched, those with the labelled date, or none where none is labelled"),
        M("unasked", "match", "as found, of those that enter the ledger unasked"),
    ),
    "dates": (
        M("found", "match", _OVERLAP),
        M("value", "share", "of those matched, those with the labelled value"),
        M("right", "match", "found, with the labelled value"),
    ),
    "questions": (
        M(
            "asked",
            "rate",
            "questions on who somebody is, for every 100 labelled mentions, from the fiftieth entry on",
        ),
        M(
            "raised",
            "rate",
            "of these, what no entry before raises: what is asked of somebody who answered at every entry",
        ),
        M("asked_before", "rate", "the same, of the entries before the fiftieth"),
        M("who", "rate", "of these, who a name or description stands for"),
        M("same", "rate", "of these, whether two people are one"),
        M("name", "rate", "of these, whether words name a person at all"),
        M("asked_per_names", "rate", "the same as asked, for every 100 labelled names"),
        M(
            "readings",
            "rate",
            "beside these: whether what was read (a meeting, a promise) is so, open at the entry",
        ),
        M("all", "rate", "asked and readings together: all that is put to a user"),
        M(
            "once",
            "rate",
            "beside these: questions about a name used once, which wait aside and are not asked, left at the"
            " entry",
        ),
        M("answered", "share", "of the questions asked, those that the labels could answer"),
        M(
            "left_waiting",
            "share",
            "of the labelled names, those found of which it is still open who that is when the walk is over",
        ),
    ),
}
#: Tasks of GUIDELINES.md by the key that labels them.
OF_LABELS: dict[str, tuple[str, ...]] = {
    "mentions": ("names", "roles", "linking", "across", "left_out"),
    "encounters": ("encounters",),
    "statements": ("statements",),
    "introductions": ("introductions",),
    "promises": ("promises",),
    "occasions": ("occasions",),
    "dates": ("dates",),
    "participants": ("participants",),
    "speakers": ("speakers",),
    "companions": ("companions",),
}


def list_definitions() -> dict[str, dict[str, str]]:
    """Return the definition of every figure, by task and name."""
    return {
        task: {name: text for measure in measures for name, text in list_figures(measure)}
        for task, measures in MEASURES.items()
    }
