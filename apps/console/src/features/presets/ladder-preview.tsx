'use client';
import type { Preset } from '@transcode/contracts';
import { formatBytes, Skeleton } from '@transcode/ui';
import { useUrlParams } from '../../lib/use-url-params.ts';
import { Section } from '../video/section.tsx';
import { LadderPicture } from './ladder-picture.tsx';
import { mostBytesAMinute, previewLadder } from './preview-ladder.ts';
import { SAMPLE_SOURCES } from './sample-sources.ts';
import { SourceChoice } from './source-choice.tsx';
import { useSource } from './use-source.ts';

/** What a preset makes of a source, worked out here by the planner that workers use. The source stands in the address. */
export function LadderPreview({ preset }: { preset: Preset }) {
  const [params, change] = useUrlParams();
  const key = params.get('source') ?? SAMPLE_SOURCES[0].key;
  const probe = useSource(key);
  return (
    <Section title="What it makes">
      <SourceChoice value={key} onChange={(source) => change({ source })} />
      {probe === undefined && <Skeleton className="h-48" />}
      {probe === null && (
        <p className="text-small text-ink-2">
          This video has not been read yet, or it is gone. Choose another source to see what the preset makes of it.
        </p>
      )}
      {probe && <Preview preview={previewLadder(probe, preset)} />}
    </Section>
  );
}

function Preview({ preview }: { preview: ReturnType<typeof previewLadder> }) {
  if ('refused' in preview) return <p className="text-small text-red">{preview.refused}</p>;
  return (
    <>
      <LadderPicture rungs={preview.rungs} />
      <p className="text-small text-ink-2">
        At most {formatBytes(mostBytesAMinute(preview))} a minute for all of it; less where the picture is calm.
      </p>
      <ul className="flex max-w-[72ch] flex-col gap-1 text-small text-ink-3">
        {preview.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}
