import { counted, TranscodeError, type OperationView, type VideoRestorePlan } from '@transcode/contracts';
import type { SignedInContext } from '../../context.ts';
import { operationView } from '../../views/operation-view.ts';
import { demandConfirmed } from '../erasures/demand-confirmed.ts';
import { askFor } from '../operations/ask-for.ts';
import { found } from '../workspaces/visible.ts';

/** What a restore of one video would change is found out where backups are made; it changes nothing. */
export function askRestorePlan(
  context: SignedInContext,
  { backup, video }: { backup?: string | undefined; video: string },
): Promise<OperationView> {
  return askFor(context, { kind: 'restorePlan', input: { backup: backup ?? null, video } });
}

interface RestoreWish {
  readonly plan: string;
  readonly confirm: string;
  readonly replace: boolean;
  readonly incomplete: boolean;
}

/** Does what a dry run has told, and only that: where anything else would change by then, nothing does. */
export async function askRestore(
  context: SignedInContext,
  { plan: id, confirm, replace, incomplete }: RestoreWish,
): Promise<OperationView> {
  const { services, identity } = context;
  const dry = operationView(found(await services.db.operation.findUnique({ where: { id } }), 'dry run'));
  if (dry.found?.found !== 'plan') throw refuse('this dry run has not found one video');
  const plan = dry.found;
  demandConfirmed(confirm, plan.title, { what: 'title', undone: 'Nothing is restored' });
  demandLeave(plan, { replace, incomplete });
  const { videoId, workspaceId, title, backup, changes } = plan;
  const by = { kind: identity.kind, id: identity.id };
  const input = { videoId, workspaceId, title, backup, changes, replace, incomplete, by };
  return askFor(context, { kind: 'restore', input });
}

function demandLeave({ changes, objects }: VideoRestorePlan, may: { replace: boolean; incomplete: boolean }): void {
  const replaced = changes.reduce((sum, change) => sum + change.replaced, 0);
  if (changes.every(({ added }) => added === 0) && replaced + objects.fetched === 0)
    throw refuse('all of it is there as it was');
  if (replaced > 0 && !may.replace)
    throw refuse(`${counted(replaced, 'row')} of the video would become what they were, which "replace" allows`);
  if (objects.lostPlayed > 0 && !may.incomplete)
    throw refuse(
      `nobody has ${counted(objects.lostPlayed, 'object')} that it takes to play it, which "incomplete" allows`,
    );
}

const refuse = (reason: string): TranscodeError =>
  new TranscodeError('conflict', { reason: `Nothing is restored: ${reason}` });
