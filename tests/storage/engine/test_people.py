"""People: who is seen, who is staff, who can be reached."""

from datetime import timedelta

from storage.engine import people
from storage.engine.people import Writer
from storage.engine.tables import Person
from storage.partners import reach
from tests.support.book import NOW, Book, id_of

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ANNA = Writer(77, "Anna", "en")


def test_person_is_added_with_the_first_update_and_known_from_then_on(book: Book) -> None:
    first = book.run(people.seen, ANNA, NOW)
    again = book.run(people.seen, Writer(77, "Anna B", "de"), NOW + DAY)
    assert (again.id, again.name, again.language, again.created_at) == (first.id, "Anna", "en", NOW)


def test_who_writes_can_be_reached_again(book: Book) -> None:
    anna = book.run(people.seen, ANNA, NOW)
    book.run(reach.mark_unreachable, id_of(anna), NOW)
    book.run(reach.mark_unreachable, id_of(anna), NOW + DAY)
    assert book.all(Person)[0].unreachable_since == NOW
    book.run(people.seen, ANNA, NOW + 2 * DAY)
    assert book.all(Person)[0].unreachable_since is None


def test_staff_by_setting_get_their_name_when_they_first_write(book: Book) -> None:
    book.run(people.set_staff, 77, is_staff=True, now=NOW)
    assert book.all(Person)[0].name == "77"
    assert book.run(people.seen, ANNA, NOW).is_staff
    assert [person.name for person in book.run(people.staff)] == ["Anna"]
    book.run(people.set_staff, 77, is_staff=False, now=NOW)
    assert book.run(people.staff) == []
