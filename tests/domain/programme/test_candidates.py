"""The plain sum lets a majority fill the year; equal shares leave a third of it to a third."""

from dataclasses import replace

from domain.programme.candidates import Candidate, Source, by_sum, proportionally


def candidate(ref_id: int, *organisations: int) -> Candidate:
    return Candidate(Source.IDEA, ref_id, f"{ref_id}", dict.fromkeys(organisations, 1))


MAJORITY = [candidate(number, *range(1, 21)) for number in (1, 2, 3)]
MINORITY = candidate(9, *range(21, 31))


def test_a_third_of_the_organisations_finds_a_third_of_the_slots() -> None:
    everything = [MINORITY, *MAJORITY]
    assert [one.ref_id for one in by_sum(everything)] == [1, 2, 3, 9]
    assert 9 in [one.ref_id for one in proportionally(everything, 3)][:3]
    assert {one.ref_id for one in proportionally(everything, 3)} == {1, 2, 3, 9}


def test_of_equals_what_is_offered_decides_then_the_mark() -> None:
    plain, hosted, liked = (
        candidate(1, 5),
        replace(candidate(2, 5), hosts=1),
        replace(candidate(3, 5), mark=3.5),
    )
    assert [one.ref_id for one in by_sum([plain, liked, hosted])] == [2, 3, 1]
    nobody = Candidate(Source.FORMAT, 1, "Rundgang")
    assert by_sum([nobody, plain]) == [plain, nobody]
    assert proportionally([nobody, plain], 0) == [plain, nobody]
    assert proportionally([], 3) == []
