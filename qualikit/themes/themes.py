"""The themes of a project: matrices, comparisons, consensus, syntheses, and the documents that are handed in."""

from __future__ import annotations

from qualikit.themes.comparing.part import ComparingPart
from qualikit.themes.consensus.part import ConsensusPart
from qualikit.themes.documents.part import DocumentsPart
from qualikit.themes.syntheses.part import SynthesesPart


class Themes(SynthesesPart, ComparingPart, ConsensusPart, DocumentsPart):
    """What the codings mean, as one coder sees it. Codes are named by id or by name."""
