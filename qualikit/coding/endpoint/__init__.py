"""A language model on the user's own terms: where it is, who allowed it, what leaves, what came of it.

Off until it is set and allowed, on each project and each machine; without that no connection is opened.
"""
