import { Probe } from '@transcode/contracts';

const StoredProbe = Probe.nullable().catch(null);

/** What a file was found to be; what another version wrote is not read. */
export function readProbe(stored: unknown): Probe | null {
  return StoredProbe.parse(stored);
}
