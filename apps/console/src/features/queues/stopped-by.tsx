import type { ControlView } from '@transcode/contracts';
import { Time } from '@transcode/ui';

/** Who stopped it, and when. */
export function StoppedBy({ control, what, running }: { control: ControlView; what?: string; running: number }) {
  const state = control.state === 'paused' ? 'paused' : running > 0 ? 'draining' : 'drained';
  return (
    <span className="text-small text-amber">
      {what === undefined ? capital(state) : `${what} is ${state === 'draining' ? 'being drained' : state}`} by{' '}
      {control.by}, <Time at={control.at} />
    </span>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
