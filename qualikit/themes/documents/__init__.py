"""What is handed in: the documents that a project can give, in one list, each from the same options."""

from qualikit.themes.documents.catalogue import DOCUMENTS, Deliverable, deliverable

__all__ = ["DOCUMENTS", "Deliverable", "deliverable"]
