"""Exposure of jobs to declared scenarios: what a shock on some activities would hit, and where.

A scenario is data (`declared`), jobs in place are intervals (`jobs`), a shock on them is arithmetic
(`exposure`) whose result may be hidden; `study` applies one to a place, `trades` and `quarters`
read it another way. Nothing here forecasts, and nothing looks beyond the first effect.
"""
