import * as z from 'zod';

/** How an upload is to be encoded: a preset, and the workspace it belongs to where it is nobody else's. */
export interface UploadTarget {
  readonly preset: string;
  readonly workspaceId?: string;
}

const KEY = 'upload-preset';
const Stored = z.object({ preset: z.string(), workspaceId: z.string().optional() });

/** What was chosen last in this browser. */
export function rememberedTarget(): UploadTarget | undefined {
  if (typeof localStorage === 'undefined') return undefined;
  try {
    const { preset, workspaceId } = Stored.parse(JSON.parse(localStorage.getItem(KEY) ?? ''));
    return { preset, ...(workspaceId !== undefined && { workspaceId }) };
  } catch {
    // Nothing was chosen, or this browser keeps nothing.
    return undefined;
  }
}

export function rememberTarget(target: UploadTarget | undefined): void {
  if (target === undefined) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(target));
}
