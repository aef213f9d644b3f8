"""Days and times as people write them, read on Tuesday, 24 November 2026."""

import re
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics import moment_patterns, moments, named_days, spoken_times
from domain.basics.found_moments import (
    Found,
    HasPassed,
    IsAmbiguous,
    IsAnotherWeekday,
    IsSpan,
    NoSuchDay,
    NotUnderstood,
)
from domain.basics.moments import parse, parse_clock, parse_day

TODAY = date(2026, 11, 24)
TENTH, NEXT_TUESDAY = date(2026, 12, 10), date(2026, 12, 1)
WEDNESDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Do 10.12. 14-17 Uhr", Found(TENTH, time(14), time(17))),
        ("Do., 10.12.2026, 14:00–17:30", Found(TENTH, time(14), time(17, 30))),
        ("nächsten Dienstag 9:30", Found(NEXT_TUESDAY, time(9, 30))),
        ("Nächsten Mittwoch um 9.30 Uhr", Found(date(2026, 11, 25), time(9, 30))),
        ("10.12.2026 14:00", Found(TENTH, time(14))),
        ("10.12.26 14:00", Found(TENTH, time(14))),
        ("2026-12-10 14:00", Found(TENTH, time(14))),
        ("10.12. 14 Uhr", Found(TENTH, time(14))),
        ("10.12 von 14 bis 17 Uhr", Found(TENTH, time(14), time(17))),
        ("10. Dezember, 14-17", Found(TENTH, time(14), time(17))),
        ("am 10. Dez. 2026 ab 14:00 Uhr", Found(TENTH, time(14))),
        ("Thursday 10 December 2-5 pm", Found(TENTH, time(14), time(17))),
        ("December 10, 2026 at 2 pm", Found(TENTH, time(14))),
        ("heute 18 Uhr", Found(TODAY, time(18))),
        ("morgen 8-9:30 Uhr", Found(date(2026, 11, 25), time(8), time(9, 30))),
        ("übermorgen", Found(date(2026, 11, 26))),
        ("gestern 14 Uhr", Found(date(2026, 11, 23), time(14))),
        ("in zwei Wochen 14 Uhr", Found(date(2026, 12, 8), time(14))),
        ("in 3 days", Found(date(2026, 11, 27))),
        ("24.11.", Found(TODAY)),
        ("23.5.", Found(date(2027, 5, 23))),  # long over: next year's
        ("29.2.2028", Found(date(2028, 2, 29))),
        ("14-17 Uhr am 10.12.", Found(TENTH, time(14), time(17))),
        ("14:00 am 10.12.", Found(TENTH, time(14))),
        ("12:00 am 10.12.", Found(TENTH, time(12))),
        ("15:00 am Dienstag", Found(NEXT_TUESDAY, time(15))),
        ("12-13 Uhr am Montag", Found(date(2026, 11, 30), time(12), time(13))),
        ("12-13 am nächsten Montag", Found(date(2026, 11, 30), time(12), time(13))),
        ("14 Uhr am 10.12.", Found(TENTH, time(14))),
        ("9 am on 10.12.", Found(TENTH, time(9))),
        ("12 am on 10.12.", Found(TENTH, time(0))),
        ("10.12. 12 am", Found(TENTH, time(0))),
        ("Tuesday 12 am", Found(NEXT_TUESDAY, time(0))),
        ("9 am monday", Found(date(2026, 11, 30), time(9))),
        ("12 am Friday", Found(date(2026, 11, 27), time(0))),
        ("9 am Fr", Found(date(2026, 11, 27), time(9))),
        ("9 Uhr am Freitag", Found(date(2026, 11, 27), time(9))),
        ("12 am Tuesday", Found(NEXT_TUESDAY, time(0))),
        ("Freitag", Found(date(2026, 11, 27))),
        ("14-17 Uhr", Found(None, time(14), time(17))),
        ("9:30", Found(None, time(9, 30))),
        ("9.30 Uhr", Found(None, time(9, 30))),
        ("14 Uhr", Found(None, time(14))),
        ("10.12. 14", Found(TENTH, time(14))),  # an hour, no year
        ("10.12.26 14", Found(TENTH, time(14))),
        ("10.12. 26", Found(TENTH)),
        ("Do 10.12. ab 14", Found(TENTH, time(14))),
        ("10.12. 14h-17h", Found(TENTH, time(14), time(17))),
        ("ab 14", Found(None, time(14))),
        ("next Friday at 10", Found(date(2026, 11, 27), time(10))),
        ("heute in einer Woche 10 Uhr", Found(NEXT_TUESDAY, time(10))),
        ("the day after tomorrow at 9", Found(date(2026, 11, 26), time(9))),
        ("9 o'clock on Friday", Found(FRIDAY, time(9))),
        ("10th of December, 2:30 p.m.", Found(TENTH, time(14, 30))),
        ("Do., 10. Dez. '26, 9.00 h", Found(TENTH, time(9))),
        ("10-12-2026 14:00", Found(TENTH, time(14))),
        ("2026/12/10", Found(TENTH)),
        ("2026-12-10T14:00", Found(TENTH, time(14))),
        ("10.12.2026 14:00:00", Found(TENTH, time(14))),
        ("10.12 .2026", Found(TENTH)),
        ("10.12. 18-24 Uhr", Found(TENTH, time(18), time(0))),
        ("10./11.12.", Found(TENTH, last=date(2026, 12, 11))),
        ("Friday from 10 to 5 pm", Found(FRIDAY, time(10), time(17))),
    ],
)
def test_what_people_write_is_understood(text: str, found: Found) -> None:
    assert parse(text, TODAY) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("morgen halb drei", Found(WEDNESDAY, time(14, 30))),
        ("morgen um halb 9", Found(WEDNESDAY, time(8, 30))),
        ("halb sieben, 10.12.", Found(TENTH, time(18, 30))),  # in the hours of an office
        ("früh um halb sieben am 10.12.", Found(TENTH, time(6, 30))),
        ("10.12. halb acht abends", Found(TENTH, time(19, 30))),
        ("viertel nach neun", Found(None, time(9, 15))),
        ("zehn nach neun am 10.12.", Found(TENTH, time(9, 10))),
        ("10.12. 10 Minuten vor 9", Found(TENTH, time(8, 50))),
        ("fünf vor halb drei am 10.12.", Found(TENTH, time(14, 25))),
        ("twenty past two on Friday", Found(FRIDAY, time(14, 20))),
        ("Friday from ten to five", Found(FRIDAY, time(10), time(17))),
        ("Freitag viertel nach 14 Uhr", Found(FRIDAY, time(14, 15))),
        ("10.12. viertel vor drei", Found(TENTH, time(14, 45))),
        ("10.12. dreiviertel drei", Found(TENTH, time(14, 45))),
        ("Fr um drei", Found(FRIDAY, time(15))),
        ("Fr neun Uhr", Found(FRIDAY, time(9))),
        ("10.12. von neun bis halb zwölf", Found(TENTH, time(9), time(11, 30))),
        ("half past two on 10 December", Found(TENTH, time(14, 30))),
        ("Friday quarter past nine", Found(FRIDAY, time(9, 15))),
        ("Friday quarter to three pm", Found(FRIDAY, time(14, 45))),
        ("Friday from nine to five", Found(FRIDAY, time(9), time(17))),
        ("Friday noon", Found(FRIDAY, time(12))),
        ("morgen früh um 9", Found(WEDNESDAY, time(9))),
        ("tomorrow morning at 9", Found(WEDNESDAY, time(9))),
        ("Freitag morgen um 8", Found(FRIDAY, time(8))),
        ("heute Abend um 8", Found(TODAY, time(20))),
        ("Freitag nachmittags um 3", Found(FRIDAY, time(15))),
        ("Freitagnachmittag um 3", Found(FRIDAY, time(15))),
        ("10.12. nachmittags 3-5 Uhr", Found(TENTH, time(15), time(17))),
        ("tomorrow at 3 in the afternoon", Found(WEDNESDAY, time(15))),
        ("Freitag vormittags um 10", Found(FRIDAY, time(10))),
        ("Freitag vormittags", Found(FRIDAY, is_vague=True)),
        ("nachmittags um 3", Found(None, time(15))),
        ("10.12. mittags", Found(TENTH, time(12))),
        ("10.12. 9 Uhr 30", Found(TENTH, time(9, 30))),
        ("10.12. 9h30", Found(TENTH, time(9, 30))),
        ("9h30-11h 10.12.", Found(TENTH, time(9, 30), time(11))),
        ("9 Uhr 10.12.", Found(TENTH, time(9))),
        ("9 Uhr 10. Dezember", Found(TENTH, time(9))),
        ("10.12. 1400", Found(TENTH, time(14))),  # no year
        ("10.12. 1400 Uhr", Found(TENTH, time(14))),
        ("10. Dezember 1430", Found(TENTH, time(14, 30))),
        ("10.12. 1400-1730", Found(TENTH, time(14), time(17, 30))),
        ("10.12. 2026", Found(TENTH)),
        ("10.12.2026 1400", Found(TENTH, time(14))),
        ("nächste Woche Mittwoch", Found(date(2026, 12, 2))),
        ("Mittwoch nächste Woche 10 Uhr", Found(date(2026, 12, 2), time(10))),
        ("Wednesday next week at 10", Found(date(2026, 12, 2), time(10))),
        ("diese Woche Freitag", Found(FRIDAY)),
        ("übernächste Woche Mo", Found(date(2026, 12, 7))),
        ("Mittwoch in zwei Wochen", Found(date(2026, 12, 9))),
        ("übermorgen 10 Uhr", Found(date(2026, 11, 26), time(10))),
        ("morgen, Mittwoch, 9 Uhr", Found(WEDNESDAY, time(9))),
        ("13/12/2026", Found(date(2026, 12, 13))),
        ("12/13/2026 9:00", Found(date(2026, 12, 13), time(9))),
        ("12/12", Found(date(2026, 12, 12))),
        ("10/12/2026", Found(TENTH)),  # 12 October is over
        ("Fr 10/12/2027 14:00", Found(date(2027, 12, 10), time(14))),  # the weekday says which
        ("Do 10/12/2026 14:00", Found(TENTH, time(14))),
        ("12.5", Found(date(2027, 5, 12))),
        ("morgen 9.10 Uhr", Found(WEDNESDAY, time(9, 10))),
        ("morgen 9.10", Found(WEDNESDAY, time(9, 10))),
        ("Do 10.12", Found(TENTH)),
        ("Fr 11.12.", Found(date(2026, 12, 11))),
        ("Fr., 11. Dezember", Found(date(2026, 12, 11))),
        ("Friday 11 Dec", Found(date(2026, 12, 11))),
        ("Thurs 10 Dec 9:30", Found(TENTH, time(9, 30))),
        ("Friday, Dec 11th", Found(date(2026, 12, 11))),
        ("bis 1.12.", Found(date(2026, 12, 1))),
        ("bis spätestens 1.12. 12 Uhr", Found(date(2026, 12, 1), time(12))),
        ("Friday 11-1 pm", Found(FRIDAY, time(11), time(13))),
        ("Friday 9-11 pm", Found(FRIDAY, time(21), time(23))),
        ("15.01.1999", Found(date(1999, 1, 15))),
    ],
)
def test_spoken_times_parts_of_the_day_and_weeks_are_understood(text: str, found: Found) -> None:
    assert parse(text, TODAY) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.12. um 14 Uhr", Found(TENTH, time(14))),
        ("10.12.2026, 14 Uhr", Found(TENTH, time(14))),
        ("10.12.2026 - 14:00", Found(TENTH, time(14))),
        ("10.12.2026, 14:00 Uhr bis 16:00 Uhr", Found(TENTH, time(14), time(16))),
        ("10.12., 14 – 16 Uhr", Found(TENTH, time(14), time(16))),
        ("10.12 14:00", Found(TENTH, time(14))),
        ("10.12 um 14:00 Uhr", Found(TENTH, time(14))),
        ("10.12.26, 14.00-16.00", Found(TENTH, time(14), time(16))),
        ("10.12.26 14.00 - 16.00 Uhr", Found(TENTH, time(14), time(16))),
        ("Donnerstag, den 10.12.2026 um 14:00 Uhr", Found(TENTH, time(14))),
        ("Donnerstag, 10. Dezember 2026, 14.00 Uhr", Found(TENTH, time(14))),
        ("Do. 10.12. 14:00", Found(TENTH, time(14))),
        ("Do 10.12 14h", Found(TENTH, time(14))),
        ("do 10.12. 14 uhr", Found(TENTH, time(14))),
        ("DO, 10.12., 14 UHR", Found(TENTH, time(14))),
        ("10. Dezember um 14 Uhr", Found(TENTH, time(14))),
        ("10 Dez 14 Uhr", Found(TENTH, time(14))),
        ("10.Dez. 14 Uhr", Found(TENTH, time(14))),
        ("10.Dezember 14:00", Found(TENTH, time(14))),
        ("am 10.12. gegen 14 Uhr", Found(TENTH, time(14))),
        ("am 10.12. so gegen 14 Uhr", Found(TENTH, time(14))),
        ("am 10.12. ca. 14 Uhr", Found(TENTH, time(14))),
        ("10.12. circa 14 Uhr", Found(TENTH, time(14))),
        ("10.12. etwa 14 Uhr", Found(TENTH, time(14))),
        ("ungefähr 14 Uhr am 10.12.", Found(TENTH, time(14))),
        ("10.12., Beginn 14 Uhr", Found(TENTH, time(14))),
        ("10.12. Start 14 Uhr", Found(TENTH, time(14))),
        ("10.12. 14:00 s.t.", Found(TENTH, time(14))),
        ("10.12. 14 Uhr c.t.", Found(TENTH, time(14, 15))),
        ("10.12. zwischen 14 und 16 Uhr", Found(TENTH, time(14), time(16))),
        ("zwischen 14 und 16 Uhr am 10.12.", Found(TENTH, time(14), time(16))),
        ("Fr 27.11. zwischen halb neun und elf", Found(FRIDAY, time(8, 30), time(11))),
        ("between quarter past two and four on Friday", Found(FRIDAY, time(14, 15), time(16))),
        ("Freitag zwischen 9 und 12", Found(FRIDAY, time(9), time(12))),
        ("between 2 and 4 pm on Friday", Found(FRIDAY, time(14), time(16))),
        ("Freitag ab 9 Uhr bis 12 Uhr", Found(FRIDAY, time(9), time(12))),
        ("Freitag 9-12h", Found(FRIDAY, time(9), time(12))),
        ("Freitag 9–12", Found(FRIDAY, time(9), time(12))),
        ("Freitag 9 bis 12", Found(FRIDAY, time(9), time(12))),
        ("Freitag von neun bis zwölf", Found(FRIDAY, time(9), time(12))),
        ("Fr, 9:00 - 12:00", Found(FRIDAY, time(9), time(12))),
        ("Fr 9:00-12", Found(FRIDAY, time(9), time(12))),
        ("Fr 0900", Found(FRIDAY, time(9))),
        ("Fr 0900-1200", Found(FRIDAY, time(9), time(12))),
        ("Fr 9:00Uhr", Found(FRIDAY, time(9))),
        ("Fr 9Uhr", Found(FRIDAY, time(9))),
        ("Fr 9uhr30", Found(FRIDAY, time(9, 30))),
        ("Fr 9 uhr dreißig", Found(FRIDAY, time(9, 30))),
        ("Fr 9 Uhr fünfzehn", Found(FRIDAY, time(9, 15))),
        ("Fr vierzehn Uhr", Found(FRIDAY, time(14))),
        ("Fr um vierzehn Uhr dreißig", Found(FRIDAY, time(14, 30))),
        ("Fr um sechzehn Uhr", Found(FRIDAY, time(16))),
        ("Freitag achtzehn Uhr", Found(FRIDAY, time(18))),
        ("Freitag um dreizehn Uhr", Found(FRIDAY, time(13))),
        ("kommenden Freitag 9 Uhr", Found(FRIDAY, time(9))),
        ("diesen Freitag 9 Uhr", Found(FRIDAY, time(9))),
        ("am Freitag um 9", Found(FRIDAY, time(9))),
        ("am Freitag um 9:00 Uhr", Found(FRIDAY, time(9))),
        ("Freitag früh 8 Uhr", Found(FRIDAY, time(8))),
        ("Freitag früh um acht", Found(FRIDAY, time(8))),
        ("Freitag Abend 19 Uhr", Found(FRIDAY, time(19))),
        ("Freitagabend 7", Found(FRIDAY, time(19))),
        ("Freitagabend um sieben", Found(FRIDAY, time(19))),
        ("Freitag mittag um 12", Found(FRIDAY, time(12))),
        ("Freitagmittag", Found(FRIDAY, time(12))),
        ("Freitag Mittag halb eins", Found(FRIDAY, time(12, 30))),
        ("Freitagvormittag 10 Uhr", Found(FRIDAY, time(10))),
        ("Freitag am Vormittag um 10", Found(FRIDAY, time(10))),
        ("Freitag am Nachmittag um 3", Found(FRIDAY, time(15))),
        ("morgen Nachmittag um 3", Found(WEDNESDAY, time(15))),
        ("morgen nachmittag 15 Uhr", Found(WEDNESDAY, time(15))),
        ("morgen um 10", Found(WEDNESDAY, time(10))),
        ("morgen 10 Uhr", Found(WEDNESDAY, time(10))),
        ("morgen um zehn", Found(WEDNESDAY, time(10))),
        ("morgen früh 8:30", Found(WEDNESDAY, time(8, 30))),
        ("morgen Vormittag um 11", Found(WEDNESDAY, time(11))),
        ("heute um 16:30", Found(TODAY, time(16, 30))),
        ("heute Nachmittag um 4", Found(TODAY, time(16))),
        ("heute nachmittag 4 uhr", Found(TODAY, time(16))),
        ("heute Mittag", Found(TODAY, time(12))),
        ("übermorgen um 9 Uhr", Found(date(2026, 11, 26), time(9))),
        ("übermorgen nachmittags um halb vier", Found(date(2026, 11, 26), time(15, 30))),
        ("in einer Woche um 10", Found(NEXT_TUESDAY, time(10))),
        ("in 2 Wochen am Donnerstag um 10", Found(TENTH, time(10))),
        ("Donnerstag in 2 Wochen, 10 Uhr", Found(TENTH, time(10))),
        ("in 10 Tagen um 9 Uhr", Found(date(2026, 12, 4), time(9))),
        ("in drei Tagen 9 Uhr", Found(FRIDAY, time(9))),
        ("nächste Woche Donnerstag um 14 Uhr", Found(date(2026, 12, 3), time(14))),
        ("Donnerstag nächster Woche 14 Uhr", Found(date(2026, 12, 3), time(14))),
        ("Donnerstag kommende Woche 14 Uhr", Found(date(2026, 12, 3), time(14))),
        ("kommende Woche Donnerstag 14 Uhr", Found(date(2026, 12, 3), time(14))),
        ("Do nächste Woche 14-16", Found(date(2026, 12, 3), time(14), time(16))),
        ("Donnerstag der nächsten Woche 14 Uhr", Found(date(2026, 12, 3), time(14))),
        ("Donnerstag übernächste Woche", Found(TENTH)),
        ("Do KW 50, 14 Uhr", Found(TENTH, time(14))),
        ("KW50 Donnerstag 14 Uhr", Found(TENTH, time(14))),
        ("Donnerstag in KW 50", Found(TENTH)),
        ("Donnerstag in der 50. KW", Found(TENTH)),
        ("1. Dezember 10 Uhr", Found(NEXT_TUESDAY, time(10))),
        ("01.12. 10:00", Found(NEXT_TUESDAY, time(10))),
        ("1.12.,10:00", Found(NEXT_TUESDAY, time(10))),
        ("10.12.2026 @ 14:00", Found(TENTH, time(14))),
        ("10.12.2026 14:00h", Found(TENTH, time(14))),
        ("10.12.2026 14:00 h", Found(TENTH, time(14))),
        ("10.12.2026 14h00", Found(TENTH, time(14))),
        ("10.12.2026 14.30h", Found(TENTH, time(14, 30))),
        ("2026-12-10 14:00-16:00", Found(TENTH, time(14), time(16))),
        ("2026-12-10T14:00:00", Found(TENTH, time(14))),
        ("10/12/2026 14:00", Found(TENTH, time(14))),
        ("10.12.2026 14:00 MEZ", Found(TENTH, time(14))),
        ("10.12.2026 14 Uhr (Donnerstag)", Found(TENTH, time(14))),
        ("Donnerstag (10.12.) 14 Uhr", Found(TENTH, time(14))),
        ("Do., den 10. Dez., 14 Uhr", Found(TENTH, time(14))),
        ("10.12. - 14 Uhr", Found(TENTH, time(14))),
        ("10.12. von 14:00 - 16:00 Uhr", Found(TENTH, time(14), time(16))),
        ("10.12. 14:00 bis ca. 16:00 Uhr", Found(TENTH, time(14), time(16))),
        ("10.12. ab 14 Uhr bis 16 Uhr", Found(TENTH, time(14), time(16))),
        ("10.12. 14 Uhr 30 bis 16 Uhr", Found(TENTH, time(14, 30), time(16))),
        ("10.12. 14:00 - 16:00", Found(TENTH, time(14), time(16))),
        ("10.12. 14.00 bis 16.00 Uhr", Found(TENTH, time(14), time(16))),
        ("bitte am 10.12. um 14 Uhr", Found(TENTH, time(14))),
        ("10.12. um 14 Uhr bitte", Found(TENTH, time(14))),
        ("gerne am 10.12. um 14 Uhr", Found(TENTH, time(14))),
        ("10.12. 14 Uhr!", Found(TENTH, time(14))),
        ("10.12. 14 Uhr?", Found(TENTH, time(14))),
        ('"10.12. 14 Uhr"', Found(TENTH, time(14))),
        ("Mittwoch Nachmittag 14:30", Found(WEDNESDAY, time(14, 30))),
        ("Mi 25.11. 14:30", Found(WEDNESDAY, time(14, 30))),
        ("Mi, 25.11.26, 14:30 Uhr", Found(WEDNESDAY, time(14, 30))),
        ("Don 26.11. 9 Uhr", Found(date(2026, 11, 26), time(9))),
        ("Don. 9 Uhr", Found(date(2026, 11, 26), time(9))),
        ("Sa. 28.11. 10-12", Found(date(2026, 11, 28), time(10), time(12))),
        ("Sonnabend 10 Uhr", Found(date(2026, 11, 28), time(10))),
        ("2. Januar", Found(date(2027, 1, 2))),
        ("2. Jänner 9 Uhr", Found(date(2027, 1, 2), time(9))),
        ("3. Mrz 9 Uhr", Found(date(2027, 3, 3), time(9))),
        ("3. Mär. 9 Uhr", Found(date(2027, 3, 3), time(9))),
        ("3. maerz 9 uhr", Found(date(2027, 3, 3), time(9))),
        ("viertel drei am 10.12.", Found(TENTH, time(14, 15))),
        ("10.12. viertel 3", Found(TENTH, time(14, 15))),
        ("10.12. drei viertel drei", Found(TENTH, time(14, 45))),
        ("10.12. viertel vor 3", Found(TENTH, time(14, 45))),
        ("10.12. Viertel nach 2", Found(TENTH, time(14, 15))),
        ("10.12. Punkt 9", Found(TENTH, time(9))),
        ("10.12. Punkt 9 Uhr", Found(TENTH, time(9))),
        ("10.12. fünf nach halb drei", Found(TENTH, time(14, 35))),
        ("10.12. zwanzig vor drei", Found(TENTH, time(14, 40))),
        ("10.12. 20 nach 2", Found(TENTH, time(14, 20))),
        ("10.12. 0 Uhr", Found(TENTH, time(0))),
        ("10.12. 20 bis 24 Uhr", Found(TENTH, time(20), time(0))),
        ("Thu 10 Dec 2pm", Found(TENTH, time(14))),
        ("Thu 10 Dec, 2 PM", Found(TENTH, time(14))),
        ("Thu, Dec 10, 2:00 PM", Found(TENTH, time(14))),
        ("Thursday, December 10th at 2pm", Found(TENTH, time(14))),
        ("Thursday the 10th at 2pm", Found(TENTH, time(14))),
        ("the 10th of December at 2pm", Found(TENTH, time(14))),
        ("10th December 2pm", Found(TENTH, time(14))),
        ("10th Dec 14:00", Found(TENTH, time(14))),
        ("Dec 10 2-4pm", Found(TENTH, time(14), time(16))),
        ("Dec 10 2pm-4pm", Found(TENTH, time(14), time(16))),
        ("Dec 10, 2pm to 4pm", Found(TENTH, time(14), time(16))),
        ("Dec 10 from 2 to 4pm", Found(TENTH, time(14), time(16))),
        ("Dec 10 9am-12pm", Found(TENTH, time(9), time(12))),
        ("Dec 10 9am - noon", Found(TENTH, time(9), time(12))),
        ("Dec 10 10am–1pm", Found(TENTH, time(10), time(13))),
        ("Dec. 10, 2026 2:30pm", Found(TENTH, time(14, 30))),
        ("12/10/2026 2pm", Found(TENTH, time(14))),
        ("tomorrow 2pm", Found(WEDNESDAY, time(14))),
        ("tomorrow at 2", Found(WEDNESDAY, time(14))),
        ("tomorrow afternoon at 3", Found(WEDNESDAY, time(15))),
        ("tomorrow at noon", Found(WEDNESDAY, time(12))),
        ("today at half past 4", Found(TODAY, time(16, 30))),
        ("today 4.30pm", Found(TODAY, time(16, 30))),
        ("this afternoon at 4", Found(TODAY, time(16))),
        ("this evening at 7", Found(TODAY, time(19))),
        ("tonight at 7", Found(TODAY, time(19))),
        ("tonight 7pm", Found(TODAY, time(19))),
        ("this Friday at 9", Found(FRIDAY, time(9))),
        ("Friday morning at 9", Found(FRIDAY, time(9))),
        ("around 9 on Friday", Found(FRIDAY, time(9))),
        ("about 9am Friday", Found(FRIDAY, time(9))),
        ("Friday by 9am", Found(FRIDAY, time(9))),
        ("in two days at 10", Found(date(2026, 11, 26), time(10))),
        ("in a week at 10am", Found(NEXT_TUESDAY, time(10))),
        ("two weeks from today", Found(date(2026, 12, 8))),
        ("two weeks from now", Found(date(2026, 12, 8))),
        ("next Thursday 2 o'clock", Found(date(2026, 11, 26), time(14))),
        ("ten past nine tomorrow", Found(WEDNESDAY, time(9, 10))),
        ("quarter to nine tomorrow", Found(WEDNESDAY, time(8, 45))),
        ("a quarter past nine tomorrow", Found(WEDNESDAY, time(9, 15))),
        ("half nine tomorrow", Found(WEDNESDAY, time(9, 30))),
        ("eleven thirty tomorrow", Found(WEDNESDAY, time(11, 30))),
        ("nine thirty tomorrow", Found(WEDNESDAY, time(9, 30))),
        ("tomorrow at nine-thirty", Found(WEDNESDAY, time(9, 30))),
        ("0930 tomorrow", Found(WEDNESDAY, time(9, 30))),
        ("1400h 10.12.", Found(TENTH, time(14))),
        ("9:30AM on Friday", Found(FRIDAY, time(9, 30))),
        ("noon on Friday", Found(FRIDAY, time(12))),
        ("Friday midday", Found(FRIDAY, time(12))),
        ("Weds 9am", Found(WEDNESDAY, time(9))),
        ("Thur 9am", Found(date(2026, 11, 26), time(9))),
        ("Sept 10 2027 9am", Found(date(2027, 9, 10), time(9))),
        ("10 Sept. 2027", Found(date(2027, 9, 10))),
        ("Dec 10th, '26", Found(TENTH)),
        ("10 Dec 26", Found(TENTH)),
        ("10-Dec-2026 14:00", Found(TENTH, time(14))),
        ("10-Dec-26", Found(TENTH)),
        ("10. 12. 2026 14:00", Found(TENTH, time(14))),
        ("10. 12. 14:00", Found(TENTH, time(14))),
        ("10 .12. 14:00", Found(TENTH, time(14))),
        ("10.12.; 14 Uhr", Found(TENTH, time(14))),
        ("Datum: 10.12., Uhrzeit: 14 Uhr", Found(TENTH, time(14))),
        ("Termin: 10.12. 14 Uhr", Found(TENTH, time(14))),
        ("10.12. (14 Uhr)", Found(TENTH, time(14))),
        ("10.12. [14:00]", Found(TENTH, time(14))),
        ("10.12.\n14 Uhr", Found(TENTH, time(14))),
        ("➡️ 10.12. 14 Uhr", Found(TENTH, time(14))),
        ("- 10.12. 14 Uhr", Found(TENTH, time(14))),
        ("• 10.12. 14 Uhr", Found(TENTH, time(14))),
        ("1) 10.12. 14 Uhr", Found(TENTH, time(14))),
        ("10.12. 2 Uhr nachmittags", Found(TENTH, time(14))),
        ("10.12. 8 Uhr abends", Found(TENTH, time(20))),
        ("10.12. 8 Uhr morgens", Found(TENTH, time(8))),
        ("10.12. 8 in der Früh", Found(TENTH, time(8))),
        ("10.12. 10 Uhr vormittags", Found(TENTH, time(10))),
        ("10.12. 12 Uhr mittags", Found(TENTH, time(12))),
        ("10.12. mittags um 1", Found(TENTH, time(13))),
        ("10.12. nachmittags", Found(TENTH, is_vague=True)),
        ("Donnerstag in vierzehn Tagen", Found(TENTH)),
        ("Donnerstag in 8 Tagen um 10", Found(date(2026, 12, 3), time(10))),
        ("1.12./10 Uhr", Found(NEXT_TUESDAY, time(10))),
        ("1.12.26/10:00", Found(NEXT_TUESDAY, time(10))),
        ("Fr 9-1", Found(FRIDAY, time(9), time(13))),
        ("Fr 9-5", Found(FRIDAY, time(9), time(17))),
        ("Fr 12-2 Uhr", Found(FRIDAY, time(12), time(14))),
        ("Fr 2-4", Found(FRIDAY, time(14), time(16))),
        ("Fr 02-04 Uhr", Found(FRIDAY, time(2), time(4))),
        ("Freitag um 3", Found(FRIDAY, time(15))),
        ("Freitag 3 Uhr", Found(FRIDAY, time(3))),
        ("Freitag früh um 5", Found(FRIDAY, time(5))),
        ("10.12. 14 Uhr passt", Found(TENTH, time(14))),
        ("10.12. ganztägig", Found(TENTH)),
        ("Friday week at 10", Found(date(2026, 12, 4), time(10))),
        ("Tuesday week", Found(date(2026, 12, 8))),  # today is one
        ("übernächsten Montag", Found(date(2026, 12, 7))),
        ("the Monday after next at 10", Found(date(2026, 12, 7), time(10))),
        ("Die 1.12. 10 Uhr", Found(NEXT_TUESDAY, time(10))),
        ("Mit 25.11.", Found(WEDNESDAY)),
        ("Fre., 27. November", Found(FRIDAY)),
        ("Son 29.11.", Found(date(2026, 11, 29))),
        ("Lieber Freitag um 9", Found(FRIDAY, time(9))),
    ],
)
def test_further_ways_in_which_people_write_a_moment(text: str, found: Found) -> None:
    assert parse(text, TODAY, "DE-NW") == found


