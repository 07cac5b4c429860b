import { KeyView } from '@transcode/contracts';
import * as z from 'zod';
import { listKeys } from '../../services/keys/keys.ts';
import { procedure } from '../../trpc.ts';

export const list = procedure
  .meta({ role: 'editor', rest: { method: 'GET', path: '/keys', status: 200, summary: 'API keys' } })
  .output(z.object({ items: z.array(KeyView) }))
  .query(async ({ ctx }) => ({ items: await listKeys(ctx) }));
