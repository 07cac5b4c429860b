import type { Outlook } from '@transcode/contracts';
import { formatAbout } from '@transcode/ui';

const STOPPED = { paused: 'Paused', draining: 'Stopped' } as const;

/** `Paused by ana@example.org`, where something waits for it now. */
export function stoppedWords(outlook: Outlook | null): string | undefined {
  if (outlook?.kind !== 'stopped' || !outlook.now) return undefined;
  const [control] = outlook.controls;
  return control && `${STOPPED[control.state]} by ${control.by}`;
}

/** `ready in about 6 min`; nothing where nobody can say so. */
export function readyWords(outlook: Outlook | null): string | undefined {
  return outlook?.kind === 'known' ? `ready in ${formatAbout(outlook)}` : undefined;
}

/** When a class has nothing left to do, in a cell of a table. */
export function doneInWords(outlook: Outlook | null): string {
  switch (outlook?.kind) {
    case 'known':
      return outlook.atLeast ? `${formatAbout(outlook)} or more` : formatAbout(outlook);
    case 'stopped':
      return outlook.controls[0]?.state === 'draining' ? 'stopped' : 'paused';
    case 'unserved':
      return 'nobody does it';
    case 'unknown':
      return 'not known yet';
    case undefined:
      break;
  }
  return '–';
}

/** Somebody has to do something before it goes on. */
export function isHeld(outlook: Outlook | null): boolean {
  return (outlook?.kind === 'stopped' || outlook?.kind === 'unserved') && outlook.now;
}
