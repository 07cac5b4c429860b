import { AlertmanagerFailed, sendTestAlert, TEST_LASTS_MS, type TestSeverity } from '@transcode/monitoring';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import { readLiveState } from '../data-folder/state.ts';
import { Refusal } from '../refusal.ts';
import type { Context } from '../context.ts';

export const SEVERITIES = ['critical', 'warning'] as const satisfies TestSeverity[];

interface TestAlertOptions {
  readonly data: string;
  readonly severity: TestSeverity;
}

/** Has Alertmanager tell a test, the same way as it would tell what is wrong. */
export async function testAlert(context: Context, { data, severity }: TestAlertOptions): Promise<number> {
  const url = await alertmanagerOf(data);
  const { channels, withinSeconds } = await send(url, severity);
  if (channels.length === 0) {
    context.print(`Alertmanager has it and tells nobody: no channel is set. It is to be seen at ${url}.`);
    return 1;
  }
  context.print(`Alertmanager has it, and tells it within ${withinSeconds} s by ${channels.join(', ')}.`);
  const minutes = TEST_LASTS_MS / 60_000;
  context.say(`./transcode logs alertmanager tells what could not be sent. The test is over in ${minutes} minutes.`);
  return 0;
}

async function alertmanagerOf(data: string): Promise<string> {
  const folder = dataFolderAt(data);
  const state = await readLiveState(folder.state);
  if (state === undefined) throw new Refusal(`Transcode is not running on ${folder.path}.`);
  const port = state.children.find(({ name }) => name === 'alertmanager')?.ports.http;
  if (port === undefined) throw new Refusal('It runs without Alertmanager. Start it with ./transcode up --monitoring.');
  return `http://127.0.0.1:${port}`;
}

async function send(url: string, severity: TestSeverity): ReturnType<typeof sendTestAlert> {
  try {
    return await sendTestAlert(url, { severity, origin: 'Somebody ran ./transcode alert test.' });
  } catch (cause) {
    if (!(cause instanceof AlertmanagerFailed)) throw cause;
    const told = `Alertmanager at ${url} did not take it: ${cause.message}.`;
    throw new Refusal(`${told} ./transcode logs alertmanager tells why.`, { cause });
  }
}
