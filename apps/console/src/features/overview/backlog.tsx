import { classWords, PLATFORM_SAMPLE_MS, type BacklogView, type OverviewView } from '@transcode/contracts';
import { Figure } from '../charts/figure.tsx';
import type { Series } from '../charts/history-chart.tsx';
import { History } from '../charts/charts.tsx';
import { doneInWords, isHeld } from '../outlook/outlook-words.ts';
import { Section } from '../video/section.tsx';

const SPAN_MS = 6 * 3600 * 1000;
/** Points are minutes apart: two that are further apart had a time without a reconciler between them. */
const GAP_MS = 10 * 60_000 + PLATFORM_SAMPLE_MS;
const SERIES: readonly Series[] = [
  { key: 'waiting', words: 'Waiting', tone: 'alive', filled: true },
  { key: 'running', words: 'Running', tone: 'second' },
];

interface BacklogProps {
  readonly backlog: readonly BacklogView[];
  readonly history: OverviewView['backlogHistory'];
}

/** What waits, by class, with the time it takes; and how that was. */
export function Backlog({ backlog, history }: BacklogProps) {
  const points = history.map(({ at, waiting, running }) => ({ at: new Date(at).getTime(), waiting, running }));
  const to = points.at(-1)?.at ?? 0;
  const most = Math.max(0, ...points.map(({ waiting }) => waiting));
  return (
    <Section title="Backlog" note="Tasks that wait, and when all work that is known is done, as it goes now">
      <div className="overflow-x-auto">
        <table className="w-full text-small">
          <thead className="text-ink-3">
            <tr className="h-8">
              <th scope="col" className="text-left font-normal">
                Class
              </th>
              <th scope="col" className="text-right font-normal">
                Waiting
              </th>
              <th scope="col" className="text-right font-normal">
                Running
              </th>
              <th scope="col" className="text-right font-normal">
                Done a minute
              </th>
              <th scope="col" className="text-right font-normal">
                Done in
              </th>
            </tr>
          </thead>
          <tbody>
            {backlog.map((row) => (
              <tr key={row.class} className="h-8 border-t border-line text-right">
                <th scope="row" className="text-left font-normal">
                  {classWords(row.class)}
                </th>
                <td>{row.waiting.toLocaleString('en')}</td>
                <td>{row.running}</td>
                <td>{rate(row.donePerMinute)}</td>
                <td className={isHeld(row.outlook) ? 'text-amber' : undefined}>{doneInWords(row.outlook)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {points.length > 1 ? (
        <Figure title="The last six hours" series={SERIES}>
          <History
            label={`Tasks waiting over the last six hours, ${most} at most`}
            points={points}
            series={SERIES}
            format={(value) => Math.round(value).toLocaleString('en')}
            gapMs={GAP_MS}
            from={to - SPAN_MS}
            to={to}
          />
        </Figure>
      ) : (
        <p className="text-small text-ink-3">How it was is drawn here once it has been looked at for a few minutes.</p>
      )}
    </Section>
  );
}

function rate(perMinute: number): string {
  return perMinute === 0 ? '0' : perMinute < 10 ? perMinute.toFixed(1) : Math.round(perMinute).toLocaleString('en');
}
