import { atMost, AuditView, Text } from '@transcode/contracts';
import * as z from 'zod';
import { listAudit } from '../../services/audit/list-audit.ts';
import { oneOrMore } from '../../services/lists/one-or-more.ts';
import { pageOf, PageInput } from '../../services/lists/page.ts';
import { procedure } from '../../trpc.ts';

const Input = PageInput.extend({
  /** Id of a person or of an API key. */
  actor: z.uuid().optional(),
  action: oneOrMore(Text.check(atMost(100))).optional(),
  target: Text.check(atMost(300)).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

export const list = procedure
  .meta({
    role: 'admin',
    rest: {
      method: 'GET',
      path: '/audit',
      status: 200,
      summary: 'Who changed what, newest first',
    },
  })
  .input(Input.prefault({}))
  .output(pageOf(AuditView))
  .query(({ ctx, input }) => listAudit(ctx, input));
