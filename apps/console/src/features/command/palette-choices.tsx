'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { useMe } from '../shell/me-context.tsx';
import { sectionsFor } from '../shell/sections.ts';
import { Keys } from './keys.tsx';
import { useAllShortcuts } from './shortcuts.tsx';

const VIDEOS_SHOWN = 6;

/** What the palette offers for what is typed. */
export function PaletteChoices({ onDone }: { onDone: () => void }) {
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const router = useRouter();
  const me = useMe();
  const shortcuts = useAllShortcuts();
  const videos = useVideosNamed(useDeferredValue(typed.trim()));
  const go = (href: string) => {
    onDone();
    router.push(href);
  };
  const actions = shortcuts.filter(({ keys }) => !keys.startsWith('g ') && keys !== 'mod+k');
  return (
    <Command label="Go to or do" loop>
      <Command.Input
        ref={input}
        value={typed}
        onValueChange={setTyped}
        placeholder="Go to a page, find a video, do something"
      />
      <Command.List>
        <Command.Empty>Nothing is called that.</Command.Empty>
        <Command.Group heading="Pages">
          {me !== null &&
            sectionsFor(me.role).map(({ href, words, about, key }) => (
              <Command.Item key={href} value={`${words} ${about}`} onSelect={() => go(href)}>
                <span>{words}</span>
                <span className="grow text-ink-3">{about}</span>
                <Keys keys={`g ${key}`} />
              </Command.Item>
            ))}
        </Command.Group>
        {videos.length > 0 && (
          <Command.Group heading="Videos">
            {videos.map(({ id, title }) => (
              <Command.Item key={id} value={`${title} ${id}`} onSelect={() => go(`/videos/${id}`)}>
                {title}
              </Command.Item>
            ))}
          </Command.Group>
        )}
        <Command.Group heading="Here">
          {actions.map(({ keys, words, run }) => (
            <Command.Item
              key={keys}
              value={words}
              onSelect={() => {
                onDone();
                run();
              }}
            >
              <span className="grow">{words}</span>
              <Keys keys={keys} />
            </Command.Item>
          ))}
        </Command.Group>
      </Command.List>
    </Command>
  );
}

function useVideosNamed(search: string): readonly { id: string; title: string }[] {
  const trpc = useTRPC();
  const input = { search, limit: VIDEOS_SHOWN };
  const found = useQuery({
    ...trpc.videos.list.queryOptions(input),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });
  return search === '' ? [] : (found.data?.items ?? []);
}
