import { counted, type OverviewView } from '@transcode/contracts';
import { formatBytes, formatExact, Time } from '@transcode/ui';
import { Section } from '../video/section.tsx';

/** What sources and published files take, by the database's account, and what the disk has left. */
export function StorageUse({ storage }: { storage: OverviewView['storage'] }) {
  if (storage === null) {
    return (
      <Section title="Storage">
        <p className="text-small text-ink-3">It is added up within the first minute.</p>
      </Section>
    );
  }
  const { sourceBytes, publishedBytes, freeBytes, totalBytes, videos, at } = storage;
  const rows = [
    ['Sources', sourceBytes],
    ['Published files', publishedBytes],
    ...(freeBytes === null ? [] : [['Free on its disk', freeBytes] as const]),
  ] as const;
  const whole = totalBytes ?? sourceBytes + publishedBytes;
  return (
    <Section title="Storage" note={counted(videos, 'video')}>
      <div aria-hidden="true" className="flex h-6 gap-0.5">
        <Part share={sourceBytes / whole} className="bg-done" />
        <Part share={publishedBytes / whole} className="bg-accent" />
        {totalBytes !== null && freeBytes !== null && (
          <Part
            share={Math.max(0, totalBytes - freeBytes - sourceBytes - publishedBytes) / whole}
            className="bg-line"
          />
        )}
        {freeBytes !== null && (
          <Part share={freeBytes / whole} className="shadow-[inset_0_0_0_1px_var(--color-edge)]" />
        )}
      </div>
      <dl className="grid grid-cols-[minmax(0,1fr)_max-content] text-small">
        {rows.map(([words, bytes]) => (
          <div key={words} className="contents">
            <dt className="flex h-8 items-center gap-2 border-t border-line text-ink-2">
              <span aria-hidden="true" className={`inline-block h-3 w-2 ${MARKS[words]}`} />
              {words}
            </dt>
            <dd className="flex h-8 items-center justify-end border-t border-line" title={formatExact(bytes, 'bytes')}>
              {formatBytes(bytes)}
              {words === 'Free on its disk' && totalBytes !== null && (
                <span className="pl-1 text-ink-3">of {formatBytes(totalBytes)}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-small text-ink-3">
        Added up <Time at={at} />.
      </p>
    </Section>
  );
}

const MARKS = {
  Sources: 'bg-done',
  'Published files': 'bg-accent',
  'Free on its disk': 'shadow-[inset_0_0_0_1px_var(--color-edge)]',
} as const;

/** What there is of is never thinner than can be seen. */
function Part({ share, className }: { share: number; className: string }) {
  if (share <= 0) return null;
  return <div className={`min-w-0.5 rounded-[1px] ${className}`} style={{ flex: `${share} 1 0` }} />;
}
