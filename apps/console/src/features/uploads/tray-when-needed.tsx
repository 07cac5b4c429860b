'use client';
import { LoadedPart } from '../shell/loaded-part.tsx';
import { useTouched } from '../shell/use-touched.ts';
import { useUploads } from './uploads-provider.tsx';

const load = () => import('./upload-tray.tsx').then((module) => module.UploadTray);

/** The tray of uploads: there before a file can be chosen, and not before somebody could. */
export function TrayWhenNeeded() {
  const isTouched = useTouched();
  const isNeeded = useUploads().length > 0;
  return <LoadedPart load={load} isWanted={isTouched || isNeeded} />;
}
