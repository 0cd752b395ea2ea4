-- wrk: each request is another participant's, at random. What to ask for comes by the environment.
local tokens = {}
for line in io.lines(os.getenv("BENCH_TOKENS")) do tokens[#tokens + 1] = line end
local path = os.getenv("BENCH_PATH")
local saving = os.getenv("BENCH_SAVING") == "1"
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init()
  math.randomseed(os.time() + number * 1000)
end

function request()
  local headers = { ["Authorization"] = "Bearer " .. tokens[math.random(#tokens)], ["Accept"] = "application/json" }
  if not saving then return wrk.format("GET", path, headers) end
  headers["Content-Type"] = "application/json"
  local item = "d" .. math.random(8) .. "." .. math.random(4)
  local body = string.format('{"current":%d,"desired":%d}', math.random(4), math.random(5))
  return wrk.format("PUT", (path:gsub("{item}", item)), headers, body)
end

function done(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %.0f %.0f %.0f\n", summary.requests, summary.duration, failed,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
