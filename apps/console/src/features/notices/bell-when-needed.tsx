'use client';
import { Icon } from '@transcode/ui';
import { LoadedPart } from '../shell/loaded-part.tsx';
import { useTouched } from '../shell/use-touched.ts';
import { useUploads } from '../uploads/uploads-provider.tsx';
import { anyRetried } from './retried.ts';

const load = () => import('./notice-bell.tsx').then((module) => module.NoticeBell);

/** The bell; a mere picture of it where nothing can need anybody yet, as nothing was uploaded or tried again. */
export function BellWhenNeeded() {
  const isTouched = useTouched();
  const hasUploads = useUploads().length > 0;
  return (
    <LoadedPart load={load} isWanted={isTouched || hasUploads || anyRetried()}>
      <button
        type="button"
        aria-label="Nothing needs you"
        className="inline-flex size-10 items-center justify-center rounded-control text-ink-2"
      >
        <Icon name="bell" />
      </button>
    </LoadedPart>
  );
}
