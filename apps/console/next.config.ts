import type { NextConfig } from 'next';

const config: NextConfig = {
  transpilePackages: ['@transcode/contracts', '@transcode/planner', '@transcode/ui'],
  poweredByHeader: false,
  reactStrictMode: true,
  /** What people come to who go up from one of many: the list of them. */
  redirects: () =>
    Promise.resolve([
      { source: '/videos', destination: '/', permanent: false },
      { source: '/jobs/maintenance', destination: '/jobs?kind=maintenance', permanent: false },
    ]),
  // An image has only what the pages load; what is built without this, `next start` serves.
  ...(process.env['STANDALONE'] === 'true' && { output: 'standalone' as const }),
  // No page has pictures that Next.js would have to scale.
  images: { unoptimized: true },
  // TypeScript 7 has no JavaScript API for Next to call; `pnpm typecheck` runs `tsc -p .` with our own tsconfig instead.
  typescript: { ignoreBuildErrors: true },
};

export default config;
