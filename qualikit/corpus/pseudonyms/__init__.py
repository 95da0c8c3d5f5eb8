"""Names found, replaced by pseudonyms, and the key that says which was whose."""
