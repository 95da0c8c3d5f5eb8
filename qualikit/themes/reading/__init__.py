"""Reading by code: which passages are gathered (``query``), how that is written and said (``parsing``, ``sentence``),
how they are found (``reader``, ``finding``), kept under a name (``saved``), acted upon and taken away in a file."""
