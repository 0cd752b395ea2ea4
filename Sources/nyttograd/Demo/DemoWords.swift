/// What people in the council with three years of rounds have written: its strategist about this year's result, some who answered, and the call to the
/// seminar.
enum DemoWords {
    struct Both: Codable, Sendable { let sv, en: String }
    struct Section: Codable, Sendable { let key: String, text: Both }
    struct Analysis: Codable, Sendable { let overall: Both, dimensions: [Section] }

    static let analysis = Analysis(overall: overall, dimensions: dimensions.enumerated().map { Section(key: "d\($0 + 1)", text: $1) })

    private static let overall = Both(
        sv: """
            På två år har vi gått från 2,5 till 2,9 sammantaget. Ökningen kommer från två håll: ledningen frågar efter nyttan (från 2,0 till 3,9) \
            och satsningarna börjar oftare i ett beskrivet behov (från 2,9 till 3,9). Det är också där vi valde att lägga kraften efter den första \
            omgången.
            Tre saker oroar. Förändring och hemtagning har sjunkit två år i rad, till 2,4: vi beslutar bättre än vi genomför. Om ansvaret är vi inte \
            ens överens om hur det är: direktörer och chefer ser 4,2, programområdena 1,9. Och uppföljningen är osynlig för många; fyra av tio svar \
            om den är vet ej.
            Gruppen har vuxit från 8 till 24 inbjudna, och de nya kommer mest från verksamheterna. Läs förändringarna med det i minnet: en del av \
            skillnaden kan vara att fler nu får säga hur det ser ut hos dem.
            Till workshopen föreslår vi den här ordningen: först samtalet om ansvar, sedan en enkel bild av hur uppföljningen går till i dag, och \
            först därefter nya arbetssätt.
            """,
        en: """
            In two years we have gone from 2.5 to 2.9 overall. The rise comes from two sides: the management asks for benefits (from 2.0 to 3.9), \
            and our initiatives begin more often with a need that has been described (from 2.9 to 3.9). That is also where we chose to put our \
            effort after the first round.
            Three things worry us. Change and realisation has fallen two years running, to 2.4: we decide better than we carry out. About \
            responsibility we do not even agree on how things are: directors and managers see 4.2, the programme areas 1.9. And follow-up is out of \
            sight for many; four in ten answers about it are don't know.
            The group has grown from 8 to 24 invited people, and the newcomers are mostly from the services. Read the changes with that in mind: a \
            part of the difference may be that more people now get to say how it looks where they work.
            For the workshop we propose this order: first the talk about responsibility, then a simple picture of how follow-up is done today, and \
            only then new ways of working.
            """)