def test_two_days_are_no_time() -> None:
    for text in ("10.12., 11.12.", "10.12. 11.12. vormittags"):
        with pytest.raises(NotUnderstood):
            parse(text, TODAY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Silvester", Found(date(2026, 12, 31))),
        ("Heiligabend um 10 Uhr", Found(date(2026, 12, 24), time(10))),
        ("New Year’s Eve 2027", Found(date(2027, 12, 31))),
        ("Ostermontag", Found(date(2027, 3, 29))),
        ("Karfreitag 2028, 9 Uhr", Found(date(2028, 4, 14), time(9))),
        ("am 1. Weihnachtstag", Found(date(2026, 12, 25))),
        ("on Christmas Day", Found(date(2026, 12, 25))),
        ("Mittwoch KW 50 um 10 Uhr", Found(date(2026, 12, 9), time(10))),
        ("Montag, 2. KW", Found(date(2027, 1, 11))),
        ("Tuesday in week 50", Found(date(2026, 12, 8))),
        ("in vierzehn Tagen", Found(date(2026, 12, 8))),
        ("in zwei Wochen", Found(date(2026, 12, 8))),
        ("heute in 3 Tagen", Found(FRIDAY)),
        ("übermorgen früh", Found(date(2026, 11, 26), is_vague=True)),
        ("Freitag, den 11.", Found(date(2026, 12, 11))),
        ("am 10. um 9 Uhr", Found(TENTH, time(9))),
        ("der 31.", Found(date(2026, 12, 31))),  # November has none
    ],
)
def test_days_are_known_by_their_names_and_numbers(text: str, found: Found) -> None:
    assert parse(text, TODAY, "DE-NW") == found


