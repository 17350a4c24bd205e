"""The approach playbook: data in, pages out. mkdocs-macros loads this package and calls `define_env`."""


def define_env(env) -> None:
    """Declare the macros that pages may call; `env` is the plugin of mkdocs-macros."""
    from macros.adapters.mkdocs_macros import declare  # here, so that the command line starts without MkDocs

    declare(env)
