'use client';
import { Button, Icon, Strip, useToast, type StripCell } from '@transcode/ui';
import Link from 'next/link';
import type { UploadItem, UploadItemState } from './upload-item.ts';
import { uploadWords } from './upload-words.ts';
import { useSettleCancel } from './use-settle-cancel.ts';
import { useUploadQueue } from './uploads-provider.tsx';

/** One upload in the tray: name, what it does, its strip, and what can be done with it. */
export function UploadRow({ item, onChoose }: { item: UploadItem; onChoose: () => void }) {
  const tone = item.state === 'failed' ? 'text-red' : item.state === 'offline' ? 'text-amber' : 'text-ink-3';
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3" data-upload-state={item.state}>
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <div className="truncate text-small font-medium" title={item.name}>
            {item.name}
          </div>
          <div className={`flex items-start gap-1.5 text-small ${tone}`}>
            {(item.state === 'offline' || item.state === 'failed') && (
              <Icon name={item.state === 'offline' ? 'offline' : 'alert'} className="mt-px size-4" />
            )}
            {uploadWords(item)}
          </div>
        </div>
        <Actions item={item} onChoose={onChoose} />
      </div>
      {item.state !== 'done' && <Strip size="bar" cells={[cellOf(item)]} decorative />}
    </li>
  );
}

function Actions({ item, onChoose }: { item: UploadItem; onChoose: () => void }) {
  const queue = useUploadQueue();
  const toast = useToast();
  const settle = useSettleCancel();
  const named = (verb: string) => ({ 'aria-label': `${verb} ${item.name}`, title: verb });
  const cancel = () => {
    void queue.cancel(item.id);
    toast({
      text: 'Upload canceled.',
      undo: () => queue.undoCancel(item.id),
      onSettled: () => void settle(item),
    });
  };
  if (item.state === 'done') {
    return (
      <>
        {item.videoId && (
          <Link
            href={`/videos/${item.videoId}`}
            className="rounded-control px-2 py-1.5 text-small text-accent underline-offset-4 hover:underline"
          >
            Open
          </Link>
        )}
        <Button
          small
          kind="quiet"
          icon="close"
          {...named('Take off the list')}
          onClick={() => queue.dismiss(item.id)}
        />
      </>
    );
  }
  return (
    <>
      {(item.state === 'uploading' || item.state === 'waiting') && (
        <Button small kind="quiet" icon="pause" {...named('Pause')} onClick={() => void queue.pause(item.id)} />
      )}
      {item.state === 'paused' && (
        <Button small kind="quiet" icon="play" {...named('Resume')} onClick={() => queue.resume(item.id)} />
      )}
      {(item.state === 'failed' || item.state === 'offline') && (
        <Button small kind="quiet" icon="retry" {...named('Retry')} onClick={() => queue.resume(item.id)} />
      )}
      {item.state === 'needs-file' && (
        <Button small onClick={onChoose} aria-label={`Choose ${item.name} again`}>
          Choose file
        </Button>
      )}
      <Button small kind="quiet" icon="close" {...named('Cancel')} onClick={cancel} />
    </>
  );
}

const CELL_STATES: Record<UploadItemState, StripCell['state']> = {
  waiting: 'waiting',
  uploading: 'running',
  paused: 'held',
  offline: 'held',
  'needs-file': 'held',
  failed: 'failed',
  done: 'done',
};

function cellOf({ state, size, offset }: UploadItem): StripCell {
  return { state: CELL_STATES[state], fraction: size === 0 ? 0 : offset / size, takenOver: false, seconds: 1 };
}
