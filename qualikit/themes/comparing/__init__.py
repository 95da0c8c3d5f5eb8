"""Groups compared: what they talk about, how they say it, what they say."""