@pytest.mark.parametrize(
    ("text", "first", "last", "ways"),
    [
        ("KW 50", date(2026, 12, 7), date(2026, 12, 13), 5),
        ("50. Kalenderwoche", date(2026, 12, 7), date(2026, 12, 13), 5),
        ("diese Woche", date(2026, 11, 23), date(2026, 11, 29), 4),  # Monday is over
        ("next week", date(2026, 11, 30), date(2026, 12, 6), 5),
        ("am Wochenende", date(2026, 11, 28), date(2026, 11, 29), 2),
        ("Ende Januar", date(2027, 1, 21), date(2027, 1, 31), 0),
        ("end of February 2028", date(2028, 2, 21), date(2028, 2, 29), 0),
        ("Mitte Dezember um 10", date(2026, 12, 11), date(2026, 12, 20), 0),
        ("Anfang November", date(2027, 11, 1), date(2027, 11, 10), 0),
        ("im Dezember", date(2026, 12, 1), date(2026, 12, 31), 0),
        ("an Weihnachten", date(2026, 12, 24), date(2026, 12, 26), 3),
        ("Christmas 2027 at 10", date(2027, 12, 24), date(2027, 12, 26), 3),
    ],
)
def test_week_or_part_of_a_month_is_asked_for_its_day(text: str, first: date, last: date, ways: int) -> None:
    for read in (parse, parse_day):
        with pytest.raises(IsSpan) as unsure:
            read(text, TODAY)
        assert (unsure.value.first, unsure.value.last) == (first, last)
        assert len(unsure.value.ways) == ways


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.12. 20-1 Uhr", Found(TENTH, time(20), time(1))),
        ("10.-11.12.", Found(TENTH, last=date(2026, 12, 11))),
        ("10.-11. Dezember 2026 9-17 Uhr", Found(TENTH, time(9), time(17), date(2026, 12, 11))),
        ("10.12.-11.12., 9-17 Uhr", Found(TENTH, time(9), time(17), date(2026, 12, 11))),
        ("10.12. 9 Uhr bis 11.12. 17 Uhr", Found(TENTH, time(9), time(17), date(2026, 12, 11))),
        ("Do 10.12. 20:00 – Fr 11.12. 01:00", Found(TENTH, time(20), time(1), date(2026, 12, 11))),
        ("Freitag 20 Uhr bis Samstag 1 Uhr", Found(FRIDAY, time(20), time(1), date(2026, 11, 28))),
        ("31.12. 20 Uhr bis 1.1. 2 Uhr", Found(date(2026, 12, 31), time(20), time(2), date(2027, 1, 1))),
        ("9-11.30 Uhr am 10.12.", Found(TENTH, time(9), time(11, 30))),
        ("morgen 9-11.10 Uhr", Found(WEDNESDAY, time(9), time(11, 10))),
        ("10.-12. December", Found(TENTH, last=date(2026, 12, 12))),
    ],
)
def test_event_may_go_over_midnight_and_over_days(text: str, found: Found) -> None:
    assert parse(text, TODAY) == found


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("12/10", [Found(date(2027, 10, 12)), Found(TENTH)]),
        ("übernächsten Donnerstag 9 Uhr", [Found(date(2026, 12, day), time(9)) for day in (3, 10)]),
        ("10/12/2027 9:00", [Found(date(2027, 12, 10), time(9)), Found(date(2027, 10, 12), time(9))]),
        (
            "1/2/2027 9-11 Uhr",
            [Found(date(2027, 2, 1), time(9), time(11)), Found(date(2027, 1, 2), time(9), time(11))],
        ),
    ],
)
def test_day_and_month_with_a_slash_are_asked_for(text: str, ways: list[Found]) -> None:
    with pytest.raises(IsAmbiguous) as unsure:
        parse(text, TODAY)
    assert unsure.value.ways == tuple(ways)


