import Database
import Hummingbird
import Logging

/// The outermost middleware: canonical paths, what every answer carries, refusals and faults as answers, and one log line for each request.
struct Gate: RouterMiddleware {
    let edge: Edge

    func handle(_ request: Request, context: EdgeContext, next: (Request, EdgeContext) async throws -> Response) async throws -> Response {
        let began = ContinuousClock.now
        var context = context
        context.visit = Visit(request, site: edge.site)
        var (response, roundTrips) = await RoundTrips.counting { [context] in
            do {
                _ = try Target(request.head.path ?? "")
                guard request.head.authority?.isEmpty == false else { throw Problem.noHost }
                guard Edge.methods.contains(request.method) else { throw Problem.methodUnknown }
                return try await next(request, context)
            } catch {
                return refusal(for: error, request, context)
            }
        }
        if request.method == .head { response = response.createHeadResponse() }
        edge.addHeaders(to: &response, context.visit)
        log(request, context, response, roundTrips, ContinuousClock.now - began)
        return response
    }

    private func refusal(for error: any Error, _ request: Request, _ context: EdgeContext) -> Response {
        var problem = Problem(from: error) ?? fault(error, context)
        // Who has shown a token is told that it is the token (RFC 6750 §3.1).
        if problem == .notSignedIn, request.headers[.authorization] != nil {
            problem = problem.with(.wwwAuthenticate, #"Bearer realm="nyttograd", error="invalid_token""#)
        }
        do {
            return try edge.write(.problem(problem), for: context.visit, nil, canSwitchLanguage: false)
        } catch {
            _ = fault(error, context)
            return Response(status: .internalServerError)
        }
    }

    /// Said once, here. Errors that describe themselves do it without private values (`SQLError`); of others only the type is told.
    private func fault(_ error: any Error, _ context: EdgeContext) -> Problem {
        let what = type(of: error) is any CustomStringConvertible.Type ? "\(error)" : "\(type(of: error))"
        context.logger.error("fault", metadata: [
            "trace": "\(context.visit.trace.id)", "route": "\(context.endpointPath ?? "none")", "type": "\(type(of: error))", "error": "\(what)",
        ])
        return .fault
    }

    /// The route's template, never the path or query that were sent: they may hold tokens.
    private func log(_ request: Request, _ context: EdgeContext, _ response: Response, _ roundTrips: Int, _ time: Duration) {
        let milliseconds = Double(time.components.seconds) * 1000 + Double(time.components.attoseconds / 1_000_000_000_000) / 1000
        context.logger.info("request", metadata: [
            "method": "\(Edge.methods.contains(request.method) ? request.method.rawValue : "unknown")",
            "route": "\(context.endpointPath ?? "none")", "status": "\(response.status.code)",
            "roundTrips": "\(roundTrips)", "ms": "\(milliseconds)", "trace": "\(context.visit.trace.id)",
        ])
    }
}
