def make_papers(*a):
    return 0
