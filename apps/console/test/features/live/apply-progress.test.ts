import { expect, test } from 'vitest';
import { applyToVideo, type ProgressEvent } from '../../../src/features/live/apply-progress.ts';

const EVENT: Extract<ProgressEvent, { type: 'progress' }> = {
  type: 'progress',
  workspaceId: 'w',
  videoId: 'v',
  jobId: 'j',
  taskId: 't',
  stage: 'encode',
  index: 1,
  progress: { fraction: 0.4 },
};
const chunk = (state: 'completed' | 'queued') => ({
  state,
  fraction: state === 'completed' ? 1 : 0,
  takenOver: false,
  seconds: 6,
});

test('moves the chunk that is told of', () => {
  const video = { id: 'v', jobId: 'j', uploadOffset: 0, chunks: [chunk('completed'), chunk('queued')] };
  expect(applyToVideo(video, EVENT).chunks[1]).toMatchObject({ state: 'running', fraction: 0.4 });
});

test('a late hint does not set back what is done, or touch another video, job or stage', () => {
  const video = { id: 'v', jobId: 'j', uploadOffset: 0, chunks: [chunk('completed'), chunk('completed')] };
  expect(applyToVideo(video, EVENT).chunks).toEqual(video.chunks);
  expect(applyToVideo({ ...video, id: 'x' }, EVENT).id).toBe('x');
  const older = { ...video, jobId: 'older' };
  expect(applyToVideo(older, EVENT)).toBe(older);
  expect(applyToVideo(video, { ...EVENT, stage: 'verify' })).toBe(video);
});

test('an upload moves on', () => {
  const { workspaceId, videoId } = EVENT;
  const event: ProgressEvent = { type: 'upload', workspaceId, videoId, uploadId: 'u', offset: 5, size: 9 };
  expect(applyToVideo({ id: 'v', jobId: null, uploadOffset: 0, chunks: [] }, event).uploadOffset).toBe(5);
});
