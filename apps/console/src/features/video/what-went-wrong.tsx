'use client';
import { isTheFilesFault, type FailureView } from '@transcode/contracts';
import { Button } from '@transcode/ui';
import { useState } from 'react';
import { useMayAct } from '../shell/me-context.tsx';
import { useChooseFiles } from '../uploads/use-choose-files.tsx';
import { DeleteVideoDialog } from '../videos/delete-video-dialog.tsx';
import { useVideoActions } from '../videos/use-video-actions.ts';
import type { ShownVideo } from '../videos/with-uploads.ts';
import { FailurePanel } from './failure-panel.tsx';

interface WhatWentWrongProps {
  readonly video: ShownVideo;
  readonly failure: FailureView;
  readonly onDeleted: () => void;
}

/** Why the video failed, with what can be done about it, as buttons where one may. */
export function WhatWentWrong({ video, failure, onDeleted }: WhatWentWrongProps) {
  const { retry } = useVideoActions(video);
  const choose = useChooseFiles();
  const mayEdit = useMayAct('editor');
  const [asks, setAsks] = useState(false);
  if (!mayEdit) {
    const advice = isTheFilesFault(failure.code)
      ? 'It takes another file: an editor can upload one.'
      : 'Its file is kept: an editor can try again.';
    return <FailurePanel failure={failure} advice={advice} />;
  }
  return (
    <>
      <FailurePanel
        failure={failure}
        advice={
          retry.offered
            ? 'Your file is kept: try again, or delete the video.'
            : 'Trying again would end the same way: upload another file, and delete this one.'
        }
        actions={
          <>
            {retry.offered ? (
              <Button icon="retry" busy={retry.busy} onClick={retry.run}>
                Retry
              </Button>
            ) : (
              <Button icon="upload" onClick={choose}>
                Upload another file
              </Button>
            )}
            <Button icon="trash" onClick={() => setAsks(true)}>
              Delete this one…
            </Button>
          </>
        }
      />
      <DeleteVideoDialog video={video} open={asks} onClose={() => setAsks(false)} onDeleted={onDeleted} />
    </>
  );
}
