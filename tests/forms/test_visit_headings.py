"""Headings as lists have them: read by the words they are made of, and said where they are not."""

import pytest

from cautionary_plugin.forms.visit_rows import Line, Lines, lines_of_text
from cautionary_plugin.forms.visit_words import box_of
from tests.forms.test_visit_rows import TODAY


def lines_of(*lines: str) -> Lines:
    return lines_of_text("\n".join(lines), today=TODAY)


def only(*lines: str) -> Line:
    [visit] = lines_of(*lines).visits
    return visit


@pytest.mark.parametrize(
    ("box", "headings"),
    [
        ("name", "Main Tenant|Lead Tenant|Joint Tenant|Tenant(s)|Tenant Name(s)|NAME OF TENANT"),
        ("name", "Occupant|Applicant|Householder|Service user|Complainant|Who|Person name"),
        ("name", "Contact name|Main contact|Tenant's name|tenant_name|TenantName|Home owner"),
        ("name", "Surname|Forename|First name|Christian name|Known as|Tenant / Occupier"),
        ("address", "Site address|Visit address|Addr|Addr1|Addr2|Where|Home|House|Property"),
        ("address", "Location|House no|Door no.|House number|Street name|Address of tenant"),
        ("address", "Address to visit|Address and postcode|Tenant's address|Town|Flat No"),
        ("phone", "Contact No|Contact number|Tel|Mobile|Home phone|Phone (home)|Tenant tel. no"),
        ("postcode", "PC|Post Code|PostCode|Property post-code"),
        ("born_on", "D.O.B.|D/O/B|Tenant DOB|Date of birth|Birth date"),
        ("email", "E-mail address|Tenant email"),
        ("anything", "Name & address|Phone/Email|Subject"),
        ("ours", "When|Tenancy ref|Visit date|Last visit|Officer name|Property type|Status"),
        ("", "Kelly House|Mr Smith|Main|No|Number|Dog name|Punter|Deceased|"),
    ],
)
def test_heading_is_read_by_the_words_it_is_made_of(box: str, headings: str) -> None:
    assert {heading: box_of(heading) for heading in headings.split("|")} == dict.fromkeys(
        headings.split("|"), box
    )


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    "names", ["Main Tenant", "Service User", "Applicant", "Who", "Name of Tenant", "Tenant(s)"]
)
def test_name_under_any_usual_heading_is_asked(names: str) -> None:
    visit = only(
        f"Tenancy Ref,{names},Address Line 1,Postcode",
        "T1,Clive Rostron,9 Nowhere Street,WX9 9ZZ",
    )

    assert visit.boxes == {
        "name": "Clive Rostron",
        "address": "9 Nowhere Street",
        "postcode": "WX9 9ZZ",
    }


@pytest.mark.parametrize(
    ("headings", "visit", "read"),
    [
        (
            "Surname,Forename,Addr1,Addr2,Town,PC",
            "Rostron,Clive,Flat 2,9 Mill Lane,Weldham,WX9 9ZZ",
            {
                "name": "Rostron Clive",
                "address": "Flat 2, 9 Mill Lane, Weldham",
                "postcode": "WX9 9ZZ",
            },
        ),
        (
            "Customer,Where,When",
            "Clive Rostron,9 Mill Lane,Monday",
            {"name": "Clive Rostron", "address": "9 Mill Lane"},
        ),
        ("Name,Postcode,House no,Street,Town", ",,200,Mill Lane,", {"address": "200 Mill Lane"}),
        ("Name,Door No,Road", ",20a,Mill Lane", {"address": "20a Mill Lane"}),
        ("Name,Number,Street", ",200,Mill Lane", {"address": "200 Mill Lane"}),
        ("Name,Flat,House,Street", ",2,14,Mill Lane", {"address": "Flat 2, 14 Mill Lane"}),
        ("Name,Contact No", "Jo,07700 900123", {"name": "Jo", "phone": "07700 900123"}),
    ],
)
def test_columns_of_one_kind_come_together(headings: str, visit: str, read: dict[str, str]) -> None:
    assert only(headings, visit).boxes == read


