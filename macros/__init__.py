"""The approach playbook: data in, pages out. mkdocs-macros loads this package and calls `define_env`."""


def define_env(env) -> None:
    """Declare the macros that pages may call; `env` is the plugin of mkdocs-macros."""
    from macros.engines.mkdocs.macros_plugin import declare  # here, so that the command line starts without MkDocs

    declare(env)
