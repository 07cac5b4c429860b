import type { SharedVideo } from '@transcode/contracts';
import { headers } from 'next/headers';
import { cache } from 'react';
import { explain } from '../lib/explain.ts';
import { CALLER_HEADER, createApi } from './api.ts';

type OpenedShare = { readonly video: SharedVideo } | { readonly sentence: string; readonly ended: boolean };

/** What a share link shows, or why it shows nothing; asked once a page, and on behalf of who asks: each is limited by their own address. */
export const openShare = cache(async (token: string): Promise<OpenedShare> => {
  const caller = (await headers()).get(CALLER_HEADER);
  try {
    const api = createApi(caller === null ? {} : { [CALLER_HEADER]: caller });
    return { video: await api.shares.open.query({ token }) };
  } catch (error) {
    const { sentence, status } = explain(error);
    return { sentence, ended: status === 404 || status === 410 };
  }
});
