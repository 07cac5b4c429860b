'use client';
import { Button, Icon } from '@transcode/ui';
import { useState } from 'react';
import { FollowVideos } from './follow-videos.tsx';
import { needsPerson } from './upload-item.ts';
import { UploadRow } from './upload-row.tsx';
import { traySummary } from './upload-words.ts';
import { useHeldOrder } from './use-held-order.ts';
import { useUploadQueue, useUploads } from './uploads-provider.tsx';

/** What is being uploaded, at hand on every page of the console: what runs first, what is through last. */
export function UploadTray() {
  const uploads = useUploads();
  const queue = useUploadQueue();
  const [open, setOpen] = useState(true);
  const { shown, root, touched } = useHeldOrder(uploads);
  if (uploads.length === 0) return null;
  const needing = uploads.filter(needsPerson).length;
  const through = uploads.filter((item) => item.state === 'done' && !needsPerson(item)).map(({ id }) => id);
  return (
    <section
      ref={root}
      id="uploads"
      aria-label="Uploads"
      className="fixed inset-x-2 bottom-2 z-20 overflow-hidden rounded-panel border border-line bg-surface shadow-float sm:right-6 sm:bottom-6 sm:left-auto sm:w-[420px]"
      {...touched}
    >
      <FollowVideos />
      <div className="flex h-11 items-center pr-2">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex h-full min-w-0 flex-1 items-center gap-2 px-4 text-left text-small font-medium hover:bg-raised focus-visible:outline-offset-[-2px]"
        >
          <Icon name="chevron" className={`size-4 text-ink-3 ${open ? '' : 'rotate-180'}`} />
          <span className="min-w-0 flex-1 truncate">{traySummary(uploads)}</span>
          {needing > 0 && (
            <span className="flex items-center gap-1 text-red">
              <Icon name="alert" className="size-4" />
              {needing === 1 ? '1 needs you' : `${needing} need you`}
            </span>
          )}
        </button>
        {through.length > 1 && (
          <Button small kind="quiet" onClick={() => queue.dismiss(...through)}>
            Clear finished
          </Button>
        )}
      </div>
      {open && (
        <ul className="max-h-[45dvh] divide-y divide-line overflow-y-auto border-t border-line">
          {shown.map((item) => (
            <UploadRow key={item.id} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}
