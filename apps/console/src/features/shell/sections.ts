import { roleAtLeast, type Role } from '@transcode/contracts';

export interface Section {
  readonly href: string;
  readonly words: string;
  /** What its page is for, in a few words. */
  readonly about: string;
  /** Who may open it; the API decides what it shows. */
  readonly role: Role;
  /** Pressed after `g`. */
  readonly key: string;
}

/** Every place of the console that the bar, the palette and the shortcuts lead to, in this order. */
export const SECTIONS: readonly Section[] = [
  { href: '/', words: 'Videos', about: 'All videos and uploads', role: 'viewer', key: 'v' },
  { href: '/overview', words: 'Overview', about: 'What needs somebody now', role: 'operator', key: 'o' },
  { href: '/jobs', words: 'Jobs', about: 'Every run of every video', role: 'viewer', key: 'j' },
  { href: '/queues', words: 'Queues', about: 'What waits, how fast it goes, what fails', role: 'operator', key: 'q' },
  { href: '/workers', words: 'Workers', about: 'Who works on what; pause, drain, resume', role: 'operator', key: 'w' },
  { href: '/gpus', words: 'GPUs', about: 'How busy the graphics cards are', role: 'operator', key: 'u' },
  { href: '/presets', words: 'Presets', about: 'How videos are encoded', role: 'viewer', key: 'p' },
  { href: '/backups', words: 'Backups', about: 'The last good one, drills, run now', role: 'admin', key: 'b' },
  { href: '/settings', words: 'Settings', about: 'Account, people, keys, audit log', role: 'viewer', key: 's' },
];

export function sectionsFor(role: Role): Section[] {
  return SECTIONS.filter((section) => roleAtLeast(role, section.role));
}

/** `/` is the videos' list and the pages of single videos. */
export function isWithin(path: string, { href }: Section): boolean {
  return href === '/' ? path === '/' || path.startsWith('/videos/') : path === href || path.startsWith(`${href}/`);
}
