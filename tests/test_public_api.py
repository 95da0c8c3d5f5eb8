"""What `import qualikit` promises, and what it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import qualikit
from tests.conftest import ROOT

HEAVY = {
    "alembic", "altair", "charset_normalizer", "docx", "lxml", "mammoth", "numpy", "openpyxl", "pandas", "pydantic",
    "rapidfuzz", "ruamel", "sqlalchemy", "sqlite3", "streamlit", "typer", "xlsxwriter",
}  # fmt: skip


def loaded_by(code: str) -> set[str]:
    """Top-level modules that a fresh interpreter has after the code."""
    show = "; import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code + show], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


class DescribePublicNames:
    def it_is_this_list(self):
        assert sorted(qualikit.__all__) == ["Project", "QualikitError", "__version__"]
        assert dir(qualikit) == sorted(qualikit.__all__)

    def it_finds_each_of_them(self):
        from qualikit.errors import QualikitError
        from qualikit.project import Project

        assert (qualikit.Project, qualikit.QualikitError) == (Project, QualikitError)
        assert all(hasattr(qualikit, name) for name in qualikit.__all__)

    def it_knows_no_other(self):
        with pytest.raises(AttributeError, match="no attribute 'Projet'"):
            qualikit.Projet  # noqa: B018

    def it_says_the_version_that_is_packaged(self):
        import tomllib

        declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
        assert qualikit.__version__ == declared


class DescribeImportBudget:
    def it_loads_nothing_heavy(self):
        assert loaded_by("import qualikit") & HEAVY == set()

    def it_loads_neither_pandas_nor_streamlit_to_open_a_project(self, tmp_path):
        code = f"import qualikit; qualikit.Project.create({str(tmp_path / 'p')!r}).corpus.documents()"
        loaded = loaded_by(code)
        assert "sqlalchemy" in loaded
        assert loaded & {"pandas", "numpy", "streamlit", "altair", "typer", "openpyxl", "docx", "mammoth"} == set()
