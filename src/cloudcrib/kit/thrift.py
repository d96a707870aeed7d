"""What moto and boto3 would make anew for each client and each empty account, made once a process or when it is asked for."""

from __future__ import annotations

import functools
from typing import Any


@functools.cache
def methods_once() -> None:
    """Give every client of a service the same methods: EC2 has eight hundred, which are the same each time."""
    from botocore.client import ClientCreator
    from moto.core import responses
    from moto.core.utils import method_names_from_class

    make, made = ClientCreator._create_methods, dict[tuple[str, str], dict[str, Any]]()

    def methods(self: ClientCreator, service_model: Any) -> dict[str, Any]:
        key = (service_model.service_name, service_model.api_version)
        if key not in made:
            made[key] = make(self, service_model)
        return dict(made[key])

    ClientCreator._create_methods = methods
    vars(responses)["method_names_from_class"] = functools.cache(method_names_from_class)


@functools.cache
def images_when_asked_for() -> None:
    """Let an account list Amazon's thousand machine images, and their snapshots, once somebody looks, not each time it is emptied."""
    from moto.ec2.models import EC2Backend
    from moto.ec2.models.amis import AmiBackend

    load = AmiBackend._load_amis
    AmiBackend._load_amis = lambda self: vars(self).update(images_to_come=True)  # type: ignore[method-assign]
    for name in ("amis", "snapshots"):
        setattr(EC2Backend, name, _loading_first(name, load))


def _loading_first(name: str, load: Any) -> property:
    def found(self: Any) -> Any:
        if vars(self).pop("images_to_come", False):
            load(self)
        return vars(self)[name]

    return property(found, lambda self, value: vars(self).__setitem__(name, value))
