'use client';
import type { VideoView } from '@transcode/contracts';
import { Icon, Menu, MenuItem } from '@transcode/ui';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useMayAct } from '../shell/me-context.tsx';
import { patiently } from '../shell/patiently.ts';
import { renditionPath, sourcePath } from './download-videos.ts';
import { useVideoActions } from './use-video-actions.ts';

/** What is asked comes with the first question. */
const CancelWorkDialog = dynamic(
  () => patiently(() => import('./cancel-work-dialog.tsx')).then((module) => module.CancelWorkDialog),
  {
    loading: () => null,
  },
);
const RetryVideoDialog = dynamic(
  () => patiently(() => import('./retry-video-dialog.tsx')).then((module) => module.RetryVideoDialog),
  {
    loading: () => null,
  },
);
const RenameVideoDialog = dynamic(
  () => patiently(() => import('./rename-video-dialog.tsx')).then((module) => module.RenameVideoDialog),
  { loading: () => null },
);
const DeleteVideoDialog = dynamic(
  () => patiently(() => import('./delete-video-dialog.tsx')).then((module) => module.DeleteVideoDialog),
  { loading: () => null },
);

type Question = 'rename' | 'delete' | 'retry' | 'cancel';
type Subject = Pick<
  VideoView,
  'id' | 'title' | 'state' | 'jobId' | 'failure' | 'preset' | 'workspaceId' | 'playbackUrl'
>;

/** What can be done with a video, beside its name. */
export function VideoMenu({ video, onDeleted }: { video: Subject; onDeleted?: () => void }) {
  const [dialog, setDialog] = useState<Question>();
  // One that was open stays, so that it can give the focus back.
  const [asked, setAsked] = useState<readonly Question[]>([]);
  const { retry, cancel } = useVideoActions(video);
  const close = () => setDialog(undefined);
  const ask = (question: Question) => {
    setAsked([...asked, question]);
    setDialog(question);
  };
  const mayRestore = useMayAct('admin');
  if (!useMayAct('editor')) return null;
  return (
    <>
      <Menu
        label={`More for ${video.title}`}
        trigger={<Icon name="more" />}
        triggerClassName="inline-flex size-8 items-center justify-center rounded-control text-ink-3 hover:bg-raised hover:text-ink"
      >
        {retry.offered && <MenuItem onSelect={retry.run}>Retry</MenuItem>}
        {retry.offered && <MenuItem onSelect={() => ask('retry')}>Retry with another preset…</MenuItem>}
        {cancel.offered && <MenuItem onSelect={() => ask('cancel')}>Cancel the work…</MenuItem>}
        {video.playbackUrl !== null && <MenuItem href={renditionPath(video.id, 'best')}>Download</MenuItem>}
        {video.state !== 'uploading' && <MenuItem href={sourcePath(video.id)}>Download the uploaded file</MenuItem>}
        <MenuItem onSelect={() => ask('rename')}>Rename…</MenuItem>
        {mayRestore && video.state !== 'uploading' && (
          <MenuItem href={`/backups?video=${video.id}`}>Restore from a backup…</MenuItem>
        )}
        <MenuItem danger onSelect={() => ask('delete')}>
          Delete…
        </MenuItem>
      </Menu>
      {asked.includes('cancel') && (
        <CancelWorkDialog title={video.title} open={dialog === 'cancel'} onCancel={cancel.run} onClose={close} />
      )}
      {asked.includes('retry') && <RetryVideoDialog video={video} open={dialog === 'retry'} onClose={close} />}
      {asked.includes('rename') && <RenameVideoDialog video={video} open={dialog === 'rename'} onClose={close} />}
      {asked.includes('delete') && (
        <DeleteVideoDialog video={video} open={dialog === 'delete'} onClose={close} {...(onDeleted && { onDeleted })} />
      )}
    </>
  );
}