@pytest.mark.clause("L4")
def test_tenants_of_two_columns_are_checked_one_by_one() -> None:
    visits = lines_of(
        "Main Tenant,Joint Tenant,DOB,Address",
        "Clive Rostron,Jane Marlowe,5.11.1961,9 Mill Lane",
        "Jo Bloggs,,,3 Elm Road",
    ).visits

    assert [each.boxes for each in visits] == [
        {"name": "Clive Rostron", "born_on": "5.11.1961", "address": "9 Mill Lane"},
        {"name": "Jane Marlowe", "address": "9 Mill Lane"},
        {"name": "Jo Bloggs", "address": "3 Elm Road"},
    ]


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    ("headings", "visit", "unchecked"),
    [
        ("Punter,Address,Postcode", "Clive Rostron,9 Mill Lane,WX9 9ZZ", ["Punter"]),
        ("Name,Punter,Postcode", "Jo,Clive Rostron,WX9 9ZZ", ["Punter"]),
        ("Name,,Postcode", "Jo,Clive Rostron,WX9 9ZZ", ["(2)"]),
        ("Tenant,Contact", "Jo,Clive Rostron", ["Contact"]),
        ("Name,Punter,Postcode", "Jo,7,WX9 9ZZ", []),
        ("Name,Officer,Postcode", "Jo,Clive Rostron,WX9 9ZZ", []),
        ("Name,Notes,Postcode", "Jo,New boiler,WX9 9ZZ", []),
        ("Name,Notes,Postcode", ",Clive Rostron,WX9 9ZZ", ["Notes"]),
    ],
)
def test_column_that_may_name_somebody_and_is_not_read_is_told(
    headings: str, visit: str, unchecked: list[str]
) -> None:
    assert lines_of(headings, visit).unchecked == unchecked


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    ("headings", "is_nameless"),
    [
        ("Address,Postcode", True),
        ("Punter,Address,Notes,Postcode", True),
        ("Tenant,Postcode", False),
        ("Subject,Location", False),
    ],
)
def test_list_that_has_no_column_of_names_is_told(headings: str, is_nameless: bool) -> None:
    assert lines_of(headings, "9 Mill Lane").is_nameless is is_nameless


def test_headings_that_are_counted_by_words_are_headings() -> None:
    visits = lines_of("1st Tenant,2nd Tenant,Address", "Jo Bloggs,Clive Rostron,9 Elm").visits

    assert [each.boxes["name"] for each in visits] == ["Jo Bloggs", "Clive Rostron"]


def test_visit_is_told_by_what_is_asked_and_the_rest_apart() -> None:
    visit = only(
        "Ref,Tenant,Notes,Post code,PC",
        "T1,Clive Rostron,Dog in yard,WX9 9ZZ,WX8 8ZZ",
    )

    assert visit.typed == "Clive Rostron, WX9 9ZZ"
    assert visit.apart == "T1, Dog in yard, WX8 8ZZ"


def test_visit_of_which_nothing_is_asked_is_told_as_it_stands() -> None:
    visit = only("Time,Name,Postcode", "Clive Rostron")

    assert (visit.typed, visit.boxes) == ("Clive Rostron", {})


@pytest.mark.parametrize(
    "first", ["Home Place, Main Street", "Mill House, The Street", "Home, Mr House", "Kelly, Town"]
)
def test_places_that_are_named_like_headings_are_a_visit(first: str) -> None:
    assert [each.typed for each in lines_of(first, "Jo Bloggs").visits] == [first, "Jo Bloggs"]


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    "titles", [["Visits Monday 23 November"], ["North team", "Officer: Jo Smith; Van: 7"]]
)
def test_headings_below_a_title_are_found_and_the_title_is_told(titles: list[str]) -> None:
    *above, visit = lines_of(
        *titles, "Ref;Tenant;Address;Postcode", "T1;Clive Rostron;9 Mill Lane;WX9 9ZZ"
    ).visits

    assert visit.boxes == {
        "name": "Clive Rostron",
        "address": "9 Mill Lane",
        "postcode": "WX9 9ZZ",
    }
    assert len(above) == len(titles)
    assert all("above the headings" in each.fault for each in above)


def test_word_of_headings_by_itself_below_a_visit_is_no_heading() -> None:
    visits = lines_of("Kelly Marsh", "Tenant", "Jo Bloggs").visits

    assert [each.typed for each in visits] == ["Kelly Marsh", "Tenant", "Jo Bloggs"]
    assert not any(each.fault for each in visits)


@pytest.mark.clause("L4")
@pytest.mark.parametrize(
    "line",
    [
        *("Afternoon", "lunch", "12:30-13:30 Lunch", "Visits Monday 23 November", "PM:"),
        *("Monday 23/11/2026", "Visits for the week w/c 23rd of November", "Name,Address"),
    ],
)
def test_line_that_names_nobody_is_not_asked(line: str) -> None:
    below = lines_of("Name,Address", "Jo Bloggs,3 Elm", line).visits[-1]
    alone = lines_of("Jo Bloggs", line).visits[-1]

    assert "too little to check" in below.fault
    assert "too little to check" in alone.fault or line == "Name,Address"


@pytest.mark.parametrize(
    "line",
    [
        *("April May", "Visit 0113 4960001", "Monday 5 November 1961", "Lunch, WX1 4AB"),
        *("Friday Adeyemi", "Visit 100023336956", "05/11/1961", "23 November Street"),
    ],
)
def test_line_that_may_mean_somebody_is_asked(line: str) -> None:
    assert not only(line).fault
