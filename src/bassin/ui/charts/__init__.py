"""Charts with axes and maps: said once as a `ChartInput`, drawn apart, kept on disk.

    from bassin.ui.charts.model import ChartInput, Point
    from bassin.ui.charts.client import ask

    svg = ask(ChartInput(kind="bars", title="…", said="…", ...), "page")

A web worker only builds a `ChartInput` and asks: Altair and the renderer weigh 250 MB and live
in one process (`python -m bassin.ui.charts.renderer`), or in a batch. Formats: "page" (SVG with
its font, for an <img>), "inline" (SVG without font, to put in a page), and three files that
carry title, source and mark: "svg", "png", "pdf".
"""
