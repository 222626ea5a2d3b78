"""Huffman's code, for the texts that the chapters send."""

import heapq
from collections.abc import Mapping


def huffman(counts: Mapping[str, float]) -> dict[str, str]:
    """The code word of each symbol: a shortest prefix code for these counts.

    >>> huffman({"sun": 4, "cloud": 2, "rain": 1, "storm": 1})
    {'cloud': '00', 'rain': '010', 'storm': '011', 'sun': '1'}
    """
    items = enumerate(sorted(counts.items()))
    heap = [(count, place, {symbol: ""}) for place, (symbol, count) in items]
    heapq.heapify(heap)
    while len(heap) > 1:
        few, place, zeros = heapq.heappop(heap)
        many, _, ones = heapq.heappop(heap)
        code = {symbol: "0" + word for symbol, word in zeros.items()}
        code |= {symbol: "1" + word for symbol, word in ones.items()}
        heapq.heappush(heap, (few + many, place, code))
    return heap[0][2]
