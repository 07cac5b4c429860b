'use client';
import type { VideoDetail } from '@transcode/contracts';
import { Button } from '@transcode/ui';
import { useRef } from 'react';
import { Section } from './section.tsx';
import { useCopy } from './use-copy.ts';

/** Where players find the streams. What has to play for longer, or in a page elsewhere, goes by a share link. */
export function AddressSection({ video }: { video: Pick<VideoDetail, 'playbackUrl' | 'dashUrl'> }) {
  const { playbackUrl, dashUrl } = video;
  return (
    <Section title="Stream addresses">
      <dl className="divide-y divide-line border-y border-line text-small">
        {playbackUrl !== null && <Address name="HLS" url={playbackUrl} />}
        {dashUrl !== null && <Address name="DASH" url={dashUrl} />}
      </dl>
      <p className="text-small text-ink-3">
        For players and for tests: each works anywhere for at most 12 hours. What is to play for longer takes a share
        link.
      </p>
    </Section>
  );
}

function Address({ name, url }: { name: string; url: string }) {
  const shown = useRef<HTMLElement>(null);
  const { said, copy } = useCopy(url, shown);
  return (
    <div className="flex min-h-10 items-center gap-3">
      <dt className="w-12 shrink-0 text-ink-3">{name}</dt>
      <dd className="flex min-w-0 flex-1 items-center gap-3">
        <code ref={shown} className="min-w-0 flex-1 truncate font-mono" title={url}>
          {url}
        </code>
        <Button small kind="quiet" icon="copy" onClick={copy}>
          <span aria-live="polite">{said ?? 'Copy'}</span>
          <span className="sr-only"> the {name} address</span>
        </Button>
      </dd>
    </div>
  );
}
