import { restoreWorkspace, type VideoEnd, type VideoPlan } from '@transcode/backup';
import * as z from 'zod';
import { Refusal } from '../refusal.ts';
import type { BringOptions, VideoWork } from './bring-video-back.ts';
import { counted } from './in-words.ts';
import { changesAnything, demandLeave, named, rowsOf } from './video-plans.ts';
import { withLiving } from './with-living.ts';

/**
 * Brings the videos of a workspace back into the database of an installation, which may run: one by one, each whole or not at all, and what
 * one is refused for keeps no other. Ends with 0 only where none was refused and no object is missing.
 */
export async function bringWorkspaceBack(
  { source, ...about }: VideoWork,
  { id, dryRun = false, ...options }: BringOptions & { id: string },
  signal: AbortSignal,
): Promise<number> {
  if (!z.uuid().safeParse(id).success)
    throw new Refusal(`--workspace takes the id of a workspace, as GET /api/v1/workspaces has it, and ${id} is none.`);
  const { print, say } = about.context;
  const ends = { restored: 0, same: 0, wouldChange: 0, refused: 0, incomplete: 0 };
  return withLiving(about, options, signal, async ({ engine, backUpFirst }) => {
    const agree = async (plan: VideoPlan) => {
      const go = { go: !dryRun, incomplete: options.incomplete === true };
      if (!changesAnything(plan)) {
        ends.same += 1;
        return { ...go, go: false };
      }
      print(`  ${inWords(plan)}`);
      demandLeave(plan, options);
      if (dryRun) ends.wouldChange += 1;
      else await backUpFirst();
      return go;
    };
    const onEnd = ({ id: video, title, lost, refused }: VideoEnd): void => {
      if (refused !== undefined) {
        ends.refused += 1;
        say(`transcode: ${title} (${video}) stays as it is. ${refused}`);
      } else if (lost !== undefined) {
        ends.restored += 1;
        if (lost.length === 0) return;
        ends.incomplete += 1;
        say(`transcode: nobody has ${counted(lost.length, 'object')} of ${title} (${video}): ${named(lost)}.`);
      }
    };
    print(`A restore of the workspace ${id} from ${source.what}, video by video:`);
    const videos = await source.withBackup(({ store, backup }) =>
      restoreWorkspace({ ...engine, store }, backup, {
        id,
        agree,
        onEnd,
        isRefusal: (error) => error instanceof Refusal,
      }),
    );
    const did = dryRun ? `${ends.wouldChange} would be restored` : `${ends.restored} restored`;
    print(
      `${counted(videos, 'video')} of it in ${source.what}: ${did}, ${ends.same} as they were then, ${ends.refused} refused.`,
    );
    return ends.refused + ends.incomplete === 0 ? 0 : 1;
  });
}

function inWords(plan: VideoPlan): string {
  const { title, canceled, objects } = plan;
  const { copied, lost } = objects;
  return [
    `${title}: ${counted(rowsOf(plan, 'added'), 'row')} added, ${rowsOf(plan, 'replaced')} replaced`,
    ...(canceled > 0 ? [`${counted(canceled, 'job')} canceled`] : []),
    ...(copied.length > 0 ? [`${counted(copied.length, 'object')} from the second store`] : []),
    ...(lost.length > 0 ? [`${counted(lost.length, 'object')} that nobody has`] : []),
  ].join(', ');
}
