import * as z from 'zod';
import { UploadState } from '../work/states.ts';
import { Time } from '../time.ts';

export const UploadView = z.object({
  id: z.string(),
  videoId: z.uuid(),
  fileName: z.string(),
  size: z.int(),
  offset: z.int(),
  state: UploadState,
  createdAt: Time,
  expiresAt: Time,
});
export type UploadView = z.infer<typeof UploadView>;
