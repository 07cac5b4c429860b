'use client';
import type { VideoView } from '@transcode/contracts';
import { Icon, Menu, MenuItem } from '@transcode/ui';
import { useState } from 'react';
import { useMayAct } from '../shell/me-context.tsx';
import { DeleteVideoDialog } from './delete-video-dialog.tsx';
import { RenameVideoDialog } from './rename-video-dialog.tsx';
import { RetryVideoDialog } from './retry-video-dialog.tsx';
import { useVideoActions } from './use-video-actions.ts';

type Subject = Pick<VideoView, 'id' | 'title' | 'state' | 'jobId' | 'failure' | 'preset' | 'workspaceId'>;

/** What can be done with a video, beside its name. */
export function VideoMenu({ video, onDeleted }: { video: Subject; onDeleted?: () => void }) {
  const [dialog, setDialog] = useState<'rename' | 'delete' | 'retry'>();
  const { retry, cancel } = useVideoActions(video);
  const close = () => setDialog(undefined);
  if (!useMayAct('editor')) return null;
  return (
    <>
      <Menu
        label={`More for ${video.title}`}
        trigger={<Icon name="more" />}
        triggerClassName="inline-flex size-8 items-center justify-center rounded-control text-ink-3 hover:bg-raised hover:text-ink"
      >
        {retry.offered && <MenuItem onSelect={retry.run}>Retry</MenuItem>}
        {retry.offered && <MenuItem onSelect={() => setDialog('retry')}>Retry with another preset…</MenuItem>}
        {cancel.offered && <MenuItem onSelect={cancel.run}>Cancel the work</MenuItem>}
        <MenuItem onSelect={() => setDialog('rename')}>Rename…</MenuItem>
        <MenuItem danger onSelect={() => setDialog('delete')}>
          Delete…
        </MenuItem>
      </Menu>
      <RetryVideoDialog video={video} open={dialog === 'retry'} onClose={close} />
      <RenameVideoDialog video={video} open={dialog === 'rename'} onClose={close} />
      <DeleteVideoDialog video={video} open={dialog === 'delete'} onClose={close} {...(onDeleted && { onDeleted })} />
    </>
  );
}