def test_day_that_has_just_passed_is_asked_for_before_it_is_next_years() -> None:
    for text in ("23.11.", "23. November", "1.9.", "Nov 23"):
        with pytest.raises(HasPassed) as passed:
            parse(f"{text} 9 Uhr", TODAY)
        assert passed.value.day.year == 2026
        assert passed.value.ways == (Found(passed.value.day.replace(year=2027), time(9)),)
    with pytest.raises(HasPassed) as passed:
        parse("Mo 23.11.", TODAY)  # a Monday this year, a Tuesday next
    assert passed.value.ways == ()
    assert parse("Di 23.11.", TODAY) == Found(date(2027, 11, 23))


@pytest.mark.parametrize(
    ("text", "last", "next_"),
    [
        ("24.12.", date(2025, 12, 24), date(2026, 12, 24)),
        ("15.5.", date(2026, 5, 15), date(2027, 5, 15)),
        ("24.11.", TODAY, TODAY),
        ("29.2.", date(2024, 2, 29), date(2028, 2, 29)),
        ("Freitag", date(2026, 11, 20), FRIDAY),
        ("Fr 11.12.", None, date(2026, 12, 11)),
        ("Fr., 11. Dezember", None, date(2026, 12, 11)),
        ("Friday 11 Dec", None, date(2026, 12, 11)),
        ("Mo 23.11.", date(2026, 11, 23), None),
        ("10.12. 2015", date(2015, 12, 10), date(2015, 12, 10)),  # where no hour is asked for, a year
        ("15.01.1999", date(1999, 1, 15), date(1999, 1, 15)),
        ("1.2.27", date(2027, 2, 1), date(2027, 2, 1)),
        ("2027-02-01", date(2027, 2, 1), date(2027, 2, 1)),
        ("gestern", date(2026, 11, 23), date(2026, 11, 23)),
        ("übermorgen", date(2026, 11, 26), date(2026, 11, 26)),
        ("nächste Woche Mittwoch", date(2026, 12, 2), date(2026, 12, 2)),
        ("10.12. 9 Uhr", None, None),
        ("9 Uhr", None, None),
    ],
)
def test_day_alone_is_the_last_or_the_next_one(text: str, last: date | None, next_: date | None) -> None:
    for is_past, day in ((True, last), (False, next_)):
        if day is None:
            with pytest.raises((NotUnderstood, NoSuchDay, HasPassed)):
                parse_day(text, TODAY, is_past=is_past)
        else:
            assert parse_day(text, TODAY, is_past=is_past) == day


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("14", time(14), None),
        ("1400", time(14), None),
        ("9.10", time(9, 10), None),  # no 9 October, where a time is asked for
        ("12.10", time(12, 10), None),
        ("14-17", time(14), time(17)),
        ("halb drei", time(14, 30), None),
        ("nachmittags um 3", time(15), None),
        ("um 9", time(9), None),
        ("9 am", time(9), None),
    ],
)
def test_time_alone_is_no_day(text: str, starts: time, ends: time | None) -> None:
    assert parse_clock(text, TODAY) == Found(None, starts, ends)


