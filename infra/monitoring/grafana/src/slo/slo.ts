import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboardOf } from '../frame/dashboard.ts';
import { allTogether } from './all-together.ts';
import { levelRow } from './level-row.ts';
import { LEVELS } from './levels.ts';

export function slo(): Dashboard {
  return dashboardOf({
    name: 'slo',
    title: 'Service levels',
    answers:
      'Does Transcode keep what is promised over 30 days, how much may still go wrong, and how fast is that used up?',
    from: 'now-7d',
    rows: [allTogether(), ...LEVELS.map(levelRow)],
  });
}
