'use client';
import { Button } from '@transcode/ui';
import { useMayAct } from '../shell/me-context.tsx';
import { useChooseFiles } from '../uploads/use-choose-files.tsx';

const CELLS = 16;

/** The page before the first video: an empty strip, and where to begin. */
export function FirstVideo() {
  const choose = useChooseFiles();
  const mayEdit = useMayAct('editor');
  return (
    <div className="mx-auto flex max-w-[960px] flex-col items-start gap-8 pt-[12vh]">
      <div aria-hidden="true" className="flex h-16 w-full gap-1">
        {Array.from({ length: CELLS }, (_, at) => (
          <span
            key={at}
            className="flex-1 rounded-[1px] border border-edge last:opacity-20 nth-last-2:opacity-40 nth-last-3:opacity-60"
          />
        ))}
      </div>
      <div className="flex flex-col gap-3">
        <h1 className="text-display font-medium tracking-[-0.02em]">
          {mayEdit ? 'Drop your first video anywhere on this page' : 'There are no videos yet'}
        </h1>
        <p className="max-w-[58ch] text-ink-2">
          It is encoded for every screen, its quality is measured against your file, and it is published only when every
          frame has been checked. If the line breaks on the way, the upload goes on where it stopped.
        </p>
      </div>
      {mayEdit && (
        <Button kind="primary" icon="upload" onClick={choose}>
          Choose files
        </Button>
      )}
    </div>
  );
}
