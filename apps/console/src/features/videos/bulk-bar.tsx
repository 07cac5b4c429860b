'use client';
import { useMutation } from '@tanstack/react-query';
import { Button, Dialog, DialogActions } from '@transcode/ui';
import { useMemo, useState } from 'react';
import { useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { FormError } from '../auth/form-error.tsx';
import { useShortcuts } from '../command/shortcuts.tsx';
import { useMayAct } from '../shell/me-context.tsx';
import { downloadVideos } from './download-videos.ts';
import { useBulk } from './use-bulk.ts';
import type { Selection } from './use-selection.ts';
import { canRetry } from './use-video-actions.ts';
import { videosWords } from './videos-words.ts';

/** What can be done with all that is chosen, each with its count. It stands over the page's end, so that nothing moves for it. */
export function BulkBar({ selection }: { selection: Selection }) {
  const { videos, shown, clear, all } = selection;
  const isEmpty = videos.length === 0;
  const shortcuts = useMemo(
    () => (isEmpty ? [] : [{ keys: 'Escape', words: 'Clear the selection', run: clear }]),
    [isEmpty, clear],
  );
  useShortcuts(shortcuts);
  if (isEmpty) return null;
  return (
    <section
      aria-label="Chosen videos"
      className="fixed inset-x-4 bottom-4 z-30 flex flex-wrap items-center gap-2 rounded-panel border border-line bg-raised p-2 shadow-float sm:right-auto sm:left-8"
    >
      <span aria-live="polite" className="px-2 text-small">
        {videosWords(videos.length)} chosen
      </span>
      <Actions selection={selection} />
      {videos.length < shown && (
        <Button small kind="quiet" onClick={all}>
          Choose all {shown}
        </Button>
      )}
      <Button small kind="quiet" icon="close" aria-label="Clear the selection" onClick={clear} />
    </section>
  );
}

function Actions({ selection: { videos, clear } }: { selection: Selection }) {
  const api = useTRPCClient();
  const trpc = useTRPC();
  const mayEdit = useMayAct('editor');
  const [asks, setAsks] = useState(false);
  const remove = useBulk((id) => api.videos.delete.mutate({ id }));
  const retryOne = useMutation(trpc.videos.retry.mutationOptions());
  const retry = useBulk((id) => retryOne.mutateAsync({ id }));
  const playable = videos.filter(({ playbackUrl }) => playbackUrl !== null);
  const failed = videos.filter(canRetry);
  const ids = videos.map(({ id }) => id);
  const onDelete = async () => {
    if (await remove.run(ids)) {
      setAsks(false);
      clear();
    }
  };
  return (
    <>
      {playable.length > 0 && (
        <Button small icon="download" onClick={() => void downloadVideos(playable)}>
          Download {playable.length === 1 ? '1 MP4' : `${playable.length} MP4s`}
        </Button>
      )}
      {mayEdit && failed.length > 0 && (
        <Button
          small
          icon="retry"
          busy={retry.progress !== undefined}
          onClick={() => void retry.run(failed.map(({ id }) => id))}
        >
          Retry {videosWords(failed.length)}
        </Button>
      )}
      {mayEdit && (
        <Button small icon="trash" onClick={() => setAsks(true)}>
          Delete {videosWords(videos.length)}
        </Button>
      )}
      {retry.failure && <FormError sentence={retry.failure} />}
      <Dialog
        open={asks}
        title={`Delete ${videosWords(videos.length)}?`}
        onClose={() => {
          remove.reset();
          setAsks(false);
        }}
      >
        <ul className="mt-3 max-h-40 overflow-y-auto text-small">
          {videos.map(({ id, title }) => (
            <li key={id} className="truncate py-0.5">
              {title}
            </li>
          ))}
        </ul>
        <p className="mt-2 text-ink-2">
          The uploaded files and everything made from them are removed, and addresses already given out stop playing.
          This cannot be undone.
        </p>
        <FormError sentence={remove.failure} />
        <DialogActions>
          <Button onClick={() => setAsks(false)}>Keep them</Button>
          <Button kind="danger" busy={remove.progress !== undefined} onClick={() => void onDelete()}>
            {remove.progress
              ? `Deleting, ${remove.progress.done} of ${remove.progress.total}`
              : `Delete ${videosWords(videos.length)}`}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
