import { RestoreInput, RestorePlanInput } from '@transcode/contracts';
import { findTools } from '@transcode/servers';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import { bringVideoBack } from './bring-video-back.ts';
import { heard, type HowToRun, type Task } from './chores.ts';
import { withBackupPlace } from './place.ts';
import { findSource } from './restore-source.ts';
import type { Context } from '../context.ts';

/** Restores of one video, as people ask for them: what the command does. */
export function restoresOf(context: Context, data: string): Readonly<Record<'restorePlan' | 'restore', Task>> {
  const bringBack = async (how: HowToRun, backup: string | null, options: VideoAsked): Promise<number> => {
    // What would change, and of which video, stands in the operation, and in no log: there it could not be erased.
    const { context: heardContext, onStep } = heard({ ...context, print: () => undefined }, how);
    const folder = dataFolderAt(data);
    const tools = await findTools({ root: context.root, env: context.env });
    return withBackupPlace(context, folder, undefined, async (place) => {
      const about = { context: heardContext, folder, tools, options: { video: options.video }, place };
      const source = await findSource(about, backup ?? undefined, how.signal);
      return bringVideoBack({ ...about, source }, { ...options, onStep, onFound: how.onFound }, how.signal);
    });
  };
  return {
    restorePlan: {
      kind: 'restorePlan',
      run: (how) => {
        const { backup, video } = RestorePlanInput.parse(how.input);
        return bringBack(how, backup, { video, dryRun: true });
      },
    },
    restore: {
      kind: 'restore',
      run: (how) => {
        const { videoId, backup, changes, replace, incomplete, by } = RestoreInput.parse(how.input);
        return bringBack(how, backup, { video: videoId, agreed: changes, replace, incomplete, by });
      },
    },
  };
}

type VideoAsked = Pick<
  Parameters<typeof bringVideoBack>[1],
  'video' | 'dryRun' | 'agreed' | 'replace' | 'incomplete' | 'by'
>;
