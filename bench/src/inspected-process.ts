import { freePort } from '@transcode/servers';
import { waitFor } from '@transcode/testing';
import * as z from 'zod';
import type { BenchProcess, BenchStack } from './bench-stack.ts';

/** A process that can be asked to collect its garbage. */
export interface InspectedProcess extends BenchProcess {
  /** The address by which Node's inspector is spoken to. */
  readonly inspector: string;
}

const Targets = z.tuple([z.object({ webSocketDebuggerUrl: z.string() })]);

/** Its inspector is opened by a signal, so that Node processes which it starts itself have none. */
export async function startInspected(
  stack: BenchStack,
  app: 'worker' | 'api',
  extra: Readonly<Record<string, string>>,
): Promise<InspectedProcess> {
  const port = await freePort();
  const started = await stack.startProcess(app, {
    ...extra,
    NODE_OPTIONS: `--inspect-port=127.0.0.1:${port} --inspect-publish-uid=http`,
  });
  process.kill(started.pid, 'SIGUSR1');
  const targets = await waitFor(async () => Targets.parse(await (await fetch(`http://127.0.0.1:${port}/json`)).json()));
  return { ...started, inspector: targets[0].webSocketDebuggerUrl };
}
