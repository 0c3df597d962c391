import socket
from pathlib import Path

import pytest

from contest_portal.management import conditions
from contest_portal.management.refusal import CannotStart


def test_a_free_port_is_accepted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    conditions.require_free_port("127.0.0.1", port)


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CannotStart) as refusal:
            conditions.require_free_port("127.0.0.1", port)

    reason = "cannot be used (Address already in use); start with another one: make run PORT=8001"
    assert str(refusal.value) == f"port {port} on 127.0.0.1 {reason}"


def test_a_number_that_is_no_port_is_refused() -> None:
    with pytest.raises(CannotStart) as refusal:
        conditions.require_free_port("127.0.0.1", 65536)

    assert str(refusal.value) == "65536 is not a port; name one: make run PORT=8001"


def test_a_missing_data_folder_is_made(tmp_path: Path) -> None:
    conditions.require_writable(tmp_path / "deep" / "var")

    assert list((tmp_path / "deep" / "var").iterdir()) == []


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(CannotStart) as refusal:
        conditions.require_writable(tmp_path / "file" / "var")

    reason = "cannot be written to (Not a directory); name another one: make run PORTAL_VAR=/path"
    assert str(refusal.value) == f"the data folder {tmp_path}/file/var {reason}"


def test_a_second_copy_is_told_of_the_first(tmp_path: Path) -> None:
    with conditions.only_copy(tmp_path), pytest.raises(CannotStart) as refusal, conditions.only_copy(tmp_path):
        pass

    number = (tmp_path / "lock").read_text()
    assert str(refusal.value) == (
        f"another copy (process {number}) is running on {tmp_path}; "
        "stop it, or start this one with another PORTAL_VAR and PORT"
    )


def test_the_lock_of_a_copy_that_has_ended_is_free(tmp_path: Path) -> None:
    with conditions.only_copy(tmp_path):
        pass

    with conditions.only_copy(tmp_path):
        assert (tmp_path / "lock").is_file()
