from __future__ import annotations

import pkgutil

import mawaqif


def test_no_module_is_called_as_a_function_of_the_package() -> None:
    # The import of a module `mawaqif.x` would put itself in the place of the function `mawaqif.x`.
    modules = {module.name for module in pkgutil.iter_modules(mawaqif.__path__)}
    assert not modules & set(mawaqif.__all__)
