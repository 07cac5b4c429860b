import type { JobDetail, VideoView } from '@transcode/contracts';
import { Disclosure } from '@transcode/ui';
import { Section } from './section.tsx';
import { stageGroups } from './stage-groups.ts';
import { StageList } from './stage-list.tsx';

/** How the video is made, or was. Once all is done it is folded away. */
export function Journey({ video, job }: { video: VideoView; job: JobDetail | null }) {
  if (!job || job.tasks.length === 0) return null;
  const groups = stageGroups(job.tasks);
  const isOver =
    video.state === 'ready' && groups.every((group) => group.state !== 'running' && group.state !== 'waiting');
  if (!isOver) {
    return (
      <Section title={video.state === 'failed' || video.state === 'canceled' ? 'What happened' : 'What happens now'}>
        <StageList groups={groups} told={video.failure?.sentence} />
      </Section>
    );
  }
  return (
    <Disclosure title="How it was made">
      <StageList groups={groups} />
    </Disclosure>
  );
}
