import { TranscodeError } from '@transcode/contracts';
import { emptyWorkspace, endWorkspace, isWorkspaceBusy } from '@transcode/db';
import type { Services } from '../context.ts';
import { giveUpVideo } from '../services/videos/give-up-video.ts';
import { abandonUpload } from '../upload/index.ts';
import type { Step, Turn } from './step.ts';

/** Videos and uploads of one round. */
const AT_ONCE = 100;

/**
 * Goes on with the workspaces that are being erased: gives up what is in them, and once all of it has been swept like any deleted video
 * removes what is left under their prefix, and their rows.
 */
export function eraseWorkspaces(services: Services): Step['run'] {
  return async (turn) => {
    const workspaces = await services.db.workspace.findMany({
      where: { erasingAt: { not: null } },
      select: { id: true },
      orderBy: { erasingAt: 'asc' },
    });
    for (const { id } of workspaces) await goOn(services, id, turn);
  };
}

async function goOn(services: Services, id: string, turn: Turn): Promise<void> {
  const { db, storage, log } = services;
  const inIt = { workspaceId: id };
  const videos = await db.video.findMany({ where: { ...inIt, state: { not: 'deleted' } }, take: AT_ONCE });
  for (const video of videos) {
    if (!turn.goesOn()) return;
    await giveUpVideo(services, video, () => Promise.resolve());
  }
  const uploads = await db.upload.findMany({ where: { ...inIt, state: 'receiving', video: null }, take: AT_ONCE });
  for (const upload of uploads) {
    if (!turn.goesOn()) return;
    await giveUpUpload(services, upload.id);
  }
  if (!turn.goesOn() || (await isWorkspaceBusy(db, id))) return;
  const objects = await storage.deletePrefix(`w/${id}/`);
  await emptyWorkspace(db, id);
  if (await endWorkspace(db, id, objects)) log.info({ workspace_id: id }, 'A workspace was erased');
}

async function giveUpUpload(services: Services, id: string): Promise<void> {
  try {
    await abandonUpload(services, id, 'canceled');
  } catch (error) {
    // Its writer has not let go yet: in the next round.
    if (!(error instanceof TranscodeError && error.code === 'upload_locked')) throw error;
  }
}
