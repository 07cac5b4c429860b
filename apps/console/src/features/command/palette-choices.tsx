'use client';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useMe } from '../shell/me-context.tsx';
import { sectionsFor } from '../shell/sections.ts';
import { actionsFor, settingsFor, type Action } from './actions.ts';
import { FoundKeys, FoundPresets, FoundVideos, FoundWorkers, Retries } from './found-groups.tsx';
import { Keys } from './keys.tsx';
import { useAllShortcuts } from './shortcuts.tsx';
import { useAct } from './use-act.ts';

/** What the palette offers for what is typed: all of it only to whom may have it. */
export function PaletteChoices({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const router = useRouter();
  const act = useAct();
  const role = useMe()?.role ?? 'viewer';
  const shortcuts = useAllShortcuts();
  const typed = useDeferredValue(text.trim());
  const go = (href: string) => {
    onDone();
    router.push(href);
  };
  const actions = (list: readonly Action[]) =>
    list.map(({ words, also, act: does }) => (
      <Command.Item
        key={words}
        value={words}
        keywords={[...also]}
        onSelect={() => {
          onDone();
          act(does);
        }}
      >
        {words}
      </Command.Item>
    ));
  const here = shortcuts.filter(({ keys, part }) => !keys.startsWith('g ') && keys !== 'mod+k' && part === undefined);
  return (
    <Command label="Go to or do" loop>
      <Command.Input
        ref={input}
        value={text}
        onValueChange={setText}
        placeholder={`Find a video${role === 'operator' || role === 'admin' ? ', a worker' : ''}, a page, a setting; or do something: “retry”, “dark”`}
      />
      <Command.List>
        <Command.Empty>Nothing is called that.</Command.Empty>
        <Command.Group heading="Pages">
          {sectionsFor(role).map(({ href, words, about, key }) => (
            <Command.Item key={href} value={`${words} ${about}`} onSelect={() => go(href)}>
              <span>{words}</span>
              <span className="grow text-ink-3">{about}</span>
              <Keys keys={`g ${key}`} />
            </Command.Item>
          ))}
        </Command.Group>
        {typed !== '' && (
          <>
            <Retries typed={typed} onGo={go} />
            <FoundVideos typed={typed} onGo={go} />
            <FoundWorkers onGo={go} />
            <FoundPresets onGo={go} />
            <Command.Group heading="Settings">{actions(settingsFor(role))}</Command.Group>
            <FoundKeys onGo={go} />
          </>
        )}
        <Command.Group heading="Do">{actions(actionsFor(role))}</Command.Group>
        <Command.Group heading="Here">
          {here.map(({ keys, words, run }) => (
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
