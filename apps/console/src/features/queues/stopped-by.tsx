import type { ControlView } from '@transcode/contracts';
import { Time } from '@transcode/ui';

/** Who stopped it, and when. */
export function StoppedBy({ control, what }: { control: ControlView; what?: string }) {
  const state = control.state === 'paused' ? 'paused' : 'draining';
  return (
    <span className="text-small text-amber">
      {what === undefined ? capital(state) : `${what} is ${state === 'paused' ? 'paused' : 'being drained'}`} by{' '}
      {control.by}, <Time at={control.at} />
    </span>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
