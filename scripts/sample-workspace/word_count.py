"""Counts the words of text files: python3 word_count.py FILE..."""

import re
import sys
from collections import Counter
from pathlib import Path


def words(text: str) -> list[str]:
    """The words of a text in lower case, in their order."""
    return re.findall(r"[a-z']+", text.lower())


def most_common(text: str, count: int = 10) -> list[tuple[str, int]]:
    """The words that occur most often, with how often they do."""
    return Counter(words(text)).most_common(count)


# Start typing below: def longest(


if __name__ == "__main__":
    for file in sys.argv[1:]:
        for word, times in most_common(Path(file).read_text()):
            print(f"{times:6} {word}")
