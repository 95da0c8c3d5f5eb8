"""Codes proposed by a language model that the user runs, or trusts, and has allowed by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qualikit.coding.assistants import Example, Material, Proposal, Segment
from qualikit.coding.endpoint.answers import NoAnswer, read
from qualikit.coding.endpoint.asking import Endpoint
from qualikit.coding.endpoint.model import Outcome
from qualikit.coding.endpoint.passages import Passage, passages
from qualikit.coding.endpoint.prompt import CODES, messages, numbered
from qualikit.coding.model import Code
from qualikit.errors import EndpointRefused
from qualikit.i18n import _
from qualikit.text import fold

SURE, UNSURE = 0.7, 0.4
"""Scores: what a model says of its own certainty is worth a medium suggestion at most."""


class EndpointAssistant:
    """A model behind an OpenAI-compatible address (Ollama, llama.cpp, vLLM, LM Studio…), asked about passages of some
    2,000 characters and eight codes at a time. What it proposes is on the words that it quotes, which must be in the
    passage to the letter; what it says otherwise is refused and counted.

    It is as repeatable as the server is: the temperature is 0, the same question is sent in the same words.
    """

    name = "endpoint"
    learns = True
    version = "1"
    parameters: Mapping[str, Any] = {"codes": CODES, "temperature": 0}

    @property
    def label(self) -> str:
        return _("modèle de langue")

    def prepare(self, material: Material) -> EndpointSuggester:
        """Nothing is sent yet. Raises EndpointRefused where no model is set and allowed."""
        if material.endpoint is None:
            raise EndpointRefused(
                _("Aucun modèle de langue n'est réglé pour ce projet."),
                _("Donnez son adresse et son nom : qualikit endpoint PROJET --url ADRESSE --model NOM"),
            )
        return EndpointSuggester(material, material.endpoint())


class EndpointSuggester:
    """One codebook and one model. ``refused`` counts answers, and items of answers, that were not taken; texts in
    ``incomplete`` (ids of versions) were not answered in full, so that what is missing there means nothing."""

    def __init__(self, material: Material, endpoint: Endpoint) -> None:
        wanted = material.code_ids
        self._batches = numbered([code for code in material.codebook if wanted is None or code.id in wanted])
        self._examples: dict[str, list[Example]] = defaultdict(list)
        for example in material.examples:
            if example.holds:
                self._examples[example.code_id].append(example)
        self._endpoint = endpoint
        self._still: Callable[[], None] = material.still
        self.refused = 0
        self.incomplete: set[str] = set()

    def suggest(self, segments: Sequence[Segment]) -> list[Proposal]:
        if not self._batches:
            return []
        found: dict[tuple[Segment, str], Proposal] = {}
        for passage in passages(segments, self._endpoint.hide):
            self._endpoint.passages += 1
            for codes in self._batches:
                self._still()
                for proposal in self._ask(passage, codes):
                    known = found.setdefault((proposal.segment, proposal.code_id), proposal)
                    if known.score < proposal.score:
                        found[proposal.segment, proposal.code_id] = proposal
        return sorted(
            found.values(), key=lambda one: (one.segment.start, one.segment.stop, -one.score, one.code_id)
        )  # fmt: skip

    def _ask(self, passage: Passage, codes: Mapping[str, Code]) -> list[Proposal]:
        text, hide = passage.text, self._endpoint.hide
        ids = {fold(hide(code.name).text): code.id for code in codes.values()}
        ids |= {number: code.id for number, code in codes.items()}
        call, content = self._endpoint.ask(messages(text, codes, self._examples, hide))
        version = passage.pieces[0].segment.version_id
        if content is None:
            self.refused += 1
            self.incomplete.add(version)
            return []
        try:
            items, refused = read(content, text, ids)
        except NoAnswer:
            self._endpoint.close(call, Outcome.REFUSED, refused=1)
            self.refused += 1
            self.incomplete.add(version)
            return []
        settings = {"host": call.host, "model": call.model, "prompt": call.prompt_hash, "asked": call.created}
        proposals = []
        for item in items:
            segment = passage.said(item.span)
            if segment is None:
                refused += 1
                continue
            reason = _("selon le modèle : {reason}").format(reason=item.reason)
            score = SURE if item.sure else UNSURE
            proposals.append(Proposal(segment, item.code_id, score, reason, settings))
        self._endpoint.close(call, Outcome.OK, kept=len(proposals), refused=refused)
        self.refused += refused
        return proposals
