'use client';
import type { Role } from '@transcode/contracts';
import { EmptyState } from '@transcode/ui';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useMayAct } from './me-context.tsx';

const WHO: Record<Role, string> = {
  viewer: 'everybody who is signed in',
  editor: 'editors',
  operator: 'operators',
  admin: 'administrators',
};

/** A page for some: the others are told for whom it is, and nothing of it is asked from the API. */
export function ForRole({ role, children }: { role: Role; children: ReactNode }) {
  if (useMayAct(role)) return children;
  return (
    <EmptyState
      title={`This page is for ${WHO[role]}`}
      action={
        <Link href="/" className="text-accent underline underline-offset-4">
          Go to the videos
        </Link>
      }
    >
      Your role does not open it. An administrator can change your role in Settings.
    </EmptyState>
  );
}
