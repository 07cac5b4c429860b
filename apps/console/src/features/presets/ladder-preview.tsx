'use client';
import type { Preset } from '@transcode/contracts';
import { classNames, formatBytes, Icon, Skeleton } from '@transcode/ui';
import { useUrlParams } from '../../lib/use-url-params.ts';
import { Section } from '../video/section.tsx';
import { LadderPicture } from './ladder-picture.tsx';
import { mostBytesAMinute, previewLadder } from './preview-ladder.ts';
import { SAMPLE_SOURCES } from './sample-sources.ts';
import { SourceChoice } from './source-choice.tsx';
import { useSource } from './use-source.ts';

interface LadderPreviewProps {
  readonly preset: Preset;
  /** Why it is not of what is typed, but of what was whole before. */
  readonly stale?: string | undefined;
}

/** What a preset makes of a source, worked out here by the planner that workers use. The source stands in the address. */
export function LadderPreview({ preset, stale }: LadderPreviewProps) {
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
      <output className="text-small text-amber">
        {stale !== undefined && (
          <span className="flex items-start gap-2">
            <Icon name="alert" className="mt-0.5 size-4" />
            As it was before. It follows again once this is right: {stale}
          </span>
        )}
      </output>
      {probe && (
        <div
          className={classNames('flex flex-col gap-3', stale !== undefined && 'opacity-50')}
          data-stale={stale !== undefined}
        >
          <Preview preview={previewLadder(probe, preset)} />
        </div>
      )}
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
