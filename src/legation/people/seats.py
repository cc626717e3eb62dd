"""Which country a paper's place lies in: capitals, seats of government, and countries by name."""

from __future__ import annotations

import re

from legation.reading.participants import country_of
from legation.reading.tokens import fold

#: Capitals and seats. New York and Geneva are left out: there the United Nations meet.
_SEATS = """
US|washington;white house;oval office;cabinet room;camp david;hyannis port;palm beach;capitol hill;blair house;pentagon;state department;department of state;lbj ranch;san clemente;key biscayne
GB|london;downing street;chequers;foreign office;whitehall;admiralty house;buckingham palace;house of commons
FR|paris;elysee;elysee palace;quai d'orsay;matignon;hotel matignon;rambouillet;versailles
DE|berlin;bonn;palais schaumburg;wilhelmstrasse;munich;berchtesgaden
RU|moscow;kremlin;leningrad;petrograd;spaso house;zavidovo
IT|rome;palazzo chigi;palazzo venezia;quirinale
VA|vatican;vatican city
JP|tokyo
CN|peking;beijing;nanking;chungking
TW|taipei
CA|ottawa
AU|canberra
NZ|wellington
IN|new delhi;delhi
PK|karachi;islamabad;rawalpindi
IE|dublin
NL|the hague
BE|brussels
LU|luxembourg
ES|madrid
PT|lisbon
CH|bern;berne
AT|vienna
DK|copenhagen
NO|oslo
SE|stockholm
FI|helsinki
IS|reykjavik
PL|warsaw
CZ|prague
HU|budapest
RO|bucharest
BG|sofia
YU|belgrade
AL|tirana
GR|athens
TR|ankara
CY|nicosia
EG|cairo
IL|jerusalem;tel aviv
SY|damascus
LB|beirut
JO|amman
IQ|baghdad
IR|tehran;teheran
SA|riyadh;jidda;jedda;jeddah
AF|kabul
MA|rabat
DZ|algiers
TN|tunis
LY|tripoli;benghazi
SD|khartoum
ET|addis ababa
GH|accra
NG|lagos
KE|nairobi
CD|leopoldville;kinshasa
ZA|pretoria;cape town
MX|mexico city
CU|havana
BR|rio de janeiro;brasilia
AR|buenos aires
CL|santiago
PE|lima
CO|bogota
VE|caracas
ID|djakarta;jakarta
PH|manila
TH|bangkok
VN|saigon;hanoi;hue
KH|phnom penh
LA|vientiane
MM|rangoon
MY|kuala lumpur
KR|seoul
KP|pyongyang
"""  # noqa: E501 - one row a country
_COUNTRY = {
    seat: code
    for code, _, seats in (row.partition("|") for row in _SEATS.strip().splitlines())
    for seat in seats.split(";")
}
_LONGEST = max(len(seat.split()) for seat in _COUNTRY)


def country_of_place(place: str) -> str:
    """Return the code of the country that a place's words name, or "" for none or for several."""
    found = set()
    for piece in re.split(r"[,;()/\r\n]", place[:200]):
        words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", fold(piece).replace("’", "'"))
        for size in range(_LONGEST, 0, -1):
            for start in range(len(words) - size + 1):
                found.add(_COUNTRY.get(" ".join(words[start : start + size]), ""))
        # An embassy is named by its own country, and stands in another.
        if "embassy" not in words and "delegation" not in words:
            found.add(country_of(" ".join(words)))
    found.discard("")
    return found.pop() if len(found) == 1 else ""
