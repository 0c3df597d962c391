def make_returns(*a):
    return 0
