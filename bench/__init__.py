"""The figures that the documentation states, each measured beside what it is compared to.

``python -m bench.NAME --help`` says what can be chosen; small sizes take seconds.
"""
