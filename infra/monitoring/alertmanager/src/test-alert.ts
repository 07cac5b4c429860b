import * as z from 'zod';
import { GROUP_WAIT_SECONDS } from './configuration.ts';

const ASK_MS = 5_000;
/** How long the test counts as firing. */
export const TEST_LASTS_MS = 5 * 60_000;

export type TestSeverity = keyof typeof GROUP_WAIT_SECONDS;

interface TestAlert {
  readonly severity: TestSeverity;
  /** Who or what sends it, as a sentence goes on: `Somebody ran …`. */
  readonly origin: string;
}

const Status = z.object({ config: z.object({ original: z.string() }) });

/** Alertmanager did not take it; the message goes on after its name. */
export class AlertmanagerFailed extends Error {
  override name = 'AlertmanagerFailed';
}

/** Has the Alertmanager at this address tell a test the same way as it would tell what is wrong: by which channels, and when. */
export async function sendTestAlert(
  url: string,
  { severity, origin }: TestAlert,
): Promise<{ channels: string[]; withinSeconds: number }> {
  const now = Date.now();
  await ask(`${url}/api/v2/alerts`, [
    {
      labels: { alertname: 'TestAlert', severity, component: 'monitoring' },
      annotations: {
        summary: 'This is a test: alerts reach you',
        description: `${origin} Nothing is wrong, and nothing has to be done.`,
      },
      startsAt: new Date(now),
      endsAt: new Date(now + TEST_LASTS_MS),
    },
  ]);
  const { config } = Status.parse(await ask(`${url}/api/v2/status`));
  return { channels: channelsOf(config.original, severity), withinSeconds: GROUP_WAIT_SECONDS[severity] };
}

async function ask(url: string, body?: unknown): Promise<unknown> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { ...(body === undefined ? {} : post), signal: AbortSignal.timeout(ASK_MS) });
    text = await response.text();
  } catch (cause) {
    throw new AlertmanagerFailed('it could not be reached', { cause });
  }
  if (!response.ok) throw new AlertmanagerFailed(`it refused with ${response.status}, ${text.slice(0, 300)}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** The kinds of channels of the receiver that has the severity's name. */
export function channelsOf(configuration: string, severity: string): string[] {
  const receivers = configuration.slice(configuration.indexOf('receivers:'));
  const [, own = ''] = receivers.split(new RegExp(`^ *-? *name: ${severity}$`, 'm'));
  const [until = ''] = own.split(/^ *-? *name: |^[a-z]/m);
  return [...until.matchAll(/^ *(\w+)_configs:/gm)].map(([, kind = '']) => kind);
}
