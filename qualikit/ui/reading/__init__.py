"""The list of passages in the browser: what it is sent, and what comes back."""
