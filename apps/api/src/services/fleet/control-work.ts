import type { ControlState, ControlView, WorkScope } from '@transcode/contracts';
import { liftControl, setControl, type Transaction } from '@transcode/db';
import type { SignedInContext } from '../../context.ts';
import { controlView } from '../../views/worker-view.ts';
import { audit } from '../audit/audit.ts';
import { nameOf } from '../audit/name-of.ts';
import { found } from '../workspaces/visible.ts';

const ACTIONS = { paused: 'workers.pause', draining: 'workers.drain' } as const satisfies Record<ControlState, string>;

/** From the answer on nothing in the scope is claimed. Doing it again, or the other, begins anew. */
export async function controlWork(
  { services, identity }: SignedInContext,
  { scope, state }: { scope: WorkScope; state: ControlState },
): Promise<ControlView> {
  const view = await services.db.$transaction(async (tx) => {
    await demandWorker(tx, scope);
    const before = await tx.workControl.findUnique({ where: { scope } });
    const control = await setControl(tx, { scope, state, by: await nameOf(tx, identity) });
    const details = { before: { state: before?.state ?? 'active' }, after: { state } };
    await audit(tx, identity, { action: ACTIONS[state], target: scope, details });
    return controlView(control);
  });
  services.events.publish({ type: 'controls' });
  return view;
}

/** Undoes a pause or a drain of just this scope; where there was none, nothing happens. */
export async function resumeWork({ services, identity }: SignedInContext, scope: WorkScope): Promise<void> {
  await services.db.$transaction(async (tx) => {
    const before = await tx.workControl.findUnique({ where: { scope } });
    if (before === null || !(await liftControl(tx, scope))) return;
    const details = { before: { state: before.state }, after: { state: 'active' } };
    await audit(tx, identity, { action: 'workers.resume', target: scope, details });
  });
  services.events.publish({ type: 'controls' });
}

async function demandWorker(tx: Transaction, scope: WorkScope): Promise<void> {
  if (!scope.startsWith('worker:')) return;
  found(await tx.worker.findUnique({ where: { id: scope.slice('worker:'.length) } }), 'worker');
}
