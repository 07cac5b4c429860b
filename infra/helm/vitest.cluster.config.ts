import { defineConfig } from 'vitest/config';

const { TRANSCODE_CLUSTER_IN = '', TRANSCODE_CLUSTER_NODES = '5', TRANSCODE_CLUSTER_SET = '' } = process.env;

/** `./transcode test --cluster`: the chart on a Kubernetes that is made for it, or on the one in whose network TRANSCODE_CLUSTER_IN runs commands. */
export default defineConfig({
  test: {
    include: ['cluster/*.cluster.ts'],
    globalSetup: ['test/helm/unpack.ts', 'cluster/start.ts'],
    provide: {
      cluster: {
        inside: TRANSCODE_CLUSTER_IN.split(' ').filter(Boolean),
        nodes: Number(TRANSCODE_CLUSTER_NODES),
        sets: TRANSCODE_CLUSTER_SET.split(' ').filter(Boolean),
      },
    },
    testTimeout: 20 * 60_000,
    hookTimeout: 90 * 60_000,
    fileParallelism: false,
  },
});
