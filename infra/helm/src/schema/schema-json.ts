import * as z from 'zod';
import { Values } from './values.ts';

/** values.schema.json. Helm 3 reads draft 7 and nothing newer. */
export const schemaJson = (): string =>
  `${JSON.stringify(z.toJSONSchema(Values, { target: 'draft-7', io: 'input' }), null, 2)}\n`;
