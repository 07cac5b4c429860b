import type { Installation, Person } from '../installation.ts';
import { asksOf } from '../openapi-asks.ts';

/** What there has to be of each kind: the ids come back in lists, and then in what is asked for. */
const NEEDED = [
  ...[
    'videos.choosePoster',
    'videos.retry',
    'jobs.log',
    'jobs.cancel',
    'queues.next',
    'queues.failures',
    'uploads.get',
  ],
  ...['presets.update', 'keys.revoke', 'users.enable', 'shares.create', 'shares.list', 'workers.get', 'workers.list'],
  'gpus.history',
];

/** Puts something of each kind into an installation, the uploads in the hands of who asks; answers the token of a link. */
export async function sow(here: Installation, owner: Person): Promise<string> {
  const asks = asksOf(here);
  for (const name of NEEDED) await asks[name]?.();
  await here.db.upload.updateMany({
    where: { ownerUserId: null, ownerKeyId: null },
    data: { ownerUserId: owner.id },
  });
  const shared = await asks['shares.open']?.();
  return shared?.params?.['token'] ?? '';
}
