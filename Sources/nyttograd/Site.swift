import Database
import Hummingbird
import Server

/// All that answers over HTTP, put together.
func site(_ database: Database) -> Router<BasicRequestContext> {
    let router = Router()
    // For whoever watches the process: it runs; it can do its work.
    router.get("/livez") { _, _ in "alive\n" }
    router.get("/readyz") { _, _ -> Response in
        let isReady = await Readiness.isReady(database)
        return Response(status: isReady ? .ok : .serviceUnavailable, body: .init(byteBuffer: .init(string: isReady ? "ready\n" : "not ready\n")))
    }
    return router
}
