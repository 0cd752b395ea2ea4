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


def questionnaire(key="lp-1", version=1, dimensions=2, items=1, levels=3, word=None, full=False):
    """Items: in each dimension, or a list of numbers. Word: what each text begins with. Full: every text as long as it may be."""
    def say(mark, most, usual):
        return text(f"{word} {mark}" if word else mark, most if full else min(most, usual))

    counts = items if isinstance(items, list) else [items] * dimensions
    return {
        "key": key, "version": version, "source": "own", "name": say(f"Enkät {key}", 100, 30), "introduction": say("Inledning:", 4000, 200),
        "levels": [{"name": say(f"Steg{level}", 40, 16), "descriptor": say(f"Kort om steg {level}:", 240, 80)} for level in range(1, levels + 1)],
        "dimensions": [
            {
                "key": f"a{d}", "name": say(f"Område {d}", 80, 24), "description": say(f"Om område {d}:", 600, 100),
                "anchors": [say(f"Tecken {d}.{level}:", 500, 80) for level in range(1, levels + 1)],
                "items": [
                    {
                        "key": f"a{d}.{i}", "statement": say(f"Påstående {d}.{i}:", 200, 60), "clarification": say(f"Det vill säga {d}.{i}:", 500, 60),
                        "example": say(f"Till exempel {d}.{i}:", 500, 60), "questions": [(d + i) % 7 + 1], "terms": ["baseline"] if i == 1 else []}
                    for i in range(1, count + 1)]}
            for d, count in enumerate(counts, 1)]}


def bridged(file, *versions, **was):
    """The file with a crosswalk to each version, where every item was the same, or the one named (`a1_1="b9.9"`)."""
    item = lambda key: {"item": key, "link": "same", "was": was.get(key.replace(".", "_"), key)}
    return {**file, "crosswalks": [{"version": version, "items": [item(key) for key in keys(file)]} for version in versions]}


def keys(questionnaire):
    return [item["key"] for dimension in questionnaire["dimensions"] for item in dimension["items"]]
