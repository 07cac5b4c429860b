'use client';
import type { VideoDetail } from '@transcode/contracts';
import { Button, Icon, LinkButton } from '@transcode/ui';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { StoppedNotice } from '../outlook/stopped-notice.tsx';
import { Later } from '../shell/later.tsx';
import { useMayAct } from '../shell/me-context.tsx';
import { useUploads } from '../uploads/uploads-provider.tsx';
import { CancelWorkDialog } from '../videos/cancel-work-dialog.tsx';
import { renditionPath } from '../videos/download-videos.ts';
import { stateColour, stateWords } from '../videos/state-words.ts';
import { useVideoActions } from '../videos/use-video-actions.ts';
import { VideoMenu } from '../videos/video-menu.tsx';
import { withUploads } from '../videos/with-uploads.ts';
import { AddressSection } from './address-section.tsx';
import { History } from './history.tsx';
import { Journey } from './journey.tsx';
import { PlanSection } from './plan-section.tsx';
import { RenditionsTable } from './renditions-table.tsx';
import { Screen } from './screen.tsx';
import { ShareSection } from './share-section.tsx';
import { SourceFacts } from './source-facts.tsx';
import { WhatWentWrong } from './what-went-wrong.tsx';

export function VideoView({ video: served }: { video: VideoDetail }) {
  const router = useRouter();
  const [video] = withUploads([served], useUploads());
  const [chosen, setChosen] = useState<string>();
  const [asksCancel, setAsksCancel] = useState(false);
  const measured = served.renditions.filter((rendition) => rendition.quality !== null);
  const shown = measured.find((rendition) => rendition.name === chosen) ?? measured[0];
  const { retry, cancel } = useVideoActions(served);
  const mayEdit = useMayAct('editor');
  if (!video) return null;
  return (
    <>
      <title>{`${video.title} · Transcode`}</title>
      <header className="flex items-start gap-3 pb-4">
        <Link
          href="/"
          aria-label="Back to all videos"
          className="-ml-2 inline-flex size-10 shrink-0 items-center justify-center rounded-control text-ink-2 hover:bg-raised hover:text-ink"
        >
          <Icon name="back" />
        </Link>
        <div className="min-w-0 flex-1">
          <h1 className="text-title font-medium">{video.title}</h1>
          <p className={`text-small ${stateColour(video) ?? 'text-ink-3'}`} data-video-state={video.state}>
            {stateWords(video)}
          </p>
        </div>
        {mayEdit && cancel.offered && (
          <>
            <Button small busy={cancel.busy} onClick={() => setAsksCancel(true)}>
              Cancel the work…
            </Button>
            <CancelWorkDialog
              title={video.title}
              open={asksCancel}
              onCancel={cancel.run}
              onClose={() => setAsksCancel(false)}
            />
          </>
        )}
        {mayEdit && retry.offered && video.state === 'canceled' && (
          <Button small busy={retry.busy} onClick={retry.run}>
            Start again
          </Button>
        )}
        {served.playbackUrl !== null && (
          <LinkButton
            icon="download"
            href={renditionPath(served.id, 'best')}
            download
            title="The best rendition, as MP4"
          >
            Download
          </LinkButton>
        )}
        <VideoMenu video={video} onDeleted={() => router.push('/')} />
      </header>
      <StoppedNotice outlook={served.outlook} />
      <div className="grid items-start gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,1fr)_minmax(380px,24vw)] lg:grid-rows-[auto_1fr]">
        <div className="flex min-w-0 flex-col gap-10">
          {video.failure && <WhatWentWrong video={video} failure={video.failure} onDeleted={() => router.push('/')} />}
          <Screen video={served} shown={video} quality={shown?.quality ?? null} />
        </div>
        <div className="flex min-w-0 flex-col gap-10 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <Later>
            {served.renditions.length > 0 && (
              <RenditionsTable video={served} renditions={served.renditions} shown={shown?.name} onShow={setChosen} />
            )}
            {mayEdit && served.playbackUrl !== null && <ShareSection video={served} />}
            {served.playbackUrl !== null && <AddressSection video={served} />}
            <SourceFacts video={served} mayDownload={mayEdit} />
          </Later>
        </div>
        <div className="flex min-w-0 flex-col gap-10">
          <Later>
            <Journey video={video} job={served.job} />
            <History video={served} />
            {served.job && <PlanSection job={served.job} />}
          </Later>
        </div>
      </div>
    </>
  );
}
