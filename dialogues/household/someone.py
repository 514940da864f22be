"""Somebody a message names, while it is read, and as a member of a household afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dialogues.kin_names import ME, Stage
from dialogues.state import Member

GROWN = 18
"""Years of age from which somebody is no child."""


@dataclass(eq=False)
class Someone:
    """One person or some who go together; None where a thing was not said, `heads` None where it is not said how many."""

    heads: int | None
    names: tuple[str, ...] = ()
    stage: Stage = "adult"
    categories: tuple[str, ...] | None = None
    either: bool = False
    tier: str | None = None
    age: int | None = None
    student: str | None = None
    university_here: bool | None = None
    elsewhere: bool = False
    """Insured as an employee, so that nothing is paid for this one here."""
    new: bool = True
    """Whether this message is the first to tell of them."""
    named: bool = False
    """Whether this message names or counts them."""
    linked: bool = False
    """Whether they were named together with others (我和老伴)."""
    part_of: Someone | None = None
    """Those of whom these are some (俩老人，一个低保)."""
    house: bool = False
    """Whether they are a relative's household (大伯一家四口)."""
    at: int | None = None
    """Where this message first names them."""
    added: bool = False
    """Whether they are added to a number of the household (一家三口，加上我爸妈)."""
    of_house: bool = False
    """Whether the category was said in the words of a household's (我是低保户)."""

    @property
    def told(self) -> bool:
        """Whether anything was said that bears on what they pay."""
        said = self.categories is not None or self.age is not None or self.elsewhere
        return said or bool(self.tier or self.student) or self.stage == "child"

    def grown_to(self, age: int) -> None:
        """Takes the age that was said."""
        self.age = age
        self.stage = "adult" if age >= GROWN else "child"

    def take(self, house: Someone) -> None:
        """What is now said of everybody holds for these, too."""
        self.tier = house.tier or self.tier
        if house.categories is not None and not self.named:
            self.categories, self.either = house.categories, house.either

    def member(self, house: Someone) -> Member:
        """These persons with what was said of all of them where nothing was said of just them."""
        categories = house.categories if self.categories is None else self.categories
        return Member(
            count=self.heads or 0,
            categories=categories or (),
            tier=self.tier or house.tier,
            age=self.age,
            stage=self.stage,
            student=self.student,
            university_here=self.university_here,
            either=house.either if self.categories is None else self.either,
            names=self.names,
            told=categories is not None,
            elsewhere=self.elsewhere,
        )


def someones(member: Member) -> list[Someone]:
    """A member known from before: each by himself where all of them have names."""
    own = Someone(
        heads=member.count or None,
        names=member.names,
        stage=member.stage,
        categories=member.categories if member.told else None,
        either=member.either,
        tier=member.tier,
        age=member.age,
        student=member.student,
        university_here=member.university_here,
        elsewhere=member.elsewhere,
        new=False,
    )
    if member.count > 1 and len(member.names) == member.count:
        return [_named(own, name) for name in member.names]
    return [own]


def _named(one: Someone, name: str) -> Someone:
    return replace(one, heads=1, names=(name,))


def heads(people: Iterable[Someone]) -> int:
    """How many they are together."""
    return sum(one.heads or 0 for one in people)


def is_me(one: Someone) -> bool:
    """Whether it is the person writing."""
    return one.names == (ME,)
