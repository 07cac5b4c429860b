import * as z from 'zod';

/** What videos are listed by: when they came, their title, the size of their file, how long they play. */
export const VideoSort = z.enum(['added', 'title', 'size', 'length']);
export type VideoSort = z.infer<typeof VideoSort>;

export const SortOrder = z.enum(['ascending', 'descending']);
export type SortOrder = z.infer<typeof SortOrder>;
