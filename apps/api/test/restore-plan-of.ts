import type { VideoRestorePlan } from '@transcode/contracts';

const WORKSPACE = '01890000-0000-7000-8000-000000000000';

/** What a dry run has found of a video of which the row is gone. */
export function restorePlanOf({ videoId, title }: { videoId: string; title: string }): VideoRestorePlan {
  return {
    ...{ found: 'plan', videoId, workspaceId: WORKSPACE, title, backup: '00000001-20261201T020000Z' },
    ...{ at: '2026-12-01T02:00:00.000Z', changes: [{ table: '"Video"', added: 1, replaced: 0, same: 0 }] },
    ...{ canceledJobs: 0, objects: { there: 9, fetched: 0, lost: 0, lostPlayed: 0, named: [] } },
  };
}
