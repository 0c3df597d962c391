import os
from pathlib import Path

import pytest

from contest_portal.management import places
from contest_portal.management.places import Places
from contest_portal.management.stamps import Stamp, files_under


def test_a_folder_that_others_may_not_enter_is_noticed_however_far_up_it_is(tmp_path: Path) -> None:
    open_folder = Path("/usr/bin")
    closed = tmp_path / "closed"
    (closed / "inside").mkdir(parents=True)
    closed.chmod(0o700)
    (closed / "inside").chmod(0o755)

    assert places.enterable_by_all(open_folder)
    assert not places.enterable_by_all(closed / "inside")


def test_sockets_of_a_deep_clone_go_where_their_path_is_short(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 30)
    deep.mkdir()

    folder = places.socket_folder(deep, uid=None)

    assert len(os.fsencode(folder)) <= places.LONGEST_SOCKET_FOLDER
    assert folder.stat().st_mode & 0o777 == 0o700
    Places(deep, folder, Path(), Path(), None).leave()
    assert not folder.exists()


def test_the_spare_account_belongs_to_nobody() -> None:
    with pytest.raises(KeyError):
        places.pwd.getpwuid(places.spare_uid())


def test_a_stamp_holds_until_a_source_changes(tmp_path: Path) -> None:
    source = tmp_path / "sources" / "a.scss"
    source.parent.mkdir()
    source.write_text("one")
    stamp = Stamp(tmp_path / "stamp", files_under(source.parent))

    before = stamp.is_current()
    stamp.set()
    after = stamp.is_current()
    source.write_text("two")

    assert (before, after, stamp.is_current()) == (False, True, False)
