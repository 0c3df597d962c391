"""What is found in a text, and what is left alone."""

import pytest

from contest_portal.core.personal_data import findings

CERTAIN = {
    "Write to bea.brentwell@brent.example": "an email address",
    "Write to Bea.Brentwell [at] brent.example": "an email address",
    "Contact b-b+prevent@sub.brent.example.": "an email address",
    "Ring 07700 900123 for places": "a phone number",
    "Ring 07700900123": "a phone number",
    "Ring 020 7946 0958": "a phone number",
    "Ring (020) 7946 0958": "a phone number",
    "Ring 01632-960-983": "a phone number",
    "Ring +44 7700 900 123": "a phone number",
    "Ring +44 (0)20 7946 0958": "a phone number",
    "Ring 0044 7700 900123": "a phone number",
    "His NI number is AB 12 34 56 C": "a National Insurance number",
    "ab123456c came to the meeting": "a National Insurance number",
    "A pupil, DOB 03/04/2009, came": "a date of birth",
    "D.O.B. 3.4.09": "a date of birth",
    "A boy born on 3 April 2009": "a date of birth",
    "Date of birth: 2009-04-03": "a date of birth",
    "Came with mother (03/04/2009, date of birth given)": "a date of birth",
    "Fatima Hussain, 12 High Road, HA9 6BE": "somebody’s name with an address",
    "HA9 6BE is where John O'Neill lives": "somebody’s name with an address",
    "Mrs Okafor of NW10 3JU offered the room": "somebody’s name with an address",
}

ASKED_ABOUT = {
    "The subject was spoken to": "subject",
    "Two subjects left early": "subjects",
    "The nominal was known": "nominal",
    "A person of concern came": "person of concern",
    "We talked about an individual of interest": "individual of interest",
    "The suspect left": "suspect",
    "Case number follows": "case number",
    "One man was arrested": "was arrested",
}

INNOCENT = [
    "",
    "Held at Brent Civic Centre, Engineers Way, Wembley HA9 0FJ",
    "St Paul's Church, HA0 3LL",
    "Michael Sobell Sports Centre, Hornsey Road, N7 7NY",
    "George Street and Albert Road, NW6 5BT",
    "Fatima Hussain spoke about online safety",
    "07 2026",
    "Between 01/07/2026 and 30/09/2026",
    "01-07-2026 10 to 12",
    "BEN/2026-27/0042",
    "Over 200 people, £3,150.50 in all, £07,500 planned",
    "0800 789 321 and 0300 123 1234 are public lines",
    "The session ran 09:30 to 16:00 on 13 May 2026",
    "See https://example.org/0207946095812345?at=1",
    "Subject to agreement",
    "The subject matter was new; subject leads and school subject teachers came",
    "A nominal fee of £5",
    "A suspect package exercise",
    "Posted by @brentcouncil",
    "The idea was born in a meeting",
    "Section 26 of the Act, 2 of 3 sessions",
    "Population 339,800 in 2021",
    "AB 12 schools took part",
    "ISBN 0-19-852663-6",
    "Ward E05013500 in E09000005",
]


@pytest.mark.parametrize(("text", "what"), CERTAIN.items())
def test_personal_data_is_found_and_named(text: str, what: str) -> None:
    found = findings(text)

    assert [finding.what for finding in found] == [what]
    assert found[0].is_certain
    assert found[0].words.split(" … ")[0] in text


@pytest.mark.parametrize(("text", "words"), ASKED_ABOUT.items())
def test_words_with_two_meanings_are_asked_about(text: str, words: str) -> None:
    [finding] = findings(text)

    assert (finding.words.lower(), finding.is_certain) == (words, False)


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_texts_pass(text: str) -> None:
    assert findings(text) == []


def test_everything_in_one_text_is_found_at_once() -> None:
    text = "Subject Ali Khan, AB123456C, born 3 April 2009, HA9 6BE, 07700 900123, ali@home.example"

    assert len(findings(text)) == 6
