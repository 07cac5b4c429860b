import { counted, type OverviewView } from '@transcode/contracts';
import { Bars } from '../charts/charts.tsx';
import { Section } from '../video/section.tsx';

/** Failed jobs, hour by hour. */
export function Errors({ hours }: { hours: OverviewView['errors'] }) {
  const total = hours.reduce((sum, { count }) => sum + count, 0);
  const note =
    total === 0 ? 'No job failed in the last 24 hours' : `${counted(total, 'failed job')} in the last 24 hours`;
  return (
    <Section title="Errors" note={note}>
      <Bars
        label={`${note}, by hour`}
        bars={hours.map(({ at, count }) => ({ at: new Date(at).getTime(), value: count }))}
        words="Failed"
        tone="broken"
        format={(value) => value.toLocaleString('en')}
      />
    </Section>
  );
}
