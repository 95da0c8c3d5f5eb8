"""The coder alone on a page: the test bed of test_coder.py, also handy by hand.

QUALIKIT_PROJECT names a project file, TEST_DOCUMENT the title of a document in it,
TEST_GOTO a place to lead to (two offsets).
"""

import os

import streamlit as st

from qualikit.ui import coder, state

st.set_page_config(layout="wide", initial_sidebar_state="collapsed")


def read() -> None:
    project = state.project()
    assert project is not None
    document = project.corpus.document(os.environ["TEST_DOCUMENT"])
    goto = None
    if "TEST_GOTO" in os.environ:
        start, end = map(int, os.environ["TEST_GOTO"].split(","))
        goto = {"token": "test", "start": start, "end": end}
    coder.show(project, document.id, goto=goto)


def elsewhere() -> None:
    st.write("Une autre page")


st.navigation(
    [st.Page(read, title="Coder", default=True), st.Page(elsewhere, title="Ailleurs", url_path="ailleurs")]
).run()
