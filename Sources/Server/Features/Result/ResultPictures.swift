import Rules

/// The pictures of a result, each with its caption and the sentence that says what it shows. The table that says the same stands in the section it belongs to.
struct ResultPictures {
    let analysis: Analysis
    let instrument: Instrument
    /// By dimension, the current figure of the last round.
    let last: [String: Figure]
    let texts: Texts

    struct Picture {
        let key, title, caption, sentence: String
        let svg: SVG
        /// Where the table of the same figures stands on the page.
        let table: String

        var values: [String: PageValue] {
            [
                "pictureKey": .text(key), "pictureTitle": .text(title), "pictureCaption": .text(caption), "pictureSentence": .text(sentence),
                "pictureSource": .text(svg.source), "pictureTable": .text(table),
            ]
        }
    }

    var ofAreas: [Picture] { [ladder, radar, spread] }
    /// None where no item supports any of the seven questions.
    var ofQuestions: [Picture] { analysis.questions.isEmpty ? [] : [wheel] }

    private var language: Language { texts.language }

    private var ladder: Picture {
        let ladder = Ladder(analysis, of: instrument, in: language), sentence = ladder.sentence(in: language)
        let words = LadderPicture.Words(
            language: language, title: texts["result.picture"], description: sentence, current: texts["result.current"],
            desired: texts["result.desired"], spread: texts["result.spread"], tooFew: texts["result.tooFew"])
        return Picture(
            key: "ladder", title: texts["result.picture"], caption: texts["result.caption"], sentence: sentence,
            svg: LadderPicture(ladder: ladder, words: words).svg, table: "areas")
    }

    private var radar: Picture {
        let radar = Radar(analysis, of: instrument, last: last, in: language)
        let words = Radar.Words(
            language: language, title: texts["picture.radar"], current: texts["result.current"], desired: texts["result.desired"],
            last: texts["picture.last"], tooFew: texts["result.tooFew"])
        return Picture(
            key: "radar", title: texts["picture.radar"], caption: texts[radar.hasLast ? "picture.radarWithLast" : "picture.radarCaption"],
            sentence: radar.sentence(in: language), svg: radar.svg(words), table: "areas")
    }

    private var spread: Picture {
        let picture = SpreadPicture(analysis, of: instrument, in: language)
        let words = SpreadPicture.Words(
            language: language, title: texts["picture.spread"], alike: texts["picture.alike"], differently: texts["picture.differently"],
            tooFew: texts["result.tooFew"])
        return Picture(
            key: "spread", title: texts["picture.spread"], caption: texts["picture.spreadCaption"], sentence: picture.sentence(in: language),
            svg: picture.svg(words), table: "areas")
    }

    private var wheel: Picture {
        let wheel = Wheel(analysis, levels: instrument.levels.count, texts: texts)
        let words = Wheel.Words(
            language: language, title: texts["picture.wheel"], current: texts["result.current"], desired: texts["result.desired"],
            tooFew: texts["result.tooFew"])
        return Picture(
            key: "wheel", title: texts["picture.wheel"], caption: texts["picture.wheelCaption"], sentence: wheel.sentence(in: language),
            svg: wheel.svg(words), table: "questions-heading")
    }

    /// Of one dimension's items; its table is the histograms below it.
    static func heatMap(of dimension: Analysis.Dimension, _ instrument: Instrument, _ texts: Texts) -> Picture {
        let map = HeatMap(dimension, of: instrument, in: texts.language)
        return Picture(
            key: "heat-\(dimension.key)", title: texts["picture.heatMap"], caption: texts["picture.heatMapCaption"], sentence: map.sentence(in: texts.language),
            svg: map.svg(.init(language: texts.language, title: texts["picture.heatMap"], tooFew: texts["result.tooFew"])), table: "counts-\(dimension.key)")
    }
}
