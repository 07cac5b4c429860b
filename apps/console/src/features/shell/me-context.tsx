'use client';
import { roleAtLeast, type MeView, type Role } from '@transcode/contracts';
import { createContext, use, type ReactNode } from 'react';

const MeContext = createContext<MeView | null>(null);

export function MeProvider({ me, children }: { me: MeView; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

/** Who is signed in. */
export function useMe(): MeView | null {
  return use(MeContext);
}

/** Whether the signed-in person may do what a role may. The API decides; the page only leaves out what it would refuse. */
export function useMayAct(role: Role): boolean {
  const me = use(MeContext);
  return me !== null && roleAtLeast(me.role, role);
}
