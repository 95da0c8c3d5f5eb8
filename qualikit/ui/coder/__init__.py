"""The browser coder: read a text, put codes on its passages with the keyboard."""

from qualikit.ui.coder.mount import mount_codings, mount_text
from qualikit.ui.coder.payload import preferences, state_payload, text_payload
from qualikit.ui.coder.show import show

__all__ = ["mount_codings", "mount_text", "preferences", "show", "state_payload", "text_payload"]
