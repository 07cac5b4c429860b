'use client';
import { roleAtLeast } from '@transcode/contracts';
import { classNames } from '@transcode/ui';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useMe } from '../shell/me-context.tsx';
import { TABS } from './tabs.ts';

/** The settings' parts beside what is chosen; above it where there is no room. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const path = usePathname();
  const role = useMe()?.role ?? 'viewer';
  return (
    <div className="grid items-start gap-x-12 gap-y-6 md:grid-cols-[176px_minmax(0,1fr)]">
      <nav aria-label="Settings" className="min-w-0 md:sticky md:top-4">
        <h1 className="pb-3 text-title font-medium">Settings</h1>
        <ul className="-mx-4 flex gap-1 overflow-x-auto px-4 pb-1 md:-mx-3 md:flex-col md:px-0">
          {TABS.filter((tab) => roleAtLeast(role, tab.role)).map(({ href, words }) => (
            <li key={href}>
              <Link
                ref={path === href ? show : undefined}
                href={href}
                prefetch={false}
                aria-current={path === href ? 'page' : undefined}
                className={classNames(
                  'flex h-8 items-center rounded-control px-3 text-small whitespace-nowrap focus-visible:outline-offset-[-2px]',
                  path === href ? 'bg-raised font-medium text-ink' : 'text-ink-2 hover:text-ink',
                )}
              >
                {words}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="max-w-[1280px] min-w-0">{children}</div>
    </div>
  );
}

/** Where the parts stand side by side in too little room, the one that is shown is seen. */
function show(link: HTMLAnchorElement | null): void {
  link?.scrollIntoView({ inline: 'center', block: 'nearest' });
}
