import type { ControlView, TaskClass, WorkScope } from '@transcode/contracts';
import { Menu, MenuItem, MenuLabel } from '@transcode/ui';
import { scopeWords } from './worker-words.ts';

interface ScopeMenuProps {
  readonly classes: readonly TaskClass[];
  readonly controls: readonly ControlView[];
  readonly onPause: (scope: WorkScope) => void;
  readonly onDrain: (scope: WorkScope) => void;
}

/** Stops more than one worker: a class of work, or everything. What is stopped already has its own line on the page. */
export function ScopeMenu({ classes, controls, onPause, onDrain }: ScopeMenuProps) {
  const scopes: readonly WorkScope[] = ['all', ...classes.map((taskClass) => `class:${taskClass}` as const)];
  const isIn = (scope: WorkScope, state: ControlView['state']) =>
    controls.some((control) => control.scope === scope && control.state === state);
  return (
    <Menu label="Pause or drain">
      <MenuLabel>Take nothing new</MenuLabel>
      {scopes
        .filter((scope) => !isIn(scope, 'paused'))
        .map((scope) => (
          <MenuItem key={scope} onSelect={() => onPause(scope)}>
            Pause {scopeWords(scope)}
          </MenuItem>
        ))}
      <MenuLabel>Also hand back what runs</MenuLabel>
      {scopes
        .filter((scope) => !isIn(scope, 'draining'))
        .map((scope) => (
          <MenuItem key={scope} onSelect={() => onDrain(scope)}>
            Drain {scopeWords(scope)}…
          </MenuItem>
        ))}
    </Menu>
  );
}
