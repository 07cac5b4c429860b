import type { DrillView } from '@transcode/contracts';
import { formatExact, formatSpan, Time } from '@transcode/ui';
import { drillWords } from './backup-words.ts';
import { Figure, TellTone } from './backups-table.tsx';

/** Each time that all of it was brought up from a backup, the newest first. */
export function DrillsTable({ drills }: { drills: readonly DrillView[] }) {
  return (
    <table className="block-table backups-table">
      <thead>
        <tr>
          <th scope="col">Held</th>
          <th scope="col">What came of it</th>
          <th
            scope="col"
            className="block-figure"
            title="Recovery time: from nothing to a video that plays, or is read whole"
          >
            RTO
          </th>
          <th scope="col" className="block-figure" title="Recovery point: how old the backup was">
            RPO
          </th>
        </tr>
      </thead>
      <tbody>
        {drills.map((drill) => (
          <tr key={drill.at} data-passed={drill.passed}>
            <th scope="row" className="block-whole font-normal">
              <Time at={drill.at} className="font-medium" />
              <code className="block font-mono break-all text-ink-3">{drill.backup}</code>
            </th>
            <td className="block-whole">
              <TellTone told={drillWords(drill)} />
            </td>
            <Figure label="RTO" title={formatExact(drill.rto, 'seconds')}>
              {formatSpan(drill.rto)}
            </Figure>
            <Figure label="RPO" title={formatExact(drill.rpo, 'seconds')}>
              {formatSpan(drill.rpo)}
            </Figure>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
