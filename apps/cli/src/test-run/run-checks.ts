import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { countTests, type Count } from './count-tests.ts';
import type { Context } from '../context.ts';
import type { Check, Step } from './checks.ts';

/** Runs the steps one after the other, and those of one step side by side; a line each. What a failing one wrote is shown whole. */
export async function runChecks(context: Context, steps: readonly Step[], signal: AbortSignal): Promise<Count> {
  const counts: Count[] = [];
  for (const step of steps) {
    if (signal.aborted) break;
    const showing = showRunning(step.map(({ title }) => title).join(', '));
    counts.push(...(await Promise.all(step.map((check) => runCheck(context, check, signal)))));
    clearInterval(showing);
  }
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

async function runCheck(context: Context, check: Check, signal: AbortSignal): Promise<Count> {
  const started = performance.now();
  const { code, output } = await run(context, check, signal);
  const count = check.report === undefined ? wholeStep(code) : await countTests(check.report, code);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const numbers = check.report === undefined ? '' : `: ${count.passed} passed, ${count.failed} not`;
  if (count.failed > 0 || check.tells === true) context.print(output.trimEnd());
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K');
  context.print(`${count.failed === 0 ? 'ok    ' : 'FAILED'}  ${check.title}${numbers} (${seconds} s)`);
  return count;
}

const wholeStep = (code: number | null): Count => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

function showRunning(title: string): NodeJS.Timeout | undefined {
  if (!process.stderr.isTTY) return undefined;
  const started = Date.now();
  return setInterval(() => {
    process.stderr.write(`\r\u001B[2K${title} … ${Math.round((Date.now() - started) / 1000)} s`);
  }, 250);
}

/** The programs that the installer brought come first, as in a running installation. */
function run(context: Context, check: Check, signal: AbortSignal): Promise<{ code: number | null; output: string }> {
  const tools = join(context.root, '.tools');
  const folders = [
    dirname(process.execPath),
    join(tools, 'node_modules/.bin'),
    join(tools, 'bin'),
    context.env['PATH'] ?? '',
  ];
  const env = {
    ...context.env,
    PATH: folders.join(':'),
    CI: 'true',
    NO_COLOR: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    ...check.env,
  };
  return new Promise((resolve, reject) => {
    const child = spawn(check.command, check.args, { cwd: context.root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = (): void => void child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      signal.removeEventListener('abort', stop);
      resolve({ code, output });
    });
  });
}
