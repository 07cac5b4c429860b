'use client';
import type { Outlook } from '@transcode/contracts';
import { useMayAct } from '../shell/me-context.tsx';
import { ControlsList } from '../workers/controls-list.tsx';
import { useControlWork } from '../workers/use-control-work.ts';

/** Who stopped what this waits for, and when; operators let it go on from here. */
export function StoppedNotice({ outlook }: { outlook: Outlook | null }) {
  const work = useControlWork();
  const mayResume = useMayAct('operator');
  if (outlook?.kind !== 'stopped') return null;
  return (
    <ControlsList
      controls={outlook.controls}
      busy={work.isBusy}
      {...(mayResume && { onResume: work.resume })}
      {...(!outlook.now && { note: 'It goes on until it needs that.' })}
    />
  );
}
