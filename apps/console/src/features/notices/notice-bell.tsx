'use client';
import { Icon, Menu, MenuItem, MenuLabel } from '@transcode/ui';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useUploads } from '../uploads/uploads-provider.tsx';
import { useBackgroundChoice, useBackgroundNotices } from './use-background-notices.ts';
import { uploadNotices, type Notice } from './upload-notices.ts';
import { useRetryNotices } from './use-retry-notices.ts';
import { useTitleCount } from './use-title-count.ts';

/** What stands still looks no different a moment later. */
const LOOK_MS = 10_000;

/** What needs the person who is signed in, on every page: their uploads, and what they tried again. */
export function NoticeBell() {
  const router = useRouter();
  const uploads = useUploads();
  const retries = useRetryNotices();
  const { choice, toggle } = useBackgroundChoice();
  const stands = uploads.some(({ standsSince }) => standsSince !== undefined);
  const now = useNow(stands);
  const notices = useMemo(() => [...uploadNotices(uploads, now), ...retries.notices], [uploads, now, retries.notices]);
  const open = useCallback(
    ({ href }: Notice) => {
      if (href !== undefined) router.push(href);
      else document.querySelector<HTMLElement>('#uploads button')?.focus();
    },
    [router],
  );
  useTitleCount(notices.length);
  useBackgroundNotices(notices, open);
  const count = notices.length;
  return (
    <Menu
      label={count === 0 ? 'Nothing needs you' : count === 1 ? '1 thing needs you' : `${count} things need you`}
      trigger={
        <>
          <Icon name="bell" />
          {count > 0 && (
            <span className="absolute top-0.5 right-0.5 flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-red px-1 text-small text-on-red">
              {count}
            </span>
          )}
        </>
      }
      triggerClassName="relative inline-flex size-10 items-center justify-center rounded-control text-ink-2 hover:bg-raised hover:text-ink"
    >
      <div className="w-80 max-w-[calc(100vw-32px)]">
        {count === 0 && (
          <MenuLabel>Nothing needs you. Uploads that stand still are told here, and retries that failed.</MenuLabel>
        )}
        {notices.map((notice) => (
          <MenuItem
            key={notice.key}
            onSelect={() => {
              retries.dismiss(notice.key);
              open(notice);
            }}
          >
            <Icon name="alert" className="size-4 text-red" />
            <span className="line-clamp-3 py-1">{notice.words}</span>
          </MenuItem>
        ))}
        {choice === 'blocked' && <MenuLabel>This browser does not let the page tell you in the background.</MenuLabel>}
        {(choice === 'on' || choice === 'off') && (
          <div className="mt-1 border-t border-line pt-1">
            <MenuItem checked={choice === 'on'} onSelect={() => void toggle()}>
              Tell me in the background, too
            </MenuItem>
          </div>
        )}
      </div>
    </Menu>
  );
}

/** The time, again and again while it matters. */
function useNow(matters: boolean): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!matters) return undefined;
    const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, [matters]);
  return now;
}
