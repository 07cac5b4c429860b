import type { FieldSchema, RestProcedure } from './rest-routes.ts';

interface Parts {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** A number as JSON writes it: JavaScript would also read `0x10` as one. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** A query string knows text only; what the schema wants to be a number or a list becomes one where it can. */
function fromText(text: string | string[], schema: FieldSchema | undefined): unknown {
  const takesList = schema?.type === 'array' || schema?.anyOf?.some((one) => one.type === 'array') === true;
  if (takesList) return typeof text === 'string' ? text.split(',') : text;
  const takesNumber = schema?.type === 'integer' || schema?.type === 'number';
  if (takesNumber && typeof text === 'string' && NUMBER.test(text)) return Number(text);
  if (schema?.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A procedure's input from a request: fields from the path win over the body's or the query's. Its schema judges it later. */
export function readInput({ input, route, fields }: RestProcedure, { params, query, body }: Parts): unknown {
  if (input === undefined) return undefined;
  const sent: Record<string, unknown> = {};
  if (route.method === 'GET' || route.method === 'DELETE') {
    for (const [name, text] of Object.entries(query)) {
      if (text !== undefined) sent[name] = fromText(text, fields[name]);
    }
  } else if (body !== undefined) {
    if (!isRecord(body)) return body;
    Object.assign(sent, body);
  }
  for (const [name, text] of Object.entries(params)) sent[name] = fromText(text, fields[name]);
  return sent;
}
