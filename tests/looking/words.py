"""Every word of the product, from all modules of `handlers.texts`."""

import importlib
import pkgutil

from handlers import texts


def words_by_name() -> dict[str, object]:
    """The constants of every module, by `module.NAME`."""
    modules = [importlib.import_module(each.name) for each in pkgutil.iter_modules(texts.__path__, "handlers.texts.")]
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if name.isupper()
    }
