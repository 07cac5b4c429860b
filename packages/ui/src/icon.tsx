const PATHS = {
  upload: 'M8 10.5V2.5M4.5 6 8 2.5 11.5 6M2.5 10.5v3h11v-3',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5l3 3',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  play: 'M4.5 2.5v11l9-5.5-9-5.5Z',
  pause: 'M5 3v10M11 3v10',
  volume: 'M2.5 6v4h2.5l3.5 3V3L5 6H2.5ZM11 5.5a3.5 3.5 0 0 1 0 5M13 3.5a6.4 6.4 0 0 1 0 9',
  muted: 'M2.5 6v4h2.5l3.5 3V3L5 6H2.5ZM11 6l3.5 4M14.5 6 11 10',
  fullscreen: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  check: 'M3 8.5 6.5 12 13 4.5',
  chevron: 'M4 6l4 4 4-4',
  back: 'M10 3.5 5.5 8l4.5 4.5',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8v-8Z',
  alert: 'M8 2.5 14.5 13.5h-13L8 2.5ZM8 6.8v3M8 11.6h.01',
  bell: 'M8 2.5a4 4 0 0 1 4 4v3l1.5 2h-11l1.5-2v-3a4 4 0 0 1 4-4ZM6.5 13.5h3',
  trash: 'M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9M6.7 7v4M9.3 7v4',
  edit: 'M10.5 3 13 5.5 5.5 13H3v-2.5L10.5 3Z',
  file: 'M3.5 1.5h6l3 3v10h-9v-13ZM9.5 1.5v3h3',
  offline: 'M2.5 6.5a8 8 0 0 1 11 0M5 9.5a4.5 4.5 0 0 1 6 0M8 12.6h.01M2.5 2.5l11 11',
  drain: 'M2.5 4.5h11M4.5 8h7M6.5 11.5h3',
  grid: 'M2.5 2.5H7V7H2.5V2.5ZM9 2.5h4.5V7H9V2.5ZM2.5 9H7v4.5H2.5V9ZM9 9h4.5v4.5H9V9Z',
  rows: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  download: 'M8 2.5v8M4.5 7 8 10.5 11.5 7M2.5 10.5v3h11v-3',
  link: 'M6.5 9.5l3-3M7.2 4.6l1.2-1.3a3 3 0 0 1 4.3 4.3l-1.3 1.2M8.8 11.4l-1.2 1.3a3 3 0 0 1-4.3-4.3l1.3-1.2',
  user: 'M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM3 14c.4-2.8 2.4-4.2 5-4.2s4.6 1.4 5 4.2',
} as const;

export type IconName = keyof typeof PATHS;

/** A 16 px line icon in the colour of its text. Always decorative: the words stand beside it or in the button's label. */
export function Icon({ name, className = 'size-4' }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={`${className} shrink-0`}
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
