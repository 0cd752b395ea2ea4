-- wrk: each request with another of the headers (whose link or session it is), at random. What to ask for comes by the environment.
local lines = {}
for line in io.lines(os.getenv("BENCH_HEADERS")) do lines[#lines + 1] = line end
local path = os.getenv("BENCH_PATH")
local saves = os.getenv("BENCH_SAVES")
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init()
  math.randomseed(os.time() + number * 1000)
end

local function answer() return string.format('{"current":%d,"desired":%d}', math.random(4), math.random(5)) end

local function answers()
  local given = {}
  for dimension = 1, 8 do
    for item = 1, 4 do given[#given + 1] = string.format('"d%d.%d":%s', dimension, item, answer()) end
  end
  return '{"answers":{' .. table.concat(given, ",") .. '}}'
end

function request()
  local name, value = lines[math.random(#lines)]:match("^(.-): (.*)$")
  local headers = { [name] = value, ["Accept"] = path:find("^/api/") and "application/json" or "*/*" }
  if saves == "" then return wrk.format("GET", path, headers) end
  headers["Content-Type"] = "application/json"
  if saves == "all" then return wrk.format("PATCH", path, headers, answers()) end
  local item = "d" .. math.random(8) .. "." .. math.random(4)
  return wrk.format("PUT", (path:gsub("{item}", item)), headers, answer())
end

function done(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %.0f %.0f %.0f %.0f\n", summary.requests, summary.duration, failed,
    latency:percentile(50), latency:percentile(95), latency:percentile(99), summary.bytes))
end
