'use client';
import { createContext, use, useCallback, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';

export interface Shortcut {
  /** `mod+k`, `?`, `/`, `Space`, or one key after another: `g v`. */
  readonly keys: string;
  /** What it does, for the sheet of all shortcuts. */
  readonly words: string;
  /** The part of the page that it works, where it has many: they stand together on the sheet, and are not in the palette. */
  readonly part?: string;
  readonly run: () => void;
}

interface Registry {
  /** Those of what is on the page now, the last first. */
  readonly shortcuts: readonly Shortcut[];
  readonly add: (shortcuts: readonly Shortcut[]) => () => void;
}

/** The second key of two has to follow the first within this time. */
const SEQUENCE_MS = 1_200;

const ShortcutsContext = createContext<Registry>({ shortcuts: [], add: () => () => undefined });

export function useAllShortcuts(): readonly Shortcut[] {
  return use(ShortcutsContext).shortcuts;
}

/** Shortcuts that hold as long as the caller is on the page; they have to be the same object while nothing about them changes. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { add } = use(ShortcutsContext);
  // Before anybody sees what they are for: a key that is pressed at once is heard.
  useLayoutEffect(() => add(shortcuts), [add, shortcuts]);
}

/** Listens to the keys of the whole page. What is typed into a field and what a dialog is asked is no shortcut. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [groups, setGroups] = useState<readonly (readonly Shortcut[])[]>([]);
  // It never changes, so that adding does not make everybody add again.
  const add = useCallback((group: readonly Shortcut[]) => {
    setGroups((all) => [group, ...all]);
    return () => setGroups((all) => all.filter((one) => one !== group));
  }, []);
  const registry = useMemo<Registry>(() => ({ shortcuts: groups.flat(), add }), [groups, add]);
  useKeys(registry.shortcuts);
  return <ShortcutsContext value={registry}>{children}</ShortcutsContext>;
}

function useKeys(shortcuts: readonly Shortcut[]): void {
  const before = useRef<{ key: string; at: number }>({ key: '', at: 0 });
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const pressed = nameOf(event);
      if (event.defaultPrevented || pressed === undefined) return;
      const isShort = !pressed.startsWith('mod+');
      if (isShort && (hasOwnUse(event.target, pressed) || document.querySelector('dialog[open]') !== null)) return;
      const { key, at } = before.current;
      const sequence = event.timeStamp - at < SEQUENCE_MS ? `${key} ${pressed}` : '';
      const found = shortcuts.find(({ keys }) => keys === sequence) ?? shortcuts.find(({ keys }) => keys === pressed);
      before.current = { key: found === undefined ? pressed : '', at: event.timeStamp };
      if (found === undefined) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [shortcuts]);
}

function nameOf(event: KeyboardEvent): string | undefined {
  const { key, metaKey, ctrlKey, altKey } = event;
  if (altKey || ['Shift', 'Control', 'Meta', 'Alt'].includes(key)) return undefined;
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toLowerCase() : key;
  return `${metaKey || ctrlKey ? 'mod+' : ''}${name}`;
}

/** What is typed into goes nowhere else, and an open menu has the keyboard for itself. */
const TAKES_ALL = [
  'input:not([type="checkbox"], [type="radio"], [type="range"], [type="file"])',
  ...['textarea', 'select', '[contenteditable]', '[role="menu"]'],
].join();
/** What is pressed by the space bar, and what arrows move or scroll. A strip that seeks is moved as its player is. */
const TAKES_SOME = 'button, a, summary, pre, input:not([data-keys="page"])';
const MOVING = /^(Space|Enter|Arrow\w+|Home|End|Page\w+)$/;

function hasOwnUse(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest(TAKES_ALL) !== null || (MOVING.test(key) && target.closest(TAKES_SOME) !== null);
}
