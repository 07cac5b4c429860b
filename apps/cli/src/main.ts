import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildProgram } from './program.ts';
import { explain } from './refusal.ts';
import type { Context, DetachedParent } from './context.ts';

const root = resolve(import.meta.dirname, '../../..');

function versionOf(manifest: string): string {
  const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : 'unknown';
}

function detachedParent(): DetachedParent | undefined {
  if (process.env['TRANSCODE_DETACHED'] !== 'true' || process.send === undefined) return undefined;
  return {
    tell: (line) => void process.send?.(line),
    release: () => void process.send?.({ up: true }, () => process.disconnect()),
  };
}

const detached = detachedParent();
// Whoever waits in the terminal gets the lines while it waits; the password among them is for no log.
const say = (line: string): void => {
  if (detached !== undefined && process.connected) detached.tell(line);
  else process.stderr.write(`${line}\n`);
};
const print = (line: string): void => {
  if (detached !== undefined && process.connected) detached.tell(line);
  else process.stdout.write(`${line}\n`);
};

const context: Context = {
  root,
  version: versionOf(join(root, 'package.json')),
  env: process.env,
  print,
  say,
  detached,
};

// A reader that goes away, such as `head`, ends us as a signal would; a log on a full disk does not.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.kill(process.pid, 'SIGTERM');
  });
}

const args = process.argv.slice(2);
try {
  await buildProgram(context, args, (code) => {
    process.exitCode = code;
  }).parseAsync(args, { from: 'user' });
} catch (error) {
  process.exitCode = 1;
  const explained = explain(error);
  if (explained === undefined) throw error;
  if (explained.tail !== '') say(explained.tail);
  say(`transcode: ${explained.sentence}`);
  // Whoever waits sees no word that it is up, and then how it ended.
  if (detached !== undefined && process.connected) process.disconnect();
}
