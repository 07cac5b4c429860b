/** How an upload is to be encoded: a preset, and the workspace it belongs to where it is nobody else's. */
export interface UploadTarget {
  readonly preset: string;
  readonly workspaceId?: string;
}

const KEY = 'upload-preset';

/** What was chosen last in this browser. */
export function rememberedTarget(): UploadTarget | undefined {
  if (typeof localStorage === 'undefined') return undefined;
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '');
    if (typeof stored !== 'object' || stored === null) return undefined;
    const { preset, workspaceId }: { preset?: unknown; workspaceId?: unknown } = stored;
    if (typeof preset !== 'string') return undefined;
    return { preset, ...(typeof workspaceId === 'string' && { workspaceId }) };
  } catch {
    // Nothing was chosen, or this browser keeps nothing.
    return undefined;
  }
}

export function rememberTarget(target: UploadTarget | undefined): void {
  if (target === undefined) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(target));
}
