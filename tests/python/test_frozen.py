"""A quick frozen dataclass is what `dataclass` would have made of it."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from backfile.frozen import frozen


@frozen
class Quick:
    """Two fields and a method."""

    name: str
    year: int | None = None

    def told(self) -> str:
        return f"{self.name} {self.year}"


@dataclasses.dataclass(frozen=True, slots=True)
class Plain:
    name: str
    year: int | None = None


def test_it_is_made_as_any_other():
    assert [Quick("a").told(), Quick("a", 1).told(), Quick(year=2, name="b").told()] == ["a None", "a 1", "b 2"]
    assert [part.name for part in dataclasses.fields(Quick)] == [part.name for part in dataclasses.fields(Plain)]
    assert repr(Quick("a", 1)) == repr(Plain("a", 1)).replace("Plain", "Quick")
    assert type(Quick("a")) is Quick and Quick.__doc__ == "Two fields and a method."


@pytest.mark.parametrize("arguments", [((), {}), (("a", 1, 2), {}), (("a",), {"name": "b"}), (("a",), {"month": 3})])
def test_wrong_arguments_are_refused(arguments):
    for kind in (Quick, Plain):
        with pytest.raises(TypeError, match=r"__init__\(\)"):
            kind(*arguments[0], **arguments[1])


def test_it_compares_copies_and_travels():
    one = Quick("a", 1)
    assert one == Quick("a", 1) != Quick("a", 2)
    assert hash(one) == hash(Quick("a", 1))
    assert [copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))] == [one] * 3  # noqa: S301 - our own
    assert dataclasses.replace(one, year=3) == Quick("a", 3)


def test_it_cannot_be_changed():
    one = Quick("a")
    for change in (lambda: setattr(one, "name", "b"), lambda: delattr(one, "name"), lambda: setattr(one, "more", 1)):
        with pytest.raises((dataclasses.FrozenInstanceError, AttributeError, TypeError)):
            change()
    assert one == Quick("a")
