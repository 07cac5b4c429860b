import { counted, type OverviewView } from '@transcode/contracts';
import { formatSpan } from '@transcode/ui';
import { Bars } from '../charts/charts.tsx';
import { Section } from '../video/section.tsx';

/** Video that became ready, hour by hour, by its length. */
export function Output({ hours }: { hours: OverviewView['output'] }) {
  const videos = hours.reduce((sum, each) => sum + each.videos, 0);
  const seconds = hours.reduce((sum, each) => sum + each.videoSeconds, 0);
  const note =
    videos === 0
      ? 'Nothing counted in the last 24 hours; what becomes ready is counted every half minute'
      : `${counted(videos, 'video')}, ${formatSpan(seconds)} of video, in the last 24 hours`;
  return (
    <Section title="Throughput" note={note}>
      <Bars
        label={`${note}, by hour`}
        bars={hours.map(({ at, videoSeconds }) => ({ at: new Date(at).getTime(), value: videoSeconds }))}
        words="Made"
        tone="alive"
        format={lengthWords}
      />
    </Section>
  );
}

/** Short enough for an axis: `45 s`, `12 min`, `2.5 h`. */
function lengthWords(seconds: number): string {
  if (seconds === 0) return '0';
  if (seconds < 3600) return formatSpan(seconds);
  return `${Number((seconds / 3600).toFixed(1))} h`;
}
