"""Names for many children; nobody here exists."""

import datetime as dt
import random
import re
from typing import Final

from workflows.demo import cases
from workflows.demo.growing.pattern import Child

_MORE_FIRST_NAMES: Final = """Adam Ayesha Beatrix Callum Chidi Daisy Dylan Elodie Esme Farah Felix
Gabriel Hana Harry Ines Isaac Jasmine Jude Keira Lena Logan Lucia Marcus Mina Nadia Nathan Niamh
Omar Orla Owen Phoebe Priya Rafael Rosie Samir Sofia Tariq Thea Tomasz Umar Violet Wren Yusuf"""
_MORE_LAST_NAMES: Final = """Abbott Adeyemi Akhtar Andrews Appleby Atkinson Bailey Banerjee Barrett
Bhatti Birch Blackwell Booth Bradley Brennan Bright Burrows Carter Cole Coleman Cooper Crossley
Dalton Davies Dawson Dhillon Dixon Doyle Drake Duffy Dyson Eccles Ellis Farrow Fawcett Finch Foster
Fox Frost Gallagher Gill Goddard Grant Hale Hanif Harker Hart Holt Hussain Iqbal Jackson Kaur Keane
Kelly Kemp Khan Lambert Leach Lewis Lister Lloyd Mahmood Marsden Marsh Mensah Mills Moss Murphy
Naylor Neal Noble Norris Novak Osborne Parry Patel Pearce Pickering Pole Popescu Quinn Rahman Reeve
Rhodes Rowe Sanders Scott Shah Silva Singh Slater Stone Sykes Tait Tan Tate Turner Usman Vaughan
Vickers Wade Walsh Ward Webb West Wilde Woods Wright Yates Young"""
FIRST_NAMES: Final = (*cases.FIRST_NAMES, *re.findall(r"\w+", _MORE_FIRST_NAMES))
LAST_NAMES: Final = (*cases.LAST_NAMES, *re.findall(r"\w+", _MORE_LAST_NAMES))
STREETS: Final = (
    "Beck Lane",
    "Mill Road",
    "Church Street",
    "Station Road",
    "Harbour View",
    "High Wold",
)
PARENTS: Final = (
    "Anna",
    "David",
    "Fatima",
    "James",
    "Karen",
    "Lee",
    "Maria",
    "Neil",
    "Samira",
    "Sue",
)
DAYS_EITHER_WAY: Final = 150  # days by which a copy is younger or older than its pattern


def child(number: int, born: dt.date, chance: random.Random) -> Child:
    """Return a child about as old as another one, with a parent.

    Args:
        number: For what must differ from all others.
        born: When the other one was born, moved as its dates are.
        chance: What names are drawn from.
    """
    last = chance.choice(LAST_NAMES)
    if chance.random() < 0.2:  # noqa: PLR2004 (some have two)
        last = f"{last}-{chance.choice(LAST_NAMES)}"
    street, house = chance.choice(STREETS), chance.randint(1, 240)
    return Child(
        first_name=chance.choice(FIRST_NAMES),
        last_name=last,
        born=born + dt.timedelta(days=chance.randint(-DAYS_EITHER_WAY, DAYS_EITHER_WAY)),
        parent=f"{chance.choice(PARENTS)} {last}",
        email=f"family{number}@families.test",
        address=f"{house} {street}\nWoldham\nWO{chance.randint(1, 9)} {chance.randint(1, 9)}AB",
    )
