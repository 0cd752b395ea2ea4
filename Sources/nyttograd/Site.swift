import Hummingbird

/// All that answers over HTTP, put together.
func site() -> Router<BasicRequestContext> {
    let router = Router()
    router.get("/livez") { _, _ in "alive\n" }
    return router
}
