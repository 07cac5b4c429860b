'use client';
import { Icon } from '@transcode/ui';
import { Keys } from './keys.tsx';
import { useAllShortcuts } from './shortcuts.tsx';

/** Opens the palette, and tells the keys that do. On a phone there is neither room for it nor a keyboard. */
export function PaletteButton() {
  const open = useAllShortcuts().find(({ keys }) => keys === 'mod+k');
  return (
    <button
      type="button"
      aria-keyshortcuts="Control+K Meta+K"
      title="Find anything, or do something by its name"
      onClick={() => open?.run()}
      className="hidden h-10 items-center justify-center gap-2 rounded-control border border-line px-3 text-small whitespace-nowrap text-ink-3 hover:border-edge hover:text-ink sm:inline-flex"
    >
      <Icon name="search" />
      {/* Between the menu of sections and a bar with room for all of them the words give way. */}
      <span className="lg:max-[1400px]:sr-only">Find or do</span>
      <span aria-hidden="true">
        <Keys keys="mod+k" />
      </span>
    </button>
  );
}
