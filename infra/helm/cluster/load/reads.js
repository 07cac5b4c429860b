// Reads of the list of videos from one address, by k6: as many as there can be over VUS connections, or RATE a second. KEYS is a file, a key a line.
import exec from 'k6/execution';
import http from 'k6/http';

const { ADDRESS, KEYS, DURATION, VUS = '20', RATE = '0' } = __ENV;
const keys = open(KEYS).trim().split('\n');
const [vus, rate, duration] = [Number(VUS), Number(RATE), DURATION];

export const options = {
  discardResponseBodies: true,
  summaryTrendStats: ['med', 'p(95)', 'p(99)'],
  scenarios: {
    reads:
      rate === 0
        ? { executor: 'constant-vus', vus, duration }
        : { executor: 'constant-arrival-rate', rate, timeUnit: '1s', duration, preAllocatedVUs: vus, maxVUs: 5 * vus },
  },
};

export default function read() {
  const key = keys[exec.scenario.iterationInTest % keys.length];
  http.get(`${ADDRESS}/api/v1/videos?limit=50`, { headers: { Authorization: `Bearer ${key}` } });
}

export function handleSummary({ metrics }) {
  const { http_reqs: reads, http_req_failed: failed, http_req_duration: took, dropped_iterations: late } = metrics;
  const told = {
    perSecond: reads.values.rate,
    failed: failed.values.passes,
    late: late === undefined ? 0 : late.values.count,
    p95Ms: took.values['p(95)'],
  };
  return { stdout: JSON.stringify(told) };
}