    private static let dimensions = [
        Both(
            sv: """
                Det här är vår tydligaste framgång: 2,0, 3,1 och nu 3,9, och bilden är ungefär densamma i alla delar av gruppen. Ledningsgruppen \
                frågar numera efter nyttan vid varje redovisning. Nästa steg är inte mer styrning utan att den används: att en satsning ändras eller \
                stoppas när nyttan uteblir.
                """,
            en: """
                This is our clearest success: 2.0, 3.1 and now 3.9, and all parts of the group see much the same. The management team now asks for \
                the benefit at each report. The next step is not more steering but using it: that an initiative is changed or stopped when its \
                benefit fails to appear.
                """),
        Both(
            sv: """
                Behoven beskrivs innan lösningen väljs, och de som berörs är oftare med. Svagast är effektkedjan, som vi får öva mer på. Vi håller i \
                det vi gör och lägger ingen ny kraft här i år.
                """,
            en: """
                Needs are described before a solution is chosen, and those affected take part more often. Weakest is the benefit map, which we need \
                to practise. We keep up what we do and put no new effort in here this year.
                """),
        Both(
            sv: """
                Lägst av alla områden, och i stort sett oförändrat sedan i fjol. Lägg märke till att önskat läge bara är 2,3: få vill ha mer \
                kalkyler. Varför det är så säger inte siffrorna. En fråga till workshopen: för vem skriver vi underlagen? Vi föreslår en enda sida \
                för de två största satsningarna, och att vi sedan frågar igen.
                """,
            en: """
                Lowest of all, and much as it was last year. Note that the desired level is only 2.3: few wish for more calculations. Why, the \
                figures do not say. A question for the workshop: for whom do we write these papers? We propose one single page for the two largest \
                initiatives, and to ask again afterwards.
                """),
        Both(
            sv: """
                Sakta uppåt, 2,5 till 2,9. Vi jämför satsningarna inom varje förvaltning men sällan mellan dem. Listan över pågående satsningar \
                finns; det som saknas är att den ligger på bordet när budgeten görs.
                """,
            en: """
                Slowly upwards, 2.5 to 2.9. We compare initiatives within each department and seldom between them. There is a list of what is going \
                on; what is missing is that it lies on the table when the budget is made.
                """),
        Both(
            sv: """
                Bakom medelvärdet 2,8 finns två bilder. De som leder ser namngivna ansvariga; de som arbetar i verksamheterna ser dem inte, och \
                stödfunktionerna står mitt emellan. Båda kan ha rätt: ansvaret kan vara beslutat utan att ha nått fram. Därför börjar vi med ett \
                samtal där båda bilderna får plats, innan någon skriver en ny rollbeskrivning.
                """,
            en: """
                Behind the mean of 2.8 there are two pictures. Those who lead see named people; those who work in the services do not, and the \
                support functions stand between. Both may be right: the responsibility may have been decided without having arrived. So we begin \
                with a talk that has room for both pictures, before anybody writes a new description of roles.
                """),
        Both(
            sv: """
                Från 3,2 till 2,7 och nu 2,4: det enda område som tydligt har backat två gånger. Systemen blir införda, men arbetssätten ändras för \
                sällan. Lägst ligger frågan om vad frigjord tid och frigjorda pengar ska gå till. Här behövs en plan i en enda satsning, gjord \
                ordentligt, hellre än en mall för alla.
                """,
            en: """
                From 3.2 to 2.7 and now 2.4: the only one that has clearly fallen twice. Systems are introduced, but ways of working change too \
                seldom. Lowest is the question of what time and money that are set free shall go to. What is needed is a plan in one single \
                initiative, done properly, rather than a template for all.
                """),
        Both(
            sv: """
                Fyra av tio svar är vet ej. Innan vi talar om nivån behöver vi visa vad som görs: vilka nyttor som mäts, av vem och var det står. De \
                som har svarat på frågorna ligger lågt och vill mycket (2,1 mot 4,2), så intresset finns.
                """,
            en: """
                Four in ten answers are don't know. Before we talk about the level we need to show what is done: which benefits are measured, by \
                whom, and where it is written. Those who did answer the questions are low and wish for much (2.1 against 4.2), so the interest is \
                there.
                """),
        Both(
            sv: """
                Stadigt uppåt, och bäst är det med utbildningen. Att det är tryggt att berätta att en nytta inte kom ligger lägst. Det är bra att \
                veta inför samtalet om ansvar: det behöver en ledare som har gjort sådant förr.
                """,
            en: """
                Steadily upwards, and best is the training. Lowest is that it is safe to say that a benefit did not come. That is good to know \
                before the talk about responsibility: it needs to be led by somebody who has done such things before.
                """),
    ]

    struct Comment: Sendable { let dimension, text: String, consent: Bool }

    /// By people who are asked not to be recognised. The last one is not for others to read, and is deleted with the answers.
    static let comments = [
        Comment(dimension: "d1", text: "Frågan om nytta ställs numera på varje ledningsgrupp. Fortsätt med det.", consent: true),
        Comment(dimension: "d5", text: "Jag får höra att någon är ansvarig, men inte vem det är när projektet är slut.", consent: true),
        Comment(dimension: "d6", text: "Vi får nya system men ingen tid att ändra hur vi arbetar.", consent: true),
        Comment(dimension: "d7", text: "Jag har aldrig sett en uppföljning av det vi införde. Finns den?", consent: true),
        Comment(dimension: "d3", text: "Det här skriver jag bara för min egen skull.", consent: false),
    ]
}

/// The meeting before this year's round.
struct DemoSeminar: Encodable, Sendable {
    struct Material: Encodable, Sendable { let title, link: String }

    let startsAt, endsAt: String
    var place = "Stadshuset, sal Lärkan"
    var link = "https://mote.demo11.example/nytta"
    var agenda = "Vad nytta är, och de sju frågorna.\nVad vi gjorde efter förra omgången.\nHur vi svarar, och vad som händer med svaren."
    var materials = [Material(title: "Förra omgångens rapport", link: "https://intranat.demo11.example/nytta/rapport")]

    /// What some of those invited write back, by their place; the fourth comes all the same.
    static let notes = [
        3: "Kommer en kvart sent.", 8: "Sitter i budgetberedning, läser materialet efteråt.", 14: "Kan inte den dagen, men svarar gärna på frågorna.",
    ]
}
