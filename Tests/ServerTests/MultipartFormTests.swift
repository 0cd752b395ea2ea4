import Testing

@testable import Server

@Suite("Forms in which a file is chosen")
struct MultipartFormTests {
    private let type = "multipart/form-data; boundary=----form7"

    private func read(_ text: String, _ type: String? = nil) -> FormBody? {
        FormBody(multipart: Array(text.replacing("\n", with: "\r\n").utf8), contentType: type ?? self.type)
    }

    private static let whole = """
        ------form7
        Content-Disposition: form-data; name="text"

        rad ett

        rad två
        ------form7
        Content-Disposition: form-data; name="file"; filename="name=\"x.yaml"
        Content-Type: application/yaml

        key: å😀
        ------form7
        Content-Disposition: form-data; name="empty"


        ------form7--

        """

    @Test func textsAndFilesAreReadByName() {
        #expect(read(Self.whole) == FormBody(["text": ["rad ett\r\n\r\nrad två"], "file": ["key: å😀"], "empty": [""]]))
        #expect(read(Self.whole, "Multipart/Form-Data; charset=utf-8; boundary=\"----form7\"") != nil)
    }

    @Test(arguments: [
        "", "------form7", "------form8\n\nx\n------form8--\n", "------form7\n\nx\n------form7--\n", "------form7\n------form7--\n",
        "------form7\nContent-Disposition: form-data\n\nx\n------form7--\n", "------form7\nContent-Disposition: form-data; name=\"a\"\n\nx\n",
        "------form7\nContent-Disposition: form-data; name=\"a\"\n\n\0\n------form7--\n",
    ])
    func whatIsNotWholeIsRefused(text: String) {
        #expect(read(text) == nil)
    }

    @Test func aFormWithoutPartsIsEmpty() {
        #expect(read("------form7--\n") == FormBody([:]))
    }

    @Test func withoutABoundaryOrInAnotherEncodingNothingIsRead() {
        #expect(read(Self.whole, "multipart/form-data") == nil)
        #expect(FormBody(multipart: Array("------form7\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".utf8) + [0xFF] + Array("\r\n------form7--".utf8), contentType: type) == nil)
    }
}
