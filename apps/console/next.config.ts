import type { NextConfig } from 'next';

const config: NextConfig = {
  transpilePackages: ['@transcode/contracts', '@transcode/planner', '@transcode/ui'],
  poweredByHeader: false,
  reactStrictMode: true,
  // TypeScript 7 has no JavaScript API for Next to call; `pnpm typecheck` runs `tsc -p .` with our own tsconfig instead.
  typescript: { ignoreBuildErrors: true },
};

export default config;
