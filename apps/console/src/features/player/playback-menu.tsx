'use client';
import { formatBitRate, Menu, MenuGroup, MenuItem } from '@transcode/ui';
import { SPEEDS } from './player-keys.ts';
import type { Playback } from './use-playback.ts';

interface PlaybackMenuProps {
  readonly playback: Playback;
  readonly speed: number;
  readonly onSpeed: (rate: number) => void;
}

/** How the video is played: its sound where there are several, its quality where that can be chosen, and how fast. */
export function PlaybackMenu({ playback, speed, onSpeed }: PlaybackMenuProps) {
  const { levels, chosen, choose, sounds, heard, hear } = playback;
  return (
    <Menu label={labelOf(playback, speed)} side="above" columns>
      {sounds.length > 1 && (
        <MenuGroup label="Sound">
          {sounds.map(({ index, name }) => (
            <MenuItem key={index} checked={index === heard} onSelect={() => hear(index)}>
              {name}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      {levels.length > 0 && (
        <MenuGroup label="Quality">
          <MenuItem checked={chosen === -1} onSelect={() => choose(-1)}>
            Auto
          </MenuItem>
          {levels.toReversed().map((level) => (
            <MenuItem key={level.index} checked={chosen === level.index} onSelect={() => choose(level.index)}>
              <span className="flex-1">{level.height}p</span>
              <span className="text-ink-3">{formatBitRate(level.bitRate)}</span>
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      <MenuGroup label="Speed">
        {SPEEDS.map((rate) => (
          <MenuItem key={rate} checked={rate === speed} onSelect={() => onSpeed(rate)}>
            {rate === 1 ? 'As recorded' : `${rate}×`}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}

/** What is played now, in few words. */
function labelOf({ levels, chosen, shown, sounds, heard }: Playback, speed: number): string {
  const height = levels[shown]?.height;
  const quality = height === undefined ? 'Auto' : chosen === -1 ? `Auto, ${height}p` : `${height}p`;
  const words = [
    ...(levels.length === 0 ? [] : [quality]),
    ...(sounds.length > 1 ? [sounds[heard]?.name ?? ''] : []),
    ...(speed === 1 ? [] : [`${speed}×`]),
  ];
  return words.length === 0 ? 'Speed' : words.join(' · ');
}
