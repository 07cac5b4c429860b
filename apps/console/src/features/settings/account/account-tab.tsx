'use client';
import Link from 'next/link';
import { useMe } from '../../shell/me-context.tsx';
import { ROLE_WORDS } from '../role-words.ts';
import { TabPart } from '../tab-part.tsx';
import { SessionList } from './session-list.tsx';

/** Who one is here, and where one is signed in. */
export function AccountTab() {
  const me = useMe();
  if (me === null) return null;
  const facts = [
    ['Name', me.user?.name ?? ''],
    ['E-mail', me.user?.email ?? ''],
    ['Role', `${ROLE_WORDS[me.role].name}. ${ROLE_WORDS[me.role].may}`],
    ['Workspaces', me.workspaces.map(({ name }) => name).join(', ') || 'None yet: an administrator lets you into one'],
  ] as const;
  return (
    <>
      <TabPart title="Account" about="An administrator changes your name, your role and your workspaces.">
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-2 text-small">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Link href="/change-password" className="self-start text-small text-accent underline underline-offset-4">
          Change the password
        </Link>
      </TabPart>
      <SessionList />
    </>
  );
}
