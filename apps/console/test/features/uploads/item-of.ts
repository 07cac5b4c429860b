import type { UploadItem } from '../../../src/features/uploads/upload-item.ts';

export function itemOf(more: Partial<UploadItem>): UploadItem {
  return {
    ...{ id: '1', name: 'a.mov', size: 4_000_000_000, offset: 1_000_000_000, state: 'uploading' },
    ...{ rate: undefined, videoId: undefined, failure: undefined, became: undefined, standsSince: undefined },
    ...more,
  };
}
