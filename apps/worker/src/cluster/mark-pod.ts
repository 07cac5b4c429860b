import type { TaskClass } from '@transcode/contracts';
import type { Logger } from '@transcode/telemetry';
import { OWN_CLUSTER, patchPod, type Annotations, type Cluster } from './patch-pod.ts';

export interface PodMarks {
  /** A task of a class is in hand from now on, until what is given is called. */
  readonly begin: (taskClass: TaskClass) => () => void;
  /** From now on nothing is told any more. */
  readonly stop: () => Promise<void>;
}

interface MarkOptions {
  /** `namespace/name`; undefined outside Kubernetes, where nothing is told. */
  readonly pod: string | undefined;
  readonly log: Logger;
  readonly cluster?: Cluster;
  /** Between two words at least, in milliseconds. */
  readonly restMs?: number;
  readonly retryMs?: number;
}

/** An encode costs more to lose than any number of small tasks. */
const WEIGHT: Readonly<Record<TaskClass, number>> = { cpu: 100, gpu: 100, light: 1, maintenance: 1 };

/** The API of Kubernetes is no place for what changes every second. */
const REST_MS = 5_000;
const RETRY_MS = 30_000;

/**
 * Tells Kubernetes on the worker's own pod what would be lost with it: of several pods, one with less in hand is taken away first, and no node
 * is emptied to save money (by cluster-autoscaler or Karpenter) while there is something. Words are few: one at once, others in a while, and
 * what was overtaken is not told. Where the cluster does not listen work goes on, and it is told again.
 */
export function markPod({
  pod,
  log,
  cluster = OWN_CLUSTER,
  restMs = REST_MS,
  retryMs = RETRY_MS,
}: MarkOptions): PodMarks {
  if (pod === undefined) return { begin: () => () => undefined, stop: () => Promise.resolve() };
  let inHand = 0;
  let told: number | undefined;
  let isDeaf = false;
  let isStopped = false;
  let lastAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> | undefined;

  const tell = async (): Promise<void> => {
    const now = inHand;
    try {
      await patchPod(pod, marksOf(now), cluster);
      told = now;
      if (isDeaf) log.info('Kubernetes is told again what this worker has in hand');
      isDeaf = false;
    } catch (error) {
      // Once: it would be said every half minute.
      if (!isDeaf) log.warn({ err: error }, 'Kubernetes could not be told what this worker has in hand');
      isDeaf = true;
    }
    lastAt = performance.now();
    telling = undefined;
    settle();
  };
  const settle = (): void => {
    if (isStopped || timer !== undefined || telling !== undefined || inHand === told) return;
    const waitMs = lastAt + (isDeaf ? retryMs : restMs) - performance.now();
    timer = setTimeout(
      () => {
        timer = undefined;
        if (inHand !== told) telling = tell();
      },
      Math.max(0, waitMs),
    );
  };
  // A container that was started anew in its pod finds what the one before had written.
  settle();
  return {
    begin: (taskClass) => {
      inHand += WEIGHT[taskClass];
      settle();
      return () => {
        inHand -= WEIGHT[taskClass];
        settle();
      };
    },
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await telling;
    },
  };
}

function marksOf(inHand: number): Annotations {
  return {
    'controller.kubernetes.io/pod-deletion-cost': String(inHand),
    // An idle one may go, although it has a folder of its own on the node.
    'cluster-autoscaler.kubernetes.io/safe-to-evict': String(inHand === 0),
    'karpenter.sh/do-not-disrupt': inHand === 0 ? null : 'true',
  };
}
