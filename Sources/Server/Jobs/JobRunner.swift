import Database
import Logging
import Rules
import ServiceLifecycle

/// Carries out what was ordered, in each lane in the order it falls due. Woken by whoever ordered something, and once a second for what
/// falls due by itself. A job is leased while it is worked on: should the server die, it is taken up again.
struct JobRunner: Service {
    typealias Handler = @Sendable (Job) async throws -> JobOutcome

    let database: Database
    let clock: Clock
    let bell: Bell
    let handlers: [JobKind: Handler]
    let logger: Logger

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while (try? await Task.sleep(for: .seconds(1))) != nil { bell.ring() }
            }
            for lane in JobLane.allCases { group.addTask { await carryOut(lane) } }
            await withGracefulShutdownHandler {
                for _ in JobLane.allCases { await group.next() }
            } onGracefulShutdown: {
                bell.silence()
            }
            group.cancelAll()
        }
    }

    private func carryOut(_ lane: JobLane) async {
        for await _ in bell.rings(in: lane) {
            do {
                while !Task.isShuttingDownGracefully {
                    let due = try await database.send(as: Worker(), .lease(in: lane, at: clock.now()))
                    if due.isEmpty { break }
                    await withTaskGroup(of: Void.self) { group in
                        for job in due { group.addTask { await carryOut(job) } }
                    }
                }
            } catch {
                logger.warning("jobs could not be read", metadata: ["error": "\(error)"])
            }
        }
    }

    private func carryOut(_ job: Job) async {
        do {
            switch try await handlers[job.kind]?(job) ?? .done {
            case .done: try await end(job)
            case .again: try await later(job)
            }
        } catch {
            logger.error("a job failed", metadata: ["job": "\(job.kind.rawValue)", "id": "\(job.id)", "error": "\(error)"])
            try? await later(job)
        }
    }

    private func end(_ job: Job) async throws {
        _ = try await database.send(as: Worker(), .end(job))
    }

    private func later(_ job: Job) async throws {
        guard let wait = job.waitBeforeNext else {
            logger.error("a job was given up", metadata: ["job": "\(job.kind.rawValue)", "id": "\(job.id)"])
            return try await end(job)
        }
        _ = try await database.send(as: Worker(), .postpone(job, to: clock.now().adding(seconds: wait)))
    }
}

/// Wakes the job runner in all its lanes. Rings that come while one works are one ring.
final class Bell: Sendable {
    private let lanes = JobLane.allCases.map { _ in AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

    func rings(in lane: JobLane) -> AsyncStream<Void> { lanes[lane.rawValue].stream }
    func ring() { for lane in lanes { lane.continuation.yield() } }
    func silence() { for lane in lanes { lane.continuation.finish() } }
}

extension Query where A == Worker, R == [Job] {
    /// A kind that only another version knows is in no lane, and waits for it.
    fileprivate static func lease(in lane: JobLane, at now: Instant) -> Query {
        .rows("""
            with due as (
              select id from app.jobs where run_at <= \(now) and kind = any (\(lane.kinds.map(\.rawValue)))
              order by run_at limit \(lane.atOnce) for update skip locked)
            update app.jobs j set run_at = \(now.adding(seconds: 120)), attempts = attempts + 1 from due where j.id = due.id
            returning j.id, j.kind, j.municipality_id, j.subject, j.generation, j.attempts
            """, writes: true) { row in
            Job(
                id: try row.next(), kind: try JobKind(stored: row.next()), municipality: try row.nextOrNull(),
                subject: try row.next(), generation: try row.next(), attempts: try row.next())
        }
    }
}

extension Query where A == Worker, R == Int {
    fileprivate static func end(_ job: Job) -> Query {
        .write("delete from app.jobs where id = \(job.id)", repeatable: true)
    }

    fileprivate static func postpone(_ job: Job, to time: Instant) -> Query {
        .write("update app.jobs set run_at = \(time) where id = \(job.id)", repeatable: true)
    }
}
