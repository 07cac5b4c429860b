'use client';
import { useQuery } from '@tanstack/react-query';
import { parseStoryboard, type StoryFrame } from '@transcode/ui';

/** The storyboard's pictures and times; empty while there is none. `key` is what they belong to, as addresses change. */
export function useStoryboard(url: string | null, key: string): readonly StoryFrame[] | undefined {
  const { data } = useQuery({
    queryKey: ['storyboard', key],
    enabled: url !== null,
    staleTime: Infinity,
    retry: false,
    queryFn: async ({ signal }) => {
      const response = await fetch(url ?? '', { signal });
      return response.ok ? parseStoryboard(await response.text(), url ?? '') : [];
    },
  });
  return data;
}
