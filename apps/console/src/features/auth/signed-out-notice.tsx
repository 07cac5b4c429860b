'use client';
import { useSyncExternalStore } from 'react';
import { Notice } from '../away/notice.tsx';
import { signInPath, whySignIn, type PageSession } from './session-end.ts';

/** For whoever stays on a page whose session has ended, such as for uploads that are under way. */
export function SignedOutNotice({ session }: { session: PageSession }) {
  const why = useSyncExternalStore(session.subscribe, session.endedBy, () => undefined);
  if (why === undefined) return null;
  return (
    <Notice icon="alert">
      {whySignIn(why)}{' '}
      <a
        href={signInPath(window.location.pathname + window.location.search, why)}
        className="text-accent underline underline-offset-4"
      >
        Sign in
      </a>
    </Notice>
  );
}
