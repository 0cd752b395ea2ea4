import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// HTTP/1.1 where each connection is answered on the thread that watches its socket: a request is read, handled and answered without being handed over
/// to another thread in between.
///
/// A handler that computed for long would hold up the other connections of its thread: so only brief routes are handled there (`Route.isBrief`).
public struct OnItsLoop: ServerChildChannel {
    fileprivate let http: HTTP1Channel

    public func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        http.setup(channel: channel, logger: logger)
    }

    public func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await withTaskExecutorPreference(LoopExecutor(loop: value.channel.eventLoop)) { await http.handle(value: value, logger: logger) }
    }
}

extension HTTPServerBuilder {
    public static func onItsLoop(_ configuration: HTTP1Channel.Configuration) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in OnItsLoop(http: HTTP1Channel(responder: responder, configuration: configuration)) }
    }
}

/// Runs the parts of a task on an event loop.
private final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
