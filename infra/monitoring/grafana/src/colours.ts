/**
 * Okabe and Ito's colours, which people tell apart whatever they see of red and green. What is well is quiet, amber is held or late, red is
 * broken; a word stands beside each.
 */
export const COLOUR = {
  quiet: '#56B4E9',
  amber: '#E69F00',
  broken: '#D55E00',
  blue: '#0072B2',
  green: '#009E73',
  yellow: '#F0E442',
  pink: '#CC79A7',
  grey: '#999999',
} as const;

/** Series by their name in the legend, so that a thing has one colour on all dashboards. */
export const COLOUR_OF: Readonly<Record<string, string>> = {
  // How something ended.
  completed: COLOUR.quiet,
  complete: COLOUR.quiet,
  failed: COLOUR.broken,
  canceled: COLOUR.grey,
  expired: COLOUR.amber,
  retried: COLOUR.amber,
  lost: COLOUR.pink,
  'handed back': COLOUR.yellow,
  whole: COLOUR.quiet,
  broken: COLOUR.amber,
  refused: COLOUR.broken,
  // Classes of status.
  '2xx': COLOUR.quiet,
  '3xx': COLOUR.grey,
  '4xx': COLOUR.amber,
  '5xx': COLOUR.broken,
  // Classes of tasks, and what they run on.
  cpu: COLOUR.blue,
  gpu: COLOUR.green,
  light: COLOUR.amber,
  maintenance: COLOUR.grey,
  // Whom a failure is laid to.
  input: COLOUR.grey,
  infra: COLOUR.amber,
  outage: COLOUR.pink,
  work: COLOUR.broken,
  // How workers are.
  active: COLOUR.quiet,
  paused: COLOUR.yellow,
  draining: COLOUR.amber,
  drained: COLOUR.grey,
  quarantined: COLOUR.broken,
  stopped: COLOUR.blue,
  gone: COLOUR.pink,
  // How jobs and connections are, and which way bytes go.
  queued: COLOUR.amber,
  running: COLOUR.quiet,
  used: COLOUR.blue,
  idle: COLOUR.grey,
  waiting: COLOUR.broken,
  read: COLOUR.blue,
  written: COLOUR.amber,
  // Shares of what was observed: the worst stands out.
  median: COLOUR.grey,
  '90 %': COLOUR.blue,
  '95 %': COLOUR.blue,
  '99 %': COLOUR.broken,
  'worst 5 %': COLOUR.broken,
  // Resolutions in their order, each lighter than the one before.
  '240p': '#7E5BD6',
  '360p': '#5F78DC',
  '480p': '#3F93CF',
  '720p': '#27A5B5',
  '1080p': '#2DB493',
  '1440p': '#6CC35F',
  '2160p': '#B4CC3C',
  '4320p': '#FDE725',
};
