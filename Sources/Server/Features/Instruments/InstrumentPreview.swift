import Rules

/// A questionnaire as its participants will see it, with nothing to save: by the same parts of pages as theirs.
struct InstrumentPreview {
    let view: QuestionnaireView
    /// Of its first page; a dimension's has its number below it.
    let path: String
    /// Where it was asked for: its path, and the words that lead there.
    let back: (path: String, text: String)
    let frame: Frame

    private var instrument: Instrument { view.instrument }
    private var texts: Texts { view.texts }

    var start: Page {
        let name = instrument.name[texts.language]
        let size = ["items": String(instrument.items.count), "areas": String(instrument.dimensions.count)]
        return Page("instruments/preview", title: texts("preview.title", ["name": name]), view.guide + [
            "backPath": .text(back.path), "backText": .text(back.text), "size": .text(texts("answer.size", size)), "firstPath": .text(path + "/1"),
            "areas": .groups(instrument.dimensions.enumerated()) { place, dimension in
                [
                    "areaPath": .text("\(path)/\(place + 1)"), "areaName": .text(dimension.name[texts.language]), "areaText": "", "isDone": false,
                ]
            },
            "isOpen": true, "isBegun": false,
        ], frame: frame)
    }

    /// - Parameter number: as it stands in the path, counted from 1.
    func dimension(_ number: String) throws -> Page {
        let dimensions = instrument.dimensions
        guard let place = instrument.place(number) else { throw Problem.notFound }
        let name = { (place: Int) in dimensions[place].name[texts.language] }, last = dimensions.count - 1
        let blank = dimensions[place].items.map { _ in Answer.blank }
        return Page("instruments/preview-dimension", title: "\(place + 1). \(name(place))", view.heading(place) + [
            "startPath": .text(path), "scalesText": .text(texts["preview.scales"]),
            "questions": view.questions(place, blank, FormView(.empty, texts)),
            "screens": .groups(dimensions.indices) { screen in
                [
                    "screenPath": .text("\(path)/\(screen + 1)"), "screenNumber": .number(screen + 1), "screenText": .text(name(screen)),
                    "isThis": .flag(screen == place),
                ]
            },
            "isFirst": .flag(place == 0), "isLast": .flag(place == last),
            "previousPath": .text("\(path)/\(max(place, 1))"), "previousText": .text(name(max(place - 1, 0))),
            "nextPath": .text("\(path)/\(min(place + 2, last + 1))"), "nextText": .text(name(min(place + 1, last))),
        ], frame: frame)
    }
}
