import { textPattern } from '@transcode/contracts';
import * as z from 'zod';

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** A schema as the document tells it: without its own dialect's name, as OpenAPI 3.1's is the same, and with the rules of texts. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const pattern = zodSchema instanceof z.ZodType ? textPattern(zodSchema) : undefined;
      if (pattern !== undefined && jsonSchema.pattern === undefined) jsonSchema.pattern = pattern;
    },
  });
  return rest;
}
