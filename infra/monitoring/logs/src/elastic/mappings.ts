import { LOG_FIELDS, type LogField, type LogFieldKind } from '@transcode/contracts';

export type ElasticType = 'date' | 'double' | 'ip' | 'keyword' | 'long' | 'match_only_text' | 'wildcard';

type NumberField = {
  [Field in LogField]: (typeof LOG_FIELDS)[Field]['kind'] extends 'number' ? Field : never;
}[LogField];

/** A new number does not compile until it is here. */
const NUMBERS: Readonly<Record<NumberField, 'double' | 'long'>> = {
  ...{ ms: 'double', seconds: 'double', cpu_seconds: 'double', encode_cpu_seconds: 'double' },
  ...{ status: 'long', index: 'long', attempt: 'long', claim: 'long', exit_code: 'long', nth: 'long', count: 'long' },
  ...{ pid: 'long', replaced_pid: 'long', port: 'long' },
};

/** Texts that are more than words to Elasticsearch; those that it has in common are of the type that the Elastic Common Schema says. */
const TEXTS: Readonly<Partial<Record<LogField, ElasticType>>> = {
  ...{ time: 'date', seen_at: 'date', address: 'ip', path: 'wildcard' },
  ...{ caller: 'keyword', holder: 'keyword', host: 'keyword', reason: 'keyword' },
};

const TYPES: Readonly<Record<Exclude<LogFieldKind, 'error' | 'number'>, ElasticType>> = {
  id: 'keyword',
  word: 'keyword',
  text: 'match_only_text',
  texts: 'match_only_text',
};

/** What of an error is shipped, by its names in our lines: the rest differs from one error to the next. */
export const ERROR_PARTS = {
  message: { ecs: 'message', type: 'match_only_text' },
  type: { ecs: 'type', type: 'keyword' },
  stack: { ecs: 'stack_trace', type: 'wildcard' },
} as const satisfies Readonly<Record<string, { ecs: string; type: ElasticType }>>;

export interface Mapped {
  /** Its name in our line, such as `job_id` or `err.message`. */
  readonly from: string;
  /** Its name in the Elastic Common Schema. */
  readonly to: string;
  readonly type: ElasticType;
}

/** Every field of a line, with what becomes of it. */
export function mapped(): Mapped[] {
  return (Object.keys(LOG_FIELDS) as LogField[]).flatMap((field): Mapped[] => {
    const { kind, ecs } = LOG_FIELDS[field];
    if (kind !== 'error') return [{ from: field, to: ecs, type: typeOf(field) }];
    return Object.entries(ERROR_PARTS).map(([part, shape]) => ({
      ...{ from: `${field}.${part}`, to: `${ecs}.${shape.ecs}`, type: shape.type },
    }));
  });
}

function typeOf(field: LogField): ElasticType {
  const { kind } = LOG_FIELDS[field];
  if (kind === 'number') return NUMBERS[field as NumberField];
  if (kind === 'error') throw new Error('An error is more than one field');
  return TEXTS[field] ?? TYPES[kind];
}
