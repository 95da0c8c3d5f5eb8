"""Times of a recording, read and written."""

import pytest

from qualikit.corpus.times import clock, read_clock


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("0:05", 5), ("75:10", 4510), ("1:02:03", 3723), ("00:01:02,500", 62.5), ("00:01:02.25", 62.25),
        ("[00:12:00]", 720), ("12.5", 12.5), ("12,5 s", 12.5), ("2 min 05", 125), ("1h02", 3720), ("1 h 2 min 3 s", 3723),
        ("01:02:03:12", 3723), ("90", 90),
    ],
)  # fmt: skip
def it_reads_what_people_and_programs_write(written, seconds):
    assert read_clock(written) == seconds


@pytest.mark.parametrize("written", ["", "demain", "1:2:3:4:5", "-3", "12:xx", "99999999999", "2024-03-05", "::"])
def it_reads_nothing_else(written):
    assert read_clock(written) is None


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (65.9, "1:05"), (3600, "1:00:00"), (3723, "1:02:03")])
def it_writes_what_people_read(seconds, shown):
    assert clock(seconds) == shown
