'use client';
import { roleAtLeast, type MeView } from '@transcode/contracts';
import { createContext, use, type ReactNode } from 'react';

const MeContext = createContext<MeView | null>(null);

export function MeProvider({ me, children }: { me: MeView; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

/** Whether the signed-in person may change things. The API decides; the page only leaves out what it would refuse. */
export function useMayEdit(): boolean {
  const me = use(MeContext);
  return me !== null && roleAtLeast(me.role, 'editor');
}
