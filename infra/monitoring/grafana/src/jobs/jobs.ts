import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboardOf } from '../frame/dashboard.ts';
import { valuesOf } from '../frame/variables.ts';
import { ended } from './ended.ts';
import { durations } from './durations.ts';
import { failures } from './failures.ts';
import { now } from './now.ts';
import { quality } from './quality.ts';
import { speed } from './speed.ts';
import { stages } from './stages.ts';
import { waiting } from './waiting.ts';

export function jobs(): Dashboard {
  return dashboardOf({
    name: 'jobs',
    title: 'Jobs',
    answers:
      'What becomes of the videos: how many come and become ready, how long that takes and why, how good they are, and why some fail.',
    from: 'now-24h',
    rows: [now(), ended(), waiting(), durations(), stages(), speed(), quality(), failures()],
    variables: [valuesOf('resolution', 'jobSeconds', 'Classes of sources that were seen')],
  });
}
