"""xentlib beside its peers: how fast, how exact, and where they are wrong without a word."""
