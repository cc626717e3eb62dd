"""Who held the chief offices of the major powers, 1900–2025: dated public facts with sources.

A row reads country|office|from, then `name start` pairs; each holder serves until the next begins,
unless `-` and a day close the term. `SOURCES` says where each country's list may be checked.
Acting and caretaker terms of a few days are left out. Dates are those of taking office.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

#: Where the dates of each country may be checked.
SOURCES = {
    "US": "US Department of State, Office of the Historian: Principal Officers and Chiefs of "
    "Mission; The White House: Presidents",
    "GB": "GOV.UK: Past Prime Ministers; Past Foreign Secretaries; royal.uk: Kings and Queens",
    "RU": "Encyclopaedia Britannica: List of leaders of the Soviet Union and Russia; mid.ru: "
    "Foreign ministers of Russia and the USSR",
    "FR": "elysee.fr: Les présidents de la République; diplomatie.gouv.fr: Ministers since 1944; "
    "info.gouv.fr: Premiers ministres de la Ve République",
    "DE": "bundeskanzler.de: Bundeskanzler seit 1949; bundespraesident.de; auswaertiges-amt.de: "
    "Außenminister; Deutsches Historisches Museum (LeMO) for the years before 1949",
    "IT": "governo.it: I Governi dal 1943 ad oggi",
    "JP": "kantei.go.jp: Past Prime Ministers",
    "CN": "gov.cn; fmprc.gov.cn: Former foreign ministers",
    "CA": "canada.ca: Prime Ministers of Canada",
    "UN": "un.org: Former Secretaries-General",
    "VA": "vatican.va: The Holy Fathers",
}

_ROWS = """
US|president|William McKinley 1897-03-04; Theodore Roosevelt 1901-09-14; William Howard Taft 1909-03-04; Woodrow Wilson 1913-03-04; Warren G. Harding 1921-03-04; Calvin Coolidge 1923-08-02; Herbert Hoover 1929-03-04; Franklin D. Roosevelt 1933-03-04; Harry S. Truman 1945-04-12; Dwight D. Eisenhower 1953-01-20; John F. Kennedy 1961-01-20; Lyndon B. Johnson 1963-11-22; Richard M. Nixon 1969-01-20; Gerald R. Ford 1974-08-09; Jimmy Carter 1977-01-20; Ronald Reagan 1981-01-20; George H. W. Bush 1989-01-20; Bill Clinton 1993-01-20; George W. Bush 2001-01-20; Barack Obama 2009-01-20; Donald J. Trump 2017-01-20; Joseph R. Biden 2021-01-20; Donald J. Trump 2025-01-20
US|president-elect|Woodrow Wilson 1912-11-05; - 1913-03-04; Herbert Hoover 1928-11-06; - 1929-03-04; Franklin D. Roosevelt 1932-11-08; - 1933-03-04; Dwight D. Eisenhower 1952-11-04; - 1953-01-20; John F. Kennedy 1960-11-08; - 1961-01-20; Richard M. Nixon 1968-11-05; - 1969-01-20; Jimmy Carter 1976-11-02; - 1977-01-20; Ronald Reagan 1980-11-04; - 1981-01-20; George H. W. Bush 1988-11-08; - 1989-01-20; Bill Clinton 1992-11-03; - 1993-01-20; Barack Obama 2008-11-04; - 2009-01-20
US|vice president|Theodore Roosevelt 1901-03-04; - 1901-09-14; Charles W. Fairbanks 1905-03-04; James S. Sherman 1909-03-04; - 1912-10-30; Thomas R. Marshall 1913-03-04; Calvin Coolidge 1921-03-04; - 1923-08-02; Charles G. Dawes 1925-03-04; Charles Curtis 1929-03-04; John N. Garner 1933-03-04; Henry A. Wallace 1941-01-20; Harry S. Truman 1945-01-20; - 1945-04-12; Alben W. Barkley 1949-01-20; Richard M. Nixon 1953-01-20; Lyndon B. Johnson 1961-01-20; - 1963-11-22; Hubert H. Humphrey 1965-01-20; Spiro T. Agnew 1969-01-20; - 1973-10-10; Gerald R. Ford 1973-12-06; - 1974-08-09; Nelson A. Rockefeller 1974-12-19; Walter F. Mondale 1977-01-20; George H. W. Bush 1981-01-20; Dan Quayle 1989-01-20; Al Gore 1993-01-20; Dick Cheney 2001-01-20; Joseph R. Biden 2009-01-20; Mike Pence 2017-01-20; Kamala D. Harris 2021-01-20; J. D. Vance 2025-01-20
US|secretary of state|John Hay 1898-09-30; - 1905-07-01; Elihu Root 1905-07-19; Robert Bacon 1909-01-27; Philander C. Knox 1909-03-06; William Jennings Bryan 1913-03-05; - 1915-06-09; Robert Lansing 1915-06-24; - 1920-02-13; Bainbridge Colby 1920-03-23; Charles E. Hughes 1921-03-05; Frank B. Kellogg 1925-03-05; Henry L. Stimson 1929-03-28; Cordell Hull 1933-03-04; - 1944-11-30; Edward R. Stettinius 1944-12-01; - 1945-06-27; James F. Byrnes 1945-07-03; George C. Marshall 1947-01-21; Dean Acheson 1949-01-21; John Foster Dulles 1953-01-21; Christian A. Herter 1959-04-22; Dean Rusk 1961-01-21; William P. Rogers 1969-01-22; Henry A. Kissinger 1973-09-22; Cyrus R. Vance 1977-01-23; - 1980-04-28; Edmund S. Muskie 1980-05-08; Alexander M. Haig 1981-01-22; - 1982-07-05; George P. Shultz 1982-07-16; James A. Baker 1989-01-25; Lawrence S. Eagleburger 1992-08-23; Warren Christopher 1993-01-20; Madeleine K. Albright 1997-01-23; Colin L. Powell 2001-01-20; Condoleezza Rice 2005-01-26; Hillary Rodham Clinton 2009-01-21; John F. Kerry 2013-02-01; Rex W. Tillerson 2017-02-01; - 2018-03-31; Michael R. Pompeo 2018-04-26; Antony J. Blinken 2021-01-26; Marco Rubio 2025-01-21
US|under secretary of state|Robert A. Lovett 1947-07-01; James E. Webb 1949-01-28; David K. E. Bruce 1952-04-01; Walter Bedell Smith 1953-02-09; Herbert Hoover Jr. 1954-10-04; Christian A. Herter 1957-02-21; C. Douglas Dillon 1959-06-12; Chester Bowles 1961-01-25; George W. Ball 1961-12-04; Nicholas Katzenbach 1966-10-03; Elliot L. Richardson 1969-01-24; John N. Irwin 1970-09-21; - 1972-07-12
US|deputy secretary of state|John N. Irwin 1972-07-13; Kenneth Rush 1973-02-02; Robert S. Ingersoll 1974-07-10; Charles W. Robinson 1976-04-09; Warren Christopher 1977-02-26; William P. Clark 1981-02-25; Walter J. Stoessel 1982-02-11; Kenneth W. Dam 1982-09-23; John C. Whitehead 1985-07-09; Lawrence S. Eagleburger 1989-03-20; - 1992-08-23
US|secretary of defense|James V. Forrestal 1947-09-17; Louis A. Johnson 1949-03-28; George C. Marshall 1950-09-21; Robert A. Lovett 1951-09-17; Charles E. Wilson 1953-01-28; Neil H. McElroy 1957-10-09; Thomas S. Gates 1959-12-02; Robert S. McNamara 1961-01-21; Clark M. Clifford 1968-03-01; Melvin R. Laird 1969-01-22; Elliot L. Richardson 1973-01-30; - 1973-05-24; James R. Schlesinger 1973-07-02; Donald H. Rumsfeld 1975-11-20; Harold Brown 1977-01-21; Caspar W. Weinberger 1981-01-21; Frank C. Carlucci 1987-11-23; - 1989-01-20; Dick Cheney 1989-03-21; Les Aspin 1993-01-21; William J. Perry 1994-02-03; William S. Cohen 1997-01-24; Donald H. Rumsfeld 2001-01-20; Robert M. Gates 2006-12-18; Leon E. Panetta 2011-07-01; Chuck Hagel 2013-02-27; Ash Carter 2015-02-17; James N. Mattis 2017-01-20; - 2019-01-01; Mark T. Esper 2019-07-23; - 2020-11-09; Lloyd J. Austin 2021-01-22; Pete Hegseth 2025-01-25
US|secretary of the treasury|Andrew W. Mellon 1921-03-04; Ogden L. Mills 1932-02-13; William H. Woodin 1933-03-05; Henry Morgenthau 1934-01-01; Fred M. Vinson 1945-07-23; John W. Snyder 1946-06-25; George M. Humphrey 1953-01-21; Robert B. Anderson 1957-07-29; C. Douglas Dillon 1961-01-21; Henry H. Fowler 1965-04-01; - 1968-12-20; David M. Kennedy 1969-01-22; John B. Connally 1971-02-11; George P. Shultz 1972-06-12; William E. Simon 1974-05-08; - 1977-01-20
US|attorney general|Robert F. Kennedy 1961-01-21; - 1964-09-03; Nicholas Katzenbach 1965-02-11; - 1966-10-02
US|director of central intelligence|Roscoe H. Hillenkoetter 1947-05-01; Walter Bedell Smith 1950-10-07; Allen W. Dulles 1953-02-26; John A. McCone 1961-11-29; William F. Raborn 1965-04-28; Richard Helms 1966-06-30; James R. Schlesinger 1973-02-02; William E. Colby 1973-09-04; George H. W. Bush 1976-01-30; Stansfield Turner 1977-03-09; William J. Casey 1981-01-28; William H. Webster 1987-05-26; Robert M. Gates 1991-11-06; R. James Woolsey 1993-02-05
US|president's special assistant for national security affairs|McGeorge Bundy 1961-01-20; - 1966-02-28; Walt W. Rostow 1966-04-01; - 1969-01-20; Henry A. Kissinger 1969-01-20; Brent Scowcroft 1975-11-03; Zbigniew Brzezinski 1977-01-20; - 1981-01-20
US|speaker|Sam Rayburn 1955-01-05; - 1961-11-16; John W. McCormack 1962-01-10; Carl Albert 1971-01-21; Thomas P. O'Neill 1977-01-04; Jim Wright 1987-01-06; - 1989-06-06
GB|monarch|Victoria 1837-06-20; Edward VII 1901-01-22; George V 1910-05-06; Edward VIII 1936-01-20; George VI 1936-12-11; Elizabeth II 1952-02-06; Charles III 2022-09-08
GB|prime minister|Lord Salisbury 1895-06-25; Arthur Balfour 1902-07-12; Henry Campbell-Bannerman 1905-12-05; Herbert Asquith 1908-04-08; David Lloyd George 1916-12-07; Andrew Bonar Law 1922-10-23; Stanley Baldwin 1923-05-22; Ramsay MacDonald 1924-01-22; Stanley Baldwin 1924-11-04; Ramsay MacDonald 1929-06-05; Stanley Baldwin 1935-06-07; Neville Chamberlain 1937-05-28; Winston Churchill 1940-05-10; Clement Attlee 1945-07-26; Winston Churchill 1951-10-26; Anthony Eden 1955-04-06; Harold Macmillan 1957-01-10; Alec Douglas-Home 1963-10-19; Harold Wilson 1964-10-16; Edward Heath 1970-06-19; Harold Wilson 1974-03-04; James Callaghan 1976-04-05; Margaret Thatcher 1979-05-04; John Major 1990-11-28; Tony Blair 1997-05-02; Gordon Brown 2007-06-27; David Cameron 2010-05-11; Theresa May 2016-07-13; Boris Johnson 2019-07-24; Liz Truss 2022-09-06; Rishi Sunak 2022-10-25; Keir Starmer 2024-07-05
GB|foreign secretary|Lord Lansdowne 1900-11-12; Edward Grey 1905-12-10; Arthur Balfour 1916-12-10; Lord Curzon 1919-10-23; Ramsay MacDonald 1924-01-22; Austen Chamberlain 1924-11-06; Arthur Henderson 1929-06-07; Lord Reading 1931-08-25; John Simon 1931-11-05; Samuel Hoare 1935-06-07; - 1935-12-18; Anthony Eden 1935-12-22; - 1938-02-20; Lord Halifax 1938-02-21; Anthony Eden 1940-12-22; Ernest Bevin 1945-07-27; Herbert Morrison 1951-03-09; Anthony Eden 1951-10-28; Harold Macmillan 1955-04-07; Selwyn Lloyd 1955-12-20; Lord Home 1960-07-27; R. A. Butler 1963-10-20; Patrick Gordon Walker 1964-10-16; Michael Stewart 1965-01-22; George Brown 1966-08-11; Michael Stewart 1968-03-16; Alec Douglas-Home 1970-06-20; James Callaghan 1974-03-05; Anthony Crosland 1976-04-08; - 1977-02-19; David Owen 1977-02-21; Lord Carrington 1979-05-04; Francis Pym 1982-04-06; Geoffrey Howe 1983-06-11; John Major 1989-07-24; Douglas Hurd 1989-10-26; Malcolm Rifkind 1995-07-05; Robin Cook 1997-05-02; Jack Straw 2001-06-08; Margaret Beckett 2006-05-05; David Miliband 2007-06-28; William Hague 2010-05-12; Philip Hammond 2014-07-15; Boris Johnson 2016-07-13; Jeremy Hunt 2018-07-09; Dominic Raab 2019-07-24; Liz Truss 2021-09-15; James Cleverly 2022-09-06; David Cameron 2023-11-13; David Lammy 2024-07-05; Yvette Cooper 2025-09-05
RU|emperor|Nicholas II 1894-11-01; - 1917-03-15
RU|chairman of the council of ministers|Vladimir Lenin 1917-11-08; - 1924-01-21; Alexei Rykov 1924-02-02; Vyacheslav Molotov 1930-12-19; Joseph Stalin 1941-05-06; Georgy Malenkov 1953-03-05; Nikolai Bulganin 1955-02-08; Nikita Khrushchev 1958-03-27; Alexei Kosygin 1964-10-15; Nikolai Tikhonov 1980-10-23; Nikolai Ryzhkov 1985-09-27; - 1991-01-14
RU|party leader|Joseph Stalin 1922-04-03; - 1953-03-05; Nikita Khrushchev 1953-09-07; Leonid Brezhnev 1964-10-14; - 1982-11-10; Yuri Andropov 1982-11-12; - 1984-02-09; Konstantin Chernenko 1984-02-13; - 1985-03-10; Mikhail Gorbachev 1985-03-11; - 1991-08-24
RU|president|Mikhail Gorbachev 1990-03-15; - 1991-12-25; Boris Yeltsin 1991-12-25; Vladimir Putin 2000-05-07; Dmitry Medvedev 2008-05-07; Vladimir Putin 2012-05-07
RU|foreign minister|Vladimir Lamsdorf 1901-01-07; Alexander Izvolsky 1906-05-11; Sergei Sazonov 1910-09-28; - 1916-07-20; Georgy Chicherin 1918-05-30; Maxim Litvinov 1930-07-21; Vyacheslav Molotov 1939-05-03; Andrei Vyshinsky 1949-03-04; Vyacheslav Molotov 1953-03-05; Dmitri Shepilov 1956-06-01; Andrei Gromyko 1957-02-15; Eduard Shevardnadze 1985-07-02; - 1990-12-20; Alexander Bessmertnykh 1991-01-15; - 1991-08-23; Andrei Kozyrev 1991-12-26; Yevgeny Primakov 1996-01-09; Igor Ivanov 1998-09-11; Sergei Lavrov 2004-03-09
FR|president|Émile Loubet 1899-02-18; Armand Fallières 1906-02-18; Raymond Poincaré 1913-02-18; Paul Deschanel 1920-02-18; Alexandre Millerand 1920-09-23; Gaston Doumergue 1924-06-13; Paul Doumer 1931-06-13; - 1932-05-07; Albert Lebrun 1932-05-10; - 1940-07-11; Vincent Auriol 1947-01-16; René Coty 1954-01-16; Charles de Gaulle 1959-01-08; - 1969-04-28; Georges Pompidou 1969-06-20; - 1974-04-02; Valéry Giscard d'Estaing 1974-05-27; François Mitterrand 1981-05-21; Jacques Chirac 1995-05-17; Nicolas Sarkozy 2007-05-16; François Hollande 2012-05-15; Emmanuel Macron 2017-05-14
FR|prime minister|Michel Debré 1959-01-08; Georges Pompidou 1962-04-14; Maurice Couve de Murville 1968-07-10; Jacques Chaban-Delmas 1969-06-20; Pierre Messmer 1972-07-05; Jacques Chirac 1974-05-27; Raymond Barre 1976-08-25; Pierre Mauroy 1981-05-21; Laurent Fabius 1984-07-17; Jacques Chirac 1986-03-20; Michel Rocard 1988-05-10; Édith Cresson 1991-05-15; Pierre Bérégovoy 1992-04-02; Édouard Balladur 1993-03-29; Alain Juppé 1995-05-17; Lionel Jospin 1997-06-02; Jean-Pierre Raffarin 2002-05-06; Dominique de Villepin 2005-05-31; François Fillon 2007-05-17; Jean-Marc Ayrault 2012-05-15; Manuel Valls 2014-03-31; Bernard Cazeneuve 2016-12-06; Édouard Philippe 2017-05-15; Jean Castex 2020-07-03; Élisabeth Borne 2022-05-16; Gabriel Attal 2024-01-09; Michel Barnier 2024-09-05; François Bayrou 2024-12-13; Sébastien Lecornu 2025-09-09
FR|foreign minister|Théophile Delcassé 1898-06-28; - 1905-06-06; Aristide Briand 1925-04-17; - 1926-07-19; Aristide Briand 1926-07-23; - 1932-01-12; Georges Bonnet 1938-04-10; - 1939-09-13; Maurice Couve de Murville 1958-06-01; Michel Debré 1968-05-31; Maurice Schumann 1969-06-22; - 1973-03-15; Michel Jobert 1973-04-05; Jean Sauvagnargues 1974-05-28; Louis de Guiringaud 1976-08-27; Jean François-Poncet 1978-11-29; Claude Cheysson 1981-05-22; Roland Dumas 1984-12-07; Jean-Bernard Raimond 1986-03-20; Roland Dumas 1988-05-10; Alain Juppé 1993-03-30; Hervé de Charette 1995-05-18; Hubert Védrine 1997-06-04; Dominique de Villepin 2002-05-07; - 2004-03-31
DE|emperor|Wilhelm II 1888-06-15; - 1918-11-09
DE|chancellor|Chlodwig zu Hohenlohe-Schillingsfürst 1894-10-29; Bernhard von Bülow 1900-10-17; Theobald von Bethmann Hollweg 1909-07-14; Georg Michaelis 1917-07-14; Georg von Hertling 1917-11-01; Max von Baden 1918-10-03; - 1918-11-09; Heinrich Brüning 1930-03-30; Franz von Papen 1932-06-01; Kurt von Schleicher 1932-12-03; Adolf Hitler 1933-01-30; - 1945-04-30; Konrad Adenauer 1949-09-15; Ludwig Erhard 1963-10-16; Kurt Georg Kiesinger 1966-12-01; Willy Brandt 1969-10-21; - 1974-05-07; Helmut Schmidt 1974-05-16; Helmut Kohl 1982-10-01; Gerhard Schröder 1998-10-27; Angela Merkel 2005-11-22; Olaf Scholz 2021-12-08; Friedrich Merz 2025-05-06
DE|president|Friedrich Ebert 1919-02-11; - 1925-02-28; Paul von Hindenburg 1925-05-12; - 1934-08-02; Theodor Heuss 1949-09-13; Heinrich Lübke 1959-09-13; Gustav Heinemann 1969-07-01; Walter Scheel 1974-07-01; Karl Carstens 1979-07-01; Richard von Weizsäcker 1984-07-01; Roman Herzog 1994-07-01; Johannes Rau 1999-07-01; Horst Köhler 2004-07-01; - 2010-05-31; Christian Wulff 2010-06-30; - 2012-02-17; Joachim Gauck 2012-03-18; Frank-Walter Steinmeier 2017-03-19
DE|foreign minister|Gustav Stresemann 1923-08-13; - 1929-10-03; Julius Curtius 1929-10-04; - 1931-10-03; Konstantin von Neurath 1932-06-01; Joachim von Ribbentrop 1938-02-04; - 1945-04-30; Konrad Adenauer 1951-03-15; Heinrich von Brentano 1955-06-07; - 1961-10-30; Gerhard Schröder 1961-11-14; Willy Brandt 1966-12-01; Walter Scheel 1969-10-22; Hans-Dietrich Genscher 1974-05-17; - 1982-09-17; Hans-Dietrich Genscher 1982-10-04; Klaus Kinkel 1992-05-18; Joschka Fischer 1998-10-27; Frank-Walter Steinmeier 2005-11-22; Guido Westerwelle 2009-10-28; Frank-Walter Steinmeier 2013-12-17; Sigmar Gabriel 2017-01-27; Heiko Maas 2018-03-14; Annalena Baerbock 2021-12-08; Johann Wadephul 2025-05-06
IT|prime minister|Benito Mussolini 1922-10-31; - 1943-07-25; Alcide De Gasperi 1945-12-10; - 1953-08-17; Amintore Fanfani 1960-07-26; Giovanni Leone 1963-06-21; Aldo Moro 1963-12-04; - 1968-06-24
JP|prime minister|Shigeru Yoshida 1948-10-15; Ichiro Hatoyama 1954-12-10; Tanzan Ishibashi 1956-12-23; Nobusuke Kishi 1957-02-25; Hayato Ikeda 1960-07-19; Eisaku Sato 1964-11-09; Kakuei Tanaka 1972-07-07; Takeo Miki 1974-12-09; Takeo Fukuda 1976-12-24; Masayoshi Ohira 1978-12-07; - 1980-06-12; Zenko Suzuki 1980-07-17; Yasuhiro Nakasone 1982-11-27; Noboru Takeshita 1987-11-06; - 1989-06-03
CN|premier|Zhou Enlai 1949-10-01; - 1976-01-08; Hua Guofeng 1976-02-03; Zhao Ziyang 1980-09-10; Li Peng 1987-11-24; Zhu Rongji 1998-03-17; Wen Jiabao 2003-03-16; Li Keqiang 2013-03-15; Li Qiang 2023-03-11
CA|prime minister|Wilfrid Laurier 1896-07-11; Robert Borden 1911-10-10; Arthur Meighen 1920-07-10; William Lyon Mackenzie King 1921-12-29; - 1926-06-28; William Lyon Mackenzie King 1926-09-25; R. B. Bennett 1930-08-07; William Lyon Mackenzie King 1935-10-23; Louis St. Laurent 1948-11-15; John Diefenbaker 1957-06-21; Lester B. Pearson 1963-04-22; Pierre Trudeau 1968-04-20; Joe Clark 1979-06-04; Pierre Trudeau 1980-03-03; John Turner 1984-06-30; Brian Mulroney 1984-09-17; Kim Campbell 1993-06-25; Jean Chrétien 1993-11-04; Paul Martin 2003-12-12; Stephen Harper 2006-02-06; Justin Trudeau 2015-11-04; Mark Carney 2025-03-14
UN|secretary-general|Trygve Lie 1946-02-02; Dag Hammarskjöld 1953-04-10; - 1961-09-18; U Thant 1961-11-03; Kurt Waldheim 1972-01-01; Javier Pérez de Cuéllar 1982-01-01; Boutros Boutros-Ghali 1992-01-01; Kofi Annan 1997-01-01; Ban Ki-moon 2007-01-01; António Guterres 2017-01-01
VA|pope|Leo XIII 1878-02-20; - 1903-07-20; Pius X 1903-08-04; - 1914-08-20; Benedict XV 1914-09-03; - 1922-01-22; Pius XI 1922-02-06; - 1939-02-10; Pius XII 1939-03-02; - 1958-10-09; John XXIII 1958-10-28; - 1963-06-03; Paul VI 1963-06-21; - 1978-08-06; John Paul II 1978-10-16; - 2005-04-02; Benedict XVI 2005-04-19; - 2013-02-28; Francis 2013-03-13; - 2025-04-21; Leo XIV 2025-05-08
"""  # noqa: E501 - one row an office is easier to check against its source


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in an office, from `start` to the day before `end` (None: still)."""

    country: str
    office: str
    name: str
    start: dt.date
    end: dt.date | None

    def covers(self, day: dt.date) -> bool:
        """Say whether the person held the office on that day."""
        return self.start <= day and (self.end is None or day < self.end)


@cache
def list_terms() -> tuple[Term, ...]:
    """Return every term that ships, in order of country, office and start."""
    terms: list[Term] = []
    for row in _ROWS.strip().splitlines():
        country, office, holders = row.split("|")
        steps = [piece.strip().rpartition(" ") for piece in holders.split(";")]
        days = [dt.date.fromisoformat(day) for _, _, day in steps]
        for index, (name, _, _) in enumerate(steps):
            if name == "-":
                continue
            end = days[index + 1] if index + 1 < len(days) else None
            terms.append(Term(country, office, name, days[index], end))
    return tuple(terms)


def find_holders(country: str, office: str, first: dt.date, last: dt.date) -> tuple[Term, ...]:
    """Return the terms of an office that touch the days from `first` to `last`."""
    return tuple(
        t
        for t in list_terms()
        if t.country == country
        and t.office == office
        and t.start <= last
        and (t.end is None or t.end > first)
    )
