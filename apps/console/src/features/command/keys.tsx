import { useSyncExternalStore } from 'react';

const ARROWS: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };

/** A shortcut as keys one can see: `mod+k`, `g v`. */
export function Keys({ keys }: { keys: string }) {
  // The server does not know the keyboard.
  const modifier = useSyncExternalStore(never, modifierHere, () => 'Ctrl');
  return (
    <span className="inline-flex gap-1 text-ink-3">
      {keys.split(/[ +]/).map((key) => (
        <kbd
          key={key}
          className="inline-flex h-6 min-w-6 items-center justify-center rounded-control border border-line px-1.5 font-mono text-small"
        >
          {key === 'mod' ? modifier : key.length === 1 ? key.toUpperCase() : (ARROWS[key] ?? key)}
        </kbd>
      ))}
    </span>
  );
}

function never(): () => void {
  return () => undefined;
}

function modifierHere(): string {
  return /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
}
