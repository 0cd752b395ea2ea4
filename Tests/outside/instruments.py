"""Questionnaires of any shape, as a council would write them: every text its own, and as long as one likes."""

WORDS = "nytta mål verksamhet uppföljning ansvar förvaltning omställning resurser kvalitet samverkan medborgarservice handlingsplan".split()
ENGLISH = "benefit target service follow-up responsibility department change resources quality collaboration citizen plan".split()


def text(mark, length):
    """In both languages, about so long, with a mark that no other text has."""
    def say(words):
        said, number = mark, sum(map(ord, mark))
        while len(said) + 1 + len(words[number % len(words)]) < length:
            said += " " + words[number % len(words)]
            number += 1
        return said

    return {"sv": say(WORDS), "en": say(ENGLISH)}


def questionnaire(dimensions, items, levels, key="lp-1", version=1, full=False):
    """Full: every text as long as it may be."""
    def long(most, usual):
        return most if full else min(most, usual)

    counts = items if isinstance(items, list) else [items] * dimensions
    return {
        "key": key, "version": version, "source": "own", "name": text(f"Enkät {key}", long(100, 30)), "introduction": text("Inledning:", long(4000, 200)),
        "levels": [{"name": text(f"Steg{level}", long(40, 16)), "descriptor": text(f"Kort om steg {level}:", long(240, 80))} for level in range(1, levels + 1)],
        "dimensions": [
            {
                "key": f"d{d}", "name": text(f"Område {d}", long(80, 24)), "description": text(f"Om område {d}:", long(600, 100)),
                "anchors": [text(f"Tecken {d}.{level}:", long(500, 80)) for level in range(1, levels + 1)],
                "items": [
                    {
                        "key": f"d{d}.{i}", "statement": text(f"Påstående {d}.{i}:", long(200, 60)), "clarification": text(f"Det vill säga {d}.{i}:", long(500, 60)),
                        "example": text(f"Till exempel {d}.{i}:", long(500, 60)), "questions": [(d + i) % 7 + 1], "terms": ["baseline"] if i == 1 else []}
                    for i in range(1, count + 1)]}
            for d, count in enumerate(counts, 1)]}


def keys(questionnaire):
    return [item["key"] for dimension in questionnaire["dimensions"] for item in dimension["items"]]
