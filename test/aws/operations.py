"""What moto answers, service by service: a method of its response class for each operation that botocore knows."""
import importlib
import inspect
import json
import sys

import botocore.session
from botocore import xform_name
from moto.core.responses import BaseResponse

session = botocore.session.get_session()


def answered(service: str, module: str) -> list[str]:
    try:
        found = importlib.import_module(f"moto.{module}.responses")
    except ModuleNotFoundError:
        return []
    own: set[str] = set()
    for _, one in inspect.getmembers(found, inspect.isclass):
        if issubclass(one, BaseResponse) and one.__module__ == found.__name__:
            own |= set(vars(one))
    names = session.get_service_model(service).operation_names
    return sorted(name for name in names if xform_name(name) in own)


json.dump({name: answered(name, name.replace("-", "")) for name in sys.argv[1:]}, sys.stdout, indent=2)
