"""Legation: a cited ledger of people, encounters and statements, read from what one writes anyway."""

__version__ = "0.1.0"
#: Version of the rules that turn text into candidates; a change makes every item be read again.
READER_VERSION = 4
#: The beginning of the SHA-256 of the name tagger's weights (`reading/tagger.weights`); likewise.
TAGGER_VERSION = "2f2f5d712b1f"
#: Version of the stages of derivation; a change makes every ledger be derived anew.
STAGES_VERSION = f"{__version__}/{READER_VERSION}/{TAGGER_VERSION}/2"
