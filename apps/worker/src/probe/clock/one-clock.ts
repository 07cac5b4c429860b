import type { StreamJumps } from '@transcode/contracts';
import type { PacketTimes } from '../read-packets.ts';
import type { ClockJump } from './clock-jumps.ts';

/** Jumps as a plan has them: in ticks of the stream's time base. */
export function inTicks(streamIndex: number, jumps: readonly ClockJump[], secondsPerTick: number): StreamJumps {
  return {
    streamIndex,
    jumps: jumps.map(({ fromPacket, seconds }) => ({ fromPacket, ticks: Math.round(seconds / secondsPerTick) })),
  };
}

/** A picture's packets on one clock. */
export function onOneClock(times: PacketTimes, jumps: StreamJumps['jumps']): PacketTimes {
  if (jumps.length === 0) return times;
  const moved = (ticks: readonly number[]): number[] => {
    let [next, added] = [0, 0];
    return ticks.map((tick, packet) => {
      for (; (jumps[next]?.fromPacket ?? Infinity) <= packet; next += 1) added += jumps[next]?.ticks ?? 0;
      return tick + added;
    });
  };
  return { ...times, pts: moved(times.pts), dts: moved(times.dts) };
}
