import { counted, type VideoRestorePlan } from '@transcode/contracts';
import { formatMoment } from '@transcode/ui';
import { useState, type ReactNode } from 'react';
import { TypedDialog } from '../shell/typed-dialog.tsx';
import { sumOf } from './restore-words.ts';
import type { useRestores } from './use-backups.ts';

interface RestoreDialogProps {
  readonly plan: VideoRestorePlan;
  /** Of the dry run that has found it. */
  readonly id: string;
  readonly open: boolean;
  readonly restore: ReturnType<typeof useRestores>['restore'];
  readonly onClose: () => void;
}

/** Has the title typed, and a word said for each row that is replaced and each object that nobody has. */
export function RestoreDialog({ plan, id, open, restore, onClose }: RestoreDialogProps) {
  const [replace, setReplace] = useState(false);
  const [incomplete, setIncomplete] = useState(false);
  const { title, at, objects } = plan;
  const replaced = sumOf(plan, 'replaced');
  const isUnsaid = (replaced > 0 && !replace) || (objects.lostPlayed > 0 && !incomplete);
  const close = () => {
    restore.reset();
    onClose();
  };
  return (
    <TypedDialog
      open={open}
      title="Restore the video?"
      expected={title}
      label="Title"
      confirm="Restore the video"
      kind={replaced > 0 ? 'danger' : 'primary'}
      incomplete={isUnsaid}
      busy={restore.isPending}
      error={restore.error}
      onConfirm={(confirm) => restore.mutate({ plan: id, confirm, replace, incomplete }, { onSuccess: close })}
      onClose={close}
    >
      <p>
        It becomes what it was on {formatMoment(at)}; what it got since stays. First a backup is made of what is there
        now. If anything else would change by then, nothing does.
      </p>
      {replaced > 0 && (
        <Said on={replace} onChange={setReplace}>
          Replace {counted(replaced, 'row')} that changed since by what they were
        </Said>
      )}
      {objects.lostPlayed > 0 && (
        <Said on={incomplete} onChange={setIncomplete}>
          Bring it back though {counted(objects.lostPlayed, 'object')} that it takes to play it are lost
        </Said>
      )}
    </TypedDialog>
  );
}

interface SaidProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly children: ReactNode;
}

function Said({ on, onChange, children }: SaidProps) {
  return (
    <label className="flex min-h-10 items-center gap-3 text-ink">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 shrink-0 accent-accent"
      />
      <span>{children}</span>
    </label>
  );
}
