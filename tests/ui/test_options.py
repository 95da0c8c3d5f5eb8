"""The server's options: said in two places, the same in both."""

import tomllib

from qualikit.ui.options import OPTIONS, flags
from tests.conftest import ROOT


def test_a_script_started_by_streamlit_has_the_same_options_as_one_started_by_qualikit():
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        found = tomllib.load(file)

    def flat(table, above=""):
        for name, value in table.items():
            if isinstance(value, dict):
                yield from flat(value, f"{above}{name}.")
            else:
                yield f"{above}{name}", value

    assert dict(flat(found)) == OPTIONS


def test_every_option_is_one_that_streamlit_knows():
    from streamlit import config

    assert set(OPTIONS) <= set(config.get_config_options())
    assert all(flag.startswith("--") and "=" in flag for flag in flags())


def test_nothing_leaves_the_machine_and_no_stack_trace_is_shown():
    assert OPTIONS["server.address"] == "127.0.0.1"
    assert OPTIONS["browser.gatherUsageStats"] is False
    assert OPTIONS["client.showErrorDetails"] == "none"
