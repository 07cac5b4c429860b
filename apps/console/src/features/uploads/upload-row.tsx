'use client';
import { Button, Icon, Strip, useToast, type StripCell } from '@transcode/ui';
import Link from 'next/link';
import { useRef, type ChangeEvent } from 'react';
import { needsPerson, type UploadItem, type UploadItemState } from './upload-item.ts';
import { uploadWords } from './upload-words.ts';
import { useSettleCancel } from './use-settle-cancel.ts';
import { useUploadQueue } from './uploads-provider.tsx';

/**
 * One upload in the tray: name, what it does, its strip, and what can be done with it. It keeps its height and its buttons their places
 * whatever becomes of it, as somebody may be about to press one.
 */
export function UploadRow({ item }: { item: UploadItem }) {
  const isBroken = needsPerson(item) && item.failure !== undefined;
  const tone = isBroken ? 'text-red' : item.state === 'offline' ? 'text-amber' : 'text-ink-3';
  const words = uploadWords(item);
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3" data-upload-state={item.state}>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <div className="flex items-baseline gap-3 text-small">
            <span className="min-w-0 flex-1 truncate font-medium" title={item.name}>
              {item.name}
            </span>
            <NextStep item={item} />
          </div>
          <div className={`flex h-10 items-start gap-1.5 overflow-hidden text-small ${tone}`}>
            {(isBroken || item.state === 'offline') && (
              <Icon name={isBroken ? 'alert' : 'offline'} className="mt-px size-4" />
            )}
            <span className="line-clamp-2" title={words}>
              {words}
            </span>
          </div>
        </div>
        <Actions item={item} />
      </div>
      <Strip size="bar" cells={[cellOf(item)]} decorative />
    </li>
  );
}

/** Where one goes on from here: to the video, or to the file. */
function NextStep({ item }: { item: UploadItem }) {
  const input = useRef<HTMLInputElement>(null);
  const queue = useUploadQueue();
  if (item.state === 'done' && item.videoId !== undefined) {
    return (
      <Link href={`/videos/${item.videoId}`} className={NEXT}>
        Open
      </Link>
    );
  }
  if (item.state !== 'needs-file') return null;
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (file !== undefined) void queue.chooseAgain(item.id, file);
    target.value = '';
  };
  return (
    <>
      <button
        type="button"
        className={NEXT}
        aria-label={`Choose ${item.name} again`}
        onClick={() => input.current?.click()}
      >
        Choose file
      </button>
      <input ref={input} type="file" hidden onChange={onChange} aria-label={`The file of ${item.name}`} />
    </>
  );
}

const NEXT = 'shrink-0 text-small text-accent underline-offset-4 hover:underline';

function Actions({ item }: { item: UploadItem }) {
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
  return (
    <div className="grid shrink-0 grid-cols-[32px_32px]">
      <span>
        {(item.state === 'uploading' || item.state === 'waiting') && (
          <Button small kind="quiet" icon="pause" {...named('Pause')} onClick={() => void queue.pause(item.id)} />
        )}
        {item.state === 'paused' && (
          <Button small kind="quiet" icon="play" {...named('Resume')} onClick={() => queue.resume(item.id)} />
        )}
        {(item.state === 'failed' || item.state === 'offline') && (
          <Button small kind="quiet" icon="retry" {...named('Retry')} onClick={() => queue.resume(item.id)} />
        )}
      </span>
      {item.state === 'done' ? (
        <Button
          small
          kind="quiet"
          icon="close"
          {...named('Take off the list')}
          onClick={() => queue.dismiss(item.id)}
        />
      ) : (
        <Button small kind="quiet" icon="close" {...named('Cancel')} onClick={cancel} />
      )}
    </div>
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

function cellOf({ state, became, size, offset }: UploadItem): StripCell {
  const shown = became === 'failed' ? 'failed' : CELL_STATES[state];
  return { state: shown, fraction: size === 0 ? 0 : offset / size, takenOver: false, seconds: 1 };
}
