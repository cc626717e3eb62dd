"""Legation: a cited ledger of people, encounters and statements, read from what one writes anyway."""

__version__ = "0.1.0"
#: Version of the rules that turn text into candidates; a change makes every item be read again.
READER_VERSION = 2
#: Version of the stages of derivation; a change makes every ledger be derived anew.
STAGES_VERSION = f"{__version__}/{READER_VERSION}/1"
