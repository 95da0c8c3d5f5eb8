"""The documents handed in, as an evaluator takes them: read over, made, taken all at once."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from pages_bed import APP, OPTIONS, Visit, env

from qualikit import sample

pytestmark = pytest.mark.browser


def test_all_the_documents_are_made_shown_and_taken_at_once_in_the_firm_s_template(run_app, browser_page, tmp_path):
    place = Path(shutil.copy(sample.build(tmp_path / "exemple"), tmp_path / "exemple.qualikit"))
    template = docx.Document()
    template.add_paragraph("Cabinet Exemple, {{annee}}")
    template.add_paragraph("{{contenu}}")
    template.save(str(tmp_path / "modele.docx"))
    app = run_app(APP, env(place, settings=tmp_path / "reglages"), OPTIONS)
    tab = Visit(browser_page, app.url).open("exports")
    page = tab.page
    page.get_by_role("button", name="Prendre les 8 documents").wait_for()
    with tab.running():
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(tmp_path / "modele.docx")
    page.locator(".qk-paper", has_text="Cabinet Exemple, 20").nth(6).wait_for()
    page.get_by_role("button", name="Prendre les 8 documents").wait_for()
    tab.settled()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Prendre les 8 documents").click()
    with ZipFile(Path(taken.value.path())) as archive:
        names = archive.namelist()
        first = docx.Document(BytesIO(archive.read(next(name for name in names if "Aubagne" in name))))
    assert len(names) == 8
    assert first.paragraphs[0].text.startswith("Cabinet Exemple, 20")
    assert "Contexte et corpus" in [paragraph.text for paragraph in first.paragraphs]
