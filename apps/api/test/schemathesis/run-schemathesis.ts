import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

const SITE = path.resolve(import.meta.dirname, '../../../../.tools/schemathesis');

/** What is refused because of what there is, and who asks: a link that ended is gone (410), which it would not think of by itself. */
const FOR_WHAT_THERE_IS = ['401', '403', '404', '409', '410', '429'];

/** What is done to a hundred jobs takes its time beside other tests. */
const MOST_SECONDS = 60;

interface Run {
  /** Of the API. */
  readonly url: string;
  /** Its own, for what it reads and writes. */
  readonly folder: string;
  readonly seconds: number;
  readonly seed: number;
  /** Where each person's session is had, by name. */
  readonly sessions: Readonly<Record<string, string>>;
  /** Who of them asks. */
  readonly user: string;
  /** Who of them may not see each other's things. */
  readonly peers: readonly string[];
  /** Of links that somebody has: no answer tells them. */
  readonly tokens: readonly string[];
}

interface Ended {
  /** 0 where it found nothing, 1 where it found something. */
  readonly code: number | null;
  readonly said: string;
  /** All that it did, an event a line. */
  readonly events: string;
}

/** Has schemathesis try everything that the document describes, by all of its checks and in all of its phases. */
export async function runSchemathesis(run: Run): Promise<Ended> {
  const { url, folder, seconds, seed } = run;
  await mkdir(folder, { recursive: true });
  const events = path.join(folder, 'events.ndjson');
  const configuration = path.join(folder, 'schemathesis.toml');
  await writeFile(path.join(folder, 'people.json'), JSON.stringify(peopleOf(run)));
  await writeFile(configuration, configurationOf(run));
  const options = [
    ...['--config-file', configuration, 'run', `${url}/api/openapi.json`, '--checks', 'all'],
    ...['--max-time', String(seconds), '--seed', String(seed), '--report-ndjson-path', events, '--no-color'],
  ];
  const child = spawn(path.join(SITE, 'bin/schemathesis'), options, {
    cwd: folder,
    env: { PYTHONPATH: SITE, COLUMNS: '160' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, said, events };
}

/** How a session is had and shown, in the words of Web Fuzzing Commons. */
function peopleOf({ sessions }: Run): object {
  const token = { extractFrom: 'body', extractSelector: '/session', sendIn: 'header', sendName: 'Authorization' };
  const auth = Object.entries(sessions).map(([name, externalEndpointURL]) => ({
    name,
    loginEndpointAuth: { externalEndpointURL, verb: 'GET', token: { ...token, sendTemplate: 'Bearer {token}' } },
  }));
  return { auth };
}

/** A session is asked for with each request, as the one before may have ended. */
function configurationOf({ folder, user, peers, tokens }: Run): string {
  return `continue-on-failure = true
request-timeout = ${MOST_SECONDS}

[phases.examples]
fill-missing = true

[generation]
database = "none"

[checks]
max_response_time = ${MOST_SECONDS}

[checks.positive_data_acceptance]
expected-statuses = ${JSON.stringify(['2xx', '3xx', ...FOR_WHAT_THERE_IS])}

[checks.negative_data_rejection]
expected-statuses = ${JSON.stringify(['400', '415', '405', ...FOR_WHAT_THERE_IS])}

[dictionaries.tokens]
values = ${JSON.stringify(tokens)}

[parameters]
"path.token" = { dictionary = "tokens", probability = 0.5 }

[auth.wfc]
path = ${JSON.stringify(path.join(folder, 'people.json'))}
user = ${JSON.stringify(user)}
refresh_interval = 0
${peers.length === 0 ? '' : `peers = ${JSON.stringify(peers)}`}
`;
}
