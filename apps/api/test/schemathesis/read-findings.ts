import { open } from 'node:fs/promises';
import * as z from 'zod';
import { EXCEPTIONS } from './exceptions.ts';

/** Bytes as schemathesis writes them down. */
const Bytes = z.object({ $base64: z.string() }).nullish();
const Interaction = z.object({
  request: z.object({ method: z.string(), uri: z.string(), body: Bytes }),
  response: z.object({ status_code: z.int(), content: Bytes }).nullish(),
});
type Interaction = z.infer<typeof Interaction>;
const Case = z.object({
  value: z.object({ path_parameters: z.record(z.string(), z.unknown()).nullish() }),
});
const Check = z.object({
  name: z.string(),
  status: z.string(),
  failure_info: z.object({ failure: z.object({ title: z.string(), message: z.string() }) }).nullish(),
});
/** What one of its events tells; of those that are about no requests, nothing. */
const Event = z.union([
  z.object({
    ScenarioFinished: z.object({
      recorder: z.object({
        cases: z.record(z.string(), Case),
        checks: z.record(z.string(), z.array(Check)),
        interactions: z.record(z.string(), Interaction),
      }),
    }),
  }),
  z.object({ NonFatalError: z.unknown() }),
  z.object({ FatalError: z.unknown() }),
  z.object({}),
]);
const Told = z.object({ issues: z.array(z.object({ path: z.string() })) });

export interface Findings {
  /** How many requests were sent. */
  requests: number;
  /** What is wrong, each kind of it once, with a command that shows it. */
  wrong: string[];
  /** How often what is excepted was found. */
  excepted: number;
}

/** Reads what schemathesis has written, a line an event. `operationAt` names the operation of a request. */
export async function readFindings(
  file: string,
  operationAt: (method: string, path: string) => string | undefined,
): Promise<Findings> {
  const findings: Findings = { requests: 0, wrong: [], excepted: 0 };
  const kinds = new Set<string>();
  await using lines = await open(file);
  for await (const line of lines.readLines()) {
    const event = Event.parse(JSON.parse(line));
    if ('NonFatalError' in event || 'FatalError' in event) findings.wrong.push(`It could not go on: ${line}`);
    if (!('ScenarioFinished' in event)) continue;
    const { cases, checks, interactions } = event.ScenarioFinished.recorder;
    findings.requests += Object.keys(interactions).length;
    for (const [id, results] of Object.entries(checks)) {
      for (const { name, status, failure_info: info } of results) {
        if (status === 'success') continue;
        const interaction = interactions[id];
        const { method = '', uri = '' } = interaction?.request ?? {};
        const operation = operationAt(method, uri === '' ? '' : new URL(uri).pathname);
        if (isExcepted(operation, name, interaction) || asksForNothing(name, cases[id])) {
          findings.excepted += 1;
          continue;
        }
        const { title = name, message = '' } = info?.failure ?? {};
        const kind = `${method} ${operation ?? uri}: ${name}: ${title}\n${message}`;
        if (kinds.has(kind)) continue;
        kinds.add(kind);
        findings.wrong.push([kind, ...(interaction === undefined ? [] : shown(interaction))].join('\n'));
      }
    }
  }
  return findings;
}

function isExcepted(operation: string | undefined, name: string, interaction: Interaction | undefined): boolean {
  const { success, data } = Told.safeParse(jsonIn(textOf(interaction?.response?.content)));
  if (!success || operation === undefined || data.issues.length === 0) return false;
  return EXCEPTIONS.some(
    ({ operations, check, field }) =>
      operations.includes(operation) && check === name && data.issues.every(({ path }) => path === field),
  );
}

/** It takes a field that may be null for a link, and then asks for what has the id `None`, as if that were one. */
function asksForNothing(name: string, asked: z.infer<typeof Case> | undefined): boolean {
  const values = Object.values(asked?.value.path_parameters ?? {});
  return name === 'positive_data_acceptance' && values.includes(null);
}

function shown({ request, response }: Interaction): string[] {
  const body = textOf(request.body);
  const sent = body === '' ? '' : ` -H 'Content-Type: application/json' -d ${quoted(body)}`;
  return [
    `  curl -X ${request.method} -H "Authorization: Bearer $KEY"${sent} ${quoted(request.uri)}`,
    `  ${response?.status_code ?? 'no answer'} ${textOf(response?.content).slice(0, 1_000)}`,
  ];
}

const textOf = (bytes: z.infer<typeof Bytes>): string => Buffer.from(bytes?.$base64 ?? '', 'base64').toString();
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
