"""What may leave the portal of tables whose small numbers point to people.

`attack` finds out what a reader could, `guard` withholds until the attack fails, `equality` says what is counted. Pages
read what was released: reports.models.release. Only what releases imports the attack, which carries a solver.
"""
