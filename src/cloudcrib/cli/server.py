"""JupyterLab as `crib study` starts it: `python -m cloudcrib.cli.server`, with JupyterLab's own options."""

from __future__ import annotations

from cloudcrib.kit import address_grammar

if __name__ == "__main__":
    address_grammar.skip()
    from jupyterlab.labapp import main

    main()
