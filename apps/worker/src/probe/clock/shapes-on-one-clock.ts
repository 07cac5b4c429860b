import type { Shape, StreamJumps } from '@transcode/contracts';
import type { PacketTimes } from '../read-packets.ts';
import { onOneClock } from './one-clock.ts';

/** Shapes, which came in the order of the file, by when their first picture is shown on the one clock. */
export function shapesOnOneClock(
  shapes: readonly Shape[],
  times: PacketTimes,
  { jumps, secondsPerTick }: { jumps: StreamJumps['jumps']; secondsPerTick: number },
): Shape[] {
  if (jumps.length === 0) return [...shapes];
  const moved = onOneClock(times, jumps);
  const ticks = shapes.map((shape) => Math.round(shape.fromSeconds / secondsPerTick));
  const packets = packetsAt(times.pts, new Set(ticks));
  let from = 0;
  return shapes.map((shape, index) => {
    const tick = ticks[index] ?? NaN;
    const packet = packets.get(tick)?.find((each) => each >= from);
    if (packet === undefined) return shape;
    from = packet;
    return { ...shape, fromSeconds: (moved.pts[packet] ?? tick) * secondsPerTick };
  });
}

/** The packets that are shown at each of these times: a clock that begins again has several. */
function packetsAt(pts: PacketTimes['pts'], ticks: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const packets = new Map<number, number[]>();
  for (const [packet, tick] of pts.entries()) {
    if (!ticks.has(tick)) continue;
    const found = packets.get(tick) ?? [];
    found.push(packet);
    packets.set(tick, found);
  }
  return packets;
}
