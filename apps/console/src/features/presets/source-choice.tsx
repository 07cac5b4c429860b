'use client';
import { useQuery } from '@tanstack/react-query';
import { SelectField } from '@transcode/ui';
import { useTRPC } from '../../lib/trpc.ts';
import { SAMPLE_SOURCES } from './sample-sources.ts';

const VIDEOS_OFFERED = 30;

/** What the preview is made for: a typical source, or one of one's own videos. */
export function SourceChoice({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.videos.list.queryOptions({ limit: VIDEOS_OFFERED }));
  const videos = (data?.items ?? []).filter(({ width }) => width !== null);
  const isListed = SAMPLE_SOURCES.some(({ key }) => key === value) || videos.some(({ id }) => id === value);
  return (
    <SelectField label="For a source of" value={value} onChange={(event) => onChange(event.target.value)}>
      <optgroup label="Typical sources">
        {SAMPLE_SOURCES.map(({ key, words }) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </optgroup>
      {!isListed && <option value={value}>The chosen video</option>}
      {videos.length > 0 && (
        <optgroup label="Your videos">
          {videos.map(({ id, title, width, height }) => (
            <option key={id} value={id}>
              {title}, {width} × {height}
            </option>
          ))}
        </optgroup>
      )}
    </SelectField>
  );
}
