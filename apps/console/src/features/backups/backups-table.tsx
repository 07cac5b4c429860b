import type { BackupView } from '@transcode/contracts';
import { classNames, formatBytes, formatExact, formatMoment, formatSpan, Icon, Time } from '@transcode/ui';
import { exactly, outcomeWords, reasonWords, type Told } from './backup-words.ts';
import '../shell/block-table.css';
import './backups.css';

const TONES: Readonly<Record<Told['tone'], string>> = { well: 'text-ink-2', held: 'text-amber', broken: 'text-red' };

/** Each backup that there is, and each attempt that came to nothing, the newest first. */
export function BackupsTable({ backups }: { backups: readonly BackupView[] }) {
  return (
    <table className="block-table backups-table">
      <thead>
        <tr>
          <th scope="col">Made</th>
          <th scope="col">What it is worth</th>
          <th scope="col" className="block-figure">
            Size
          </th>
          <th scope="col" className="block-figure">
            Took
          </th>
          <th scope="col" className="block-figure">
            Restored in
          </th>
        </tr>
      </thead>
      <tbody>
        {backups.map((backup) => (
          <Row key={backup.id ?? backup.at} backup={backup} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ backup }: { backup: BackupView }) {
  const { id, at, bytes, seconds, restoreSeconds, restoredAt, encrypted, sentence } = backup;
  const { words, tone } = outcomeWords(backup);
  return (
    <tr data-outcome={backup.outcome}>
      <th scope="row" className="block-whole font-normal">
        <span className="font-medium">{at === null ? 'Nobody knows when' : <Time at={at} />}</span>
        <span className="block text-ink-3">
          {[reasonWords(backup), encrypted ? 'encrypted' : ''].filter((each) => each !== '').join(', ')}
        </span>
        {id !== null && <code className="block font-mono break-all text-ink-3">{id}</code>}
      </th>
      <td className="block-whole">
        <TellTone told={{ words, tone }} title={exactly(restoredAt)} />
        {sentence !== null && <span className="block max-w-[64ch] break-words text-ink-2">{sentence}</span>}
      </td>
      <Figure label="Size" title={bytes === null ? undefined : formatExact(bytes, 'bytes')}>
        {bytes === null ? '–' : formatBytes(bytes)}
      </Figure>
      <Figure label="Took">{seconds === null ? '–' : formatSpan(seconds)}</Figure>
      <Figure label="Restored in" title={restoredAt === null ? undefined : formatMoment(restoredAt)}>
        {restoreSeconds === null ? '–' : formatSpan(restoreSeconds)}
      </Figure>
    </tr>
  );
}

/** A word with a shape beside it where it is not well. */
export function TellTone({ told: { words, tone }, title }: { told: Told; title?: string | undefined }) {
  return (
    <span className={classNames('inline-flex items-start gap-1.5', TONES[tone])} title={title}>
      <Icon name={tone === 'well' ? 'check' : 'alert'} className="mt-0.5 size-3.5" />
      <span className="min-w-0 break-words">{words}</span>
    </span>
  );
}

export function Figure({ label, title, children }: { label: string; title?: string | undefined; children: string }) {
  return (
    <td className="block-figure" data-label={label} title={title}>
      {children}
    </td>
  );
}
