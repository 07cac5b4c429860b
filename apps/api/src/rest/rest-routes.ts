import type { AnyTRPCProcedure } from '@trpc/server';
import * as z from 'zod';
import { appRouter } from '../router.ts';
import type { Meta } from '../trpc.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import type { RestRoute } from './rest-route.ts';

/** A procedure as REST knows it. */
export interface RestProcedure {
  /** tRPC's name, `videos.list`; also the operation's id in OpenAPI. */
  readonly name: string;
  readonly type: Declared['type'];
  readonly role: Meta['role'];
  /** Closed to API keys. */
  readonly person: boolean;
  /** Of API keys, only for those that reach all workspaces. */
  readonly reach: Meta['reach'];
  readonly route: RestRoute;
  /** Absent where the procedure takes nothing. */
  readonly input: z.ZodType | undefined;
  readonly output: z.ZodType;
  /** JSON Schema of the input's fields, for reading them from a path and a query string. */
  readonly fields: Readonly<Record<string, FieldSchema>>;
}

export type FieldSchema = JsonSchema;

interface Declared {
  readonly inputs: readonly unknown[];
  readonly output?: unknown;
  readonly type: 'query' | 'mutation' | 'subscription';
}

const Schema = z.custom<z.ZodType>((value) => value instanceof z.ZodType);

export function procedures(): [name: string, procedure: AnyTRPCProcedure][] {
  // The record is flat, by whole names, although its type is that of the tree.
  const { _def: definition } = appRouter;
  const flat: unknown = definition.procedures;
  return Object.entries(flat as Record<string, AnyTRPCProcedure>);
}

export function metaOf(procedure: AnyTRPCProcedure): Meta | undefined {
  const { _def: definition } = procedure;
  return definition.meta as Meta | undefined;
}

function fieldsOf(input: z.ZodType | undefined): Record<string, FieldSchema> {
  if (input === undefined) return {};
  const { properties = {} } = jsonSchemaOf(input, 'input');
  return Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, FieldSchema] => typeof entry[1] === 'object'),
  );
}

let made: readonly RestProcedure[] | undefined;

/** Every procedure that has a REST address; made once, as it takes all their schemas apart. */
export function restProcedures(): readonly RestProcedure[] {
  return (made ??= makeRestProcedures());
}

function makeRestProcedures(): RestProcedure[] {
  return procedures().flatMap(([name, procedure]) => {
    const meta = metaOf(procedure);
    if (meta?.rest === undefined) return [];
    const { _def: definition } = procedure;
    const { inputs, output, type }: Declared = definition;
    const input = Schema.optional().parse(inputs[0]);
    const shape = {
      name,
      type,
      role: meta.role,
      person: meta.person === true,
      reach: meta.reach,
      route: meta.rest,
      input,
      output: Schema.parse(output),
    };
    return [{ ...shape, fields: fieldsOf(input) }];
  });
}
