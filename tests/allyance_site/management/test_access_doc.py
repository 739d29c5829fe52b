"""docs/access.md is written from the code, and is of this state."""

import pytest
from django.core.management import CommandError, call_command

from allyance_site.management.commands import access_doc


def test_page_is_of_this_state():
    call_command("access_doc", check=True)


def test_check_refuses_a_page_of_another_state(tmp_path, monkeypatch):
    monkeypatch.setattr(access_doc, "PAGE", tmp_path / "access.md")
    with pytest.raises(CommandError, match="not of this state"):
        call_command("access_doc", check=True)

    call_command("access_doc")

    call_command("access_doc", check=True)
    assert "Headteacher" in (tmp_path / "access.md").read_text()
