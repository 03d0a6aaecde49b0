"""Two documents with lists in them, as people write them."""

LEASE = """Mill Lane lease

This lease is made between Harbour Estates and Nora Quist.

# Duties

The tenant must:

- keep the premises clean and dry;
- insure her own tools;
- let the landlord in once a quarter.

The tenant must not:

- keep petrol on the premises;
- sublet any part of the workshop.

# Included in the rent

1. water

2. refuse collection

3. one parking space

# Notice

The lease ends on 1 May 2031. Keys are returned on that day.
"""

RIVER = """The Senna Trust

The Trust has taken three measures. First, it removed the weir at Torp. Second, it planted alders
along the bank. Third, it bought the fishing rights below Lund.

These fish were counted:

| fish | number |
|---|---|
| brown trout | 412 |
| grayling | 57 |

# Ways to help

- Plant a tree.
- Count fish in May.
"""

TEXTS = {"mill lane.md": LEASE, "senna trust.md": RIVER}
