'use client';
import type { Role } from '@transcode/contracts';
import { classNames, Menu, MenuItem } from '@transcode/ui';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { isWithin, sectionsFor } from './sections.ts';

/** Where one can go: side by side where there is room, else behind the name of where one is. */
export function SectionNav({ role }: { role: Role }) {
  const path = usePathname();
  const sections = sectionsFor(role);
  const here = sections.find((section) => isWithin(path, section));
  return (
    <>
      <nav aria-label="Sections" className="hidden items-center gap-1 lg:flex">
        {sections.map((section) => (
          <Link
            key={section.href}
            href={section.href}
            prefetch={false}
            aria-current={section === here ? 'page' : undefined}
            className={classNames(
              'flex h-8 items-center rounded-control px-2.5 text-small whitespace-nowrap',
              section === here ? 'bg-raised font-medium text-ink' : 'text-ink-2 hover:text-ink',
            )}
          >
            {section.words}
          </Link>
        ))}
      </nav>
      <nav aria-label="Sections" className="lg:hidden">
        <Menu label={here?.words ?? 'Go to'} align="start">
          {sections.map((section) => (
            <MenuItem key={section.href} href={section.href}>
              {section.words}
            </MenuItem>
          ))}
        </Menu>
      </nav>
    </>
  );
}