@pytest.mark.parametrize(
    "text",
    [
        "31.2.2027",
        "30.02.",
        "14:00 am",
        "10.12. 13 am",
        "13/13/2026",
        "30/2",
        "29.2.2027",
        "10.13.2026",
        "10.12. 25:00",
        "10.12. 14:75",
    ],
)
def test_what_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises((NoSuchDay, NotUnderstood)):
        parse(text, TODAY)


def test_date_on_another_weekday_is_named() -> None:
    with pytest.raises(IsAnotherWeekday) as refused:
        parse("Mi 10.12.2026", TODAY)
    assert refused.value.day == TENTH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bald",
        "wenn es passt",
        "14",
        "10.12. im Rathaus",
        "Fr 14",
        "10.12. 14 15",
        "-",
        "Do mal",
        "Do, Fr 10 Uhr",
        "morgen 10.12.",
        "am 32.",
        "KW 54",
        "vor Weihnachten",
        "halb",
        "Uhr",
    ],
)
def test_what_is_no_time_is_not_guessed(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse(text, TODAY)


@given(st.dates(TODAY, date(2029, 1, 1)), st.times(), st.sampled_from(["%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M"]))
def test_every_full_date_is_read_as_it_was_written(day: date, clock: time, pattern: str) -> None:
    clock = clock.replace(second=0, microsecond=0)
    written = f"{day.strftime(pattern.split(maxsplit=1)[0])} {clock:%H:%M}"
    assert parse(written, TODAY) == Found(day, clock)


@given(st.text(max_size=40))
def test_whatever_is_typed_it_is_read_or_refused(text: str) -> None:
    try:
        found = parse(text, TODAY)
    except (NoSuchDay, NotUnderstood, HasPassed, IsAmbiguous):
        return
    assert found.day or found.starts


@pytest.mark.parametrize(
    "odd", [" ", "\N{NO-BREAK SPACE}", "1", "1 ", "1.", "(", "a", "a ", "-", "\N{COMBINING ACUTE ACCENT}"]
)
@pytest.mark.parametrize(("before", "after"), [("", ""), ("1", "x"), ("10.12. ", "-"), ("1-", "")])
def test_what_is_longer_than_any_moment_is_not_looked_through(odd: str, before: str, after: str) -> None:
    """Four thousand spaces after a digit once held up everybody for 18 seconds."""
    with pytest.raises((NotUnderstood, NoSuchDay)):
        parse(f"{before}{odd * 4096}"[:4095] + after, TODAY)


def test_no_pattern_has_two_repeats_side_by_side_that_take_the_same() -> None:
    """Such a pair makes a reader quadratic; a space, where one may stand, is at most one."""
    named = [one for module in (moments, named_days, spoken_times) for one in vars(module).values()]
    patterns = [one for one in named if isinstance(one, re.Pattern)] + list(moment_patterns.DATES)
    assert len(patterns) > 20
    assert [one.pattern for one in patterns if re.search(r"\\s[*+]|\.[*+]", one.pattern)] == []
