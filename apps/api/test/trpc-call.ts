import type { AnyTRPCProcedure } from '@trpc/server';

const ERROR_CODE = /"code":"([a-z_]+)"/;

/** Calls a procedure with nothing; answers the code of its error, or `ok`. What is missing in its input is told after who may call. */
export async function callProcedure(
  api: { readonly url: string },
  name: string,
  procedure: AnyTRPCProcedure,
  headers: Record<string, string> = {},
): Promise<string> {
  const { _def: definition } = procedure;
  const mutates = definition.type === 'mutation';
  const response = await fetch(`${api.url}/api/trpc/${name}${mutates ? '' : '?input=%7B%7D'}`, {
    method: mutates ? 'POST' : 'GET',
    headers: { ...headers, ...(mutates ? { 'content-type': 'application/json' } : {}) },
    ...(mutates ? { body: '{}' } : {}),
  });
  const text = definition.type === 'subscription' ? await firstEvents(response) : await response.text();
  return ERROR_CODE.exec(text)?.[1] ?? 'ok';
}

/** Of a stream without an end: until something was told. */
async function firstEvents(response: Response): Promise<string> {
  let text = '';
  if (response.body === null) return text;
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (/"code"|"events":/.test(text)) break;
  }
  return text;
}
