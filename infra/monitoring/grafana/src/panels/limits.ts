import { ThresholdsConfigBuilder, ThresholdsMode, type Threshold } from '@grafana/grafana-foundation-sdk/dashboard';
import { ALERTS, type AlertName } from '../alerts.ts';
import { COLOUR } from '../colours.ts';

/** From which values on something is wrong: just those at which alerts fire. */
export interface Limits {
  /** Whether it is wrong to be above them, or below. */
  readonly wrong: 'above' | 'below';
  readonly steps: readonly { readonly alert: AlertName; readonly at: number }[];
}

export function above(steps: Partial<Record<AlertName, number>>): Limits {
  return { wrong: 'above', steps: stepsOf(steps) };
}

export function below(steps: Partial<Record<AlertName, number>>): Limits {
  return { wrong: 'below', steps: stepsOf(steps) };
}

function stepsOf(steps: Partial<Record<AlertName, number>>): Limits['steps'] {
  return (Object.entries(steps) as [AlertName, number][])
    .map(([alert, at]) => ({ alert, at }))
    .toSorted((one, other) => one.at - other.at);
}

/** Grafana colours from a value upward, so where low is wrong each step has the colour of what is over it. */
export function thresholdsOf(limits: Limits | undefined): ThresholdsConfigBuilder {
  const steps = limits?.steps ?? [];
  const loud = steps.map(({ alert }) => (ALERTS[alert] === 'critical' ? COLOUR.broken : COLOUR.amber));
  const colours = limits?.wrong === 'below' ? [...loud, COLOUR.quiet] : [COLOUR.quiet, ...loud];
  const values = [null, ...steps.map(({ at }) => at)];
  const thresholds = values.map((value, index): Threshold => ({ value, color: colours[index] ?? COLOUR.quiet }));
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(thresholds);
}
