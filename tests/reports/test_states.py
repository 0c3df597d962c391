from contest_portal.management import states


def test_the_drawing_of_states_is_current() -> None:
    assert states.PAGE.read_text(encoding="utf-8") == states.page(), "Run manage.py draw_states"


def test_every_move_of_a_return_is_drawn() -> None:
    drawn = states.page().split("## Return")[1]

    assert [line.strip() for line in drawn.splitlines() if "-->" in line] == [
        "[*] --> open",
        "open --> submitted",
        "open --> excused",
        "excused --> submitted",
        "excused --> open",
        "submitted --> approved",
        "submitted --> accepted",
        "submitted --> sent_back",
        "approved --> accepted",
        "approved --> sent_back",
        "sent_back --> submitted",
        "accepted --> submitted",
    ]
