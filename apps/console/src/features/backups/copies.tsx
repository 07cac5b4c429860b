import type { CopiesView } from '@transcode/contracts';
import { classNames } from '@transcode/ui';
import { Section } from '../video/section.tsx';
import { exactly, TONES } from './backup-words.ts';
import { comparedWords, copyWords, failureWords } from './copy-words.ts';

/** How the copy of the objects in the second store is. */
export function Copies({ copies, now }: { copies: CopiesView; now: Date }) {
  const told = copyWords(copies);
  const failure = failureWords(copies);
  const note = copies.synchronous ? 'An upload is complete once its file is there, too.' : undefined;
  return (
    <Section title="Copy of the objects" note={note}>
      <div className="flex flex-col gap-1 border-y border-line py-4">
        <p className={classNames('max-w-[72ch] font-medium', TONES[told.tone])}>{told.words}</p>
        {failure !== undefined && <p className="max-w-[72ch] text-small text-red">{failure}</p>}
        <p className="text-small break-words text-ink-2" title={exactly(copies.comparedAt)}>
          In <code className="font-mono break-all">{copies.url}</code>. {comparedWords(copies, now)}
        </p>
      </div>
    </Section>
  );
}
