import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import { startBenchStack } from './src/bench-stack.ts';
import { cpuSeconds } from './src/process-table.ts';
import { LoadProcess } from './src/reads/processes.ts';
import { startReadsApi } from './src/reads/start-reads-api.ts';
const sink = createServer((q, r) => { q.resume(); r.end(); });
await new Promise<void>((r) => { sink.listen(0, '127.0.0.1', r); });
const url = `http://127.0.0.1:${(sink.address() as any).port}`;
const stack = await startBenchStack('/work/main');
const load = new LoadProcess();
const redis = new Redis(stack.environment['REDIS_URL'] ?? '');
const V: Record<string, Record<string, string>> = {
  off: { LOG_LEVEL: 'silent' }, both: { LOG_LEVEL: 'info', OTEL_EXPORTER_OTLP_ENDPOINT: url },
};
await startReadsApi(stack, { connections: 20, settings: V.off! });
const apis: [string, any][] = [];
for (const [n, s] of Object.entries(V)) apis.push([n, await startReadsApi(stack, { connections: 20, settings: { ...s, NODE_OPTIONS: '--cpu-prof --cpu-prof-dir=/tmp/prof/' + n } })]);
import { readFileSync } from 'node:fs';
const us: Record<string, number[]> = {};
const stat = (pid: number) => { const t = readFileSync(`/proc/${pid}/stat`, 'utf8'); const f = t.slice(t.lastIndexOf(')') + 2).split(' '); return [Number(f[11]), Number(f[12])] as [number, number]; };
const sum: Record<string, number[]> = {};
for (let i = 0; i < 10; i++) for (const [n, api] of apis) {
  await redis.flushdb();
  const b = cpuSeconds(api.pid);
  const before = stat(api.pid); const { times } = await load.ask({ port: api.port, keys: [...api.keys], paths: ['/api/v1/me', '/api/v1/jobs?limit=50'], ms: 3000 });
  if (i > 0) { const after = stat(api.pid); const acc = (us[n] ??= [0,0,0]); acc[0]! += after[0]-before[0]; acc[1]! += after[1]-before[1]; acc[2]! += times.length; }
  if (i > 0) (sum[n] ??= []).push(((cpuSeconds(api.pid) - b) / times.length) * 1e6);
}
for (const [n, v] of Object.entries(sum)) console.log(n, v.map((x) => x.toFixed(0)).join(' '), 'µs CPU an answer');
for (const [n, [u, y, a]] of Object.entries(us) as any) console.log(n, 'user', (u * 1e4 / a).toFixed(0), 'system', (y * 1e4 / a).toFixed(0), 'answers', a);
await load.stop(); redis.disconnect(); await stack.dispose(); sink.close(); sink.closeAllConnections();
