import type { Manifest } from '../helm/manifest.ts';
import { podSecurityComplaints } from './pod-security.ts';
import { policyComplaints } from './policies.ts';
import { probeComplaints } from './probes.ts';
import { referenceComplaints } from './references.ts';
import { scalingComplaints } from './scaling.ts';
import { settingComplaints } from './settings.ts';
import { tableComplaints } from './table.ts';

/** All that can be wrong with what the install line makes. */
export const everyComplaint = (objects: readonly Manifest[]): string[] => [
  ...podSecurityComplaints(objects),
  ...referenceComplaints(objects),
  ...probeComplaints(objects),
  ...settingComplaints(objects),
  ...tableComplaints(objects),
  ...scalingComplaints(objects),
  ...policyComplaints(objects),
];
