"""Opens a workspace: settings, lock, ledger; the list of derivation stages; the sample."""
