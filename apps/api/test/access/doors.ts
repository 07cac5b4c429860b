import type { AnyTRPCProcedure } from '@trpc/server';
import type { RestRoute } from '../../src/rest/rest-route.ts';

export interface Answer {
  /** The code of the error, or `ok`. */
  readonly code: string;
  readonly text: string;
}

interface Api {
  readonly url: string;
}

interface TrpcCall {
  readonly name: string;
  /** A query where absent. */
  readonly procedure?: AnyTRPCProcedure;
  readonly headers: Readonly<Record<string, string>>;
  readonly input: object;
}

export async function askTrpc(api: Api, { name, procedure, headers, input }: TrpcCall): Promise<Answer> {
  const { _def: { type } = { type: 'query' } } = procedure ?? {};
  const mutates = type === 'mutation';
  const asked = JSON.stringify(input);
  const hangUp = new AbortController();
  const response = await fetch(`${api.url}/api/trpc/${name}${mutates ? '' : `?input=${encodeURIComponent(asked)}`}`, {
    method: mutates ? 'POST' : 'GET',
    headers: { ...headers, ...(mutates ? { 'content-type': 'application/json' } : {}) },
    signal: hangUp.signal,
    ...(mutates ? { body: asked } : {}),
  });
  if (type !== 'subscription') return answerOf(response.ok, await response.text());
  const text = await firstWords(response);
  hangUp.abort();
  return answerOf(!text.includes('serialized-error'), text);
}

interface RestCall {
  readonly route: RestRoute;
  readonly headers: Readonly<Record<string, string>>;
  readonly input: object;
}

/** The fields of the input that the path names go there, the others into the query or the body. */
export async function askRest(api: Api, { route: { method, path }, headers, input }: RestCall): Promise<Answer> {
  const fields = new Map(Object.entries(input));
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(fields.get(name));
    fields.delete(name);
    return encodeURIComponent(value);
  });
  const inQuery = method === 'GET' || method === 'DELETE';
  const query = inQuery
    ? `?${new URLSearchParams([...fields].map(([name, value]): [string, string] => [name, String(value)])).toString()}`
    : '';
  const response = await fetch(`${api.url}/api/v1${filled}${query}`, {
    method,
    headers: { ...headers, ...(inQuery ? {} : { 'content-type': 'application/json' }) },
    ...(inQuery ? {} : { body: JSON.stringify(Object.fromEntries(fields)) }),
  });
  return answerOf(response.ok, await response.text());
}

function answerOf(ok: boolean, text: string): Answer {
  return { code: ok ? 'ok' : (/"code":"([a-z_]+)"/.exec(text)?.[1] ?? text), text };
}

/** Of a stream without an end: until something was told. */
async function firstWords(response: Response): Promise<string> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (/serialized-error.*\n\n|"events":.*\n\n/s.test(text)) break;
  }
  return text;
}
