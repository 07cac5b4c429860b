import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LOG_FIELDS, type LogField, type LogFieldKind } from '@transcode/contracts';
import { GO, goProgram, temporaryFolder, waitFor } from '@transcode/testing';
import { describe, expect, test } from 'vitest';
import { runTool } from '../../test/run-tool.ts';
import { mapped } from '../src/elastic/mappings.ts';
import { openElasticSink } from './elastic-sink.ts';

const LOGS = join(import.meta.dirname, '..');
const NAMES = ['machine', 'pods'];

/** A value of each kind, as our lines have it. */
const VALUES: Readonly<Record<LogFieldKind, (field: string) => unknown>> = {
  id: (field) => `the-${field}`,
  word: (field) => `some_${field}`,
  number: () => 7,
  text: (field) => `what ${field} says`,
  texts: (field) => [`one of ${field}`, 'and another'],
  error: () => ({ type: 'Error', message: 'It broke', stack: 'Error: It broke\n    at here', code: 'EBROKEN' }),
};
const TIME = '2026-01-02T03:04:05.678Z';

// Compiling takes some minutes the first time.
describe.skipIf(GO === undefined)('shippers, which are built by Go', { timeout: 1_800_000 }, () => {
  test('Alloy’s own parser and formatter read every file of it as it is', async () => {
    const bin = await goProgram(join(LOGS, 'alloy'));
    const files = NAMES.map((name) => join(LOGS, `loki/${name}.alloy`));
    expect(await runTool(bin, files, LOGS)).toBe('');
  });

  test('Filebeat finds nothing wrong with its configurations, and ships every field under its name in Elasticsearch', async () => {
    const bin = await goProgram(join(LOGS, 'filebeat'), 'github.com/elastic/beats/v7/filebeat');
    await using after = new AsyncDisposableStack();
    const folder = after.adopt(await temporaryFolder(), (one) => one.remove());
    const sink = after.adopt(await openElasticSink(), (one) => one.close());
    const logs = join(folder.path, 'logs');
    await mkdir(logs);
    const env = [
      ...[`ELASTICSEARCH_URL=${sink.url}`, 'ELASTICSEARCH_API_KEY=id:key', `TRANSCODE_LOGS=${logs}`],
      ...['NODE_NAME=node-1', 'POD_NAMESPACE=transcode'],
    ];
    const filebeat = (name: string): string[] => [
      ...[...env, bin, '-e', '--strict.perms=false', '-c', join(LOGS, `elastic/filebeat.${name}.yml`)],
      ...['--path.home', folder.path],
    ];
    for (const name of NAMES)
      expect(await runTool('env', [...filebeat(name), 'test', 'config'], folder.path)).toContain('Config OK');

    const fields = Object.entries(LOG_FIELDS) as [LogField, { kind: LogFieldKind }][];
    const line = Object.fromEntries(fields.map(([field, { kind }]) => [field, VALUES[kind](field)]));
    await appendFile(join(logs, 'api.log'), `${JSON.stringify({ ...line, time: TIME })}\n`);
    await appendFile(join(logs, 'worker-1.log'), 'This is no JSON.\n');
    after.adopt(spawn('env', filebeat('machine'), { stdio: 'ignore' }), async (child) => {
      child.kill();
      if (child.exitCode === null) await once(child, 'exit');
    });
    await waitFor(() => sink.documents.length >= 2, { timeout: 60_000 });

    expect(sink.documents.map(({ action, index }) => [action, index])).toEqual(
      sink.documents.map(() => ['create', 'logs-transcode-default']),
    );
    const sources = sink.documents.map(({ source }) => source);
    expect(sources.map((source) => source['message']).toSorted(byText)).toEqual(['This is no JSON.', 'what msg says']);
    const shipped = sources.find((source) => source['message'] === 'what msg says') ?? {};
    for (const { from, to } of mapped()) {
      const sent = from === 'time' ? TIME : from.split('.').reduce(within, line);
      expect([from, to.startsWith('@') ? shipped[to] : to.split('.').reduce(within, shipped)]).toEqual([from, sent]);
    }
    expect(shipped).not.toHaveProperty('line');
  });
});

function within(value: unknown, name: string): unknown {
  return (value as Readonly<Record<string, unknown>> | undefined)?.[name];
}

const byText = (a: unknown, b: unknown): number => String(a).localeCompare(String(b));
