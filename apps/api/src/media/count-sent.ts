import type { MetricLabels } from '@transcode/contracts';
import { measure } from '@transcode/telemetry';
import type { FastifyReply } from 'fastify';

type Kind = MetricLabels<'mediaBytesTotal'>['kind'];

const KINDS: Readonly<Record<string, Kind>> = {
  m3u8: 'playlist',
  mpd: 'playlist',
  m4s: 'segment',
  mp4: 'segment',
  jpg: 'image',
  vtt: 'text',
};

export function sentKind(name: string): Kind {
  return KINDS[name.slice(name.lastIndexOf('.') + 1)] ?? 'text';
}

/** Counts what leaves with this answer, its head with it, however far it gets: by the socket, without touching the bytes. */
export function countSent({ raw }: FastifyReply, kind: Kind): void {
  const { socket } = raw;
  const before = socket?.bytesWritten ?? 0;
  raw.once('close', () => measure.count('mediaBytesTotal', { kind }, (socket?.bytesWritten ?? before) - before));
}
