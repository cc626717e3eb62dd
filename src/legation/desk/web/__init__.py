"""The desk in a browser: server-rendered pages over a `DeskApi`, for this machine only."""
