'use client';
import { useRouter } from 'next/navigation';
import { applyTheme } from '../account/apply-theme.ts';
import { leave } from '../account/leave.ts';
import { useChooseFiles } from '../uploads/use-choose-files.tsx';
import type { Act } from './actions.ts';

/** Does what was chosen by its name. */
export function useAct(): (act: Act) => void {
  const router = useRouter();
  const choose = useChooseFiles();
  return (act) => {
    if (act === 'upload') choose();
    else if (act === 'signOut') void leave();
    else if ('theme' in act) applyTheme(act.theme);
    // It is not a page of the console.
    else if (act.href.startsWith('/api/')) window.location.assign(act.href);
    else router.push(act.href);
  };
}
