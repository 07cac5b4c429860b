import { createHmac, timingSafeEqual } from 'node:crypto';
import { GRANT_MS, TranscodeError } from '@transcode/contracts';

/** What a playback address allows: the published folder of one job of one video. */
export interface Grant {
  readonly videoId: string;
  readonly jobId: string;
  /** The share link that it was given for: with that it ends. */
  readonly shareId?: string | undefined;
}

const UUID_BYTES = 16;
const TIME_BYTES = 6;
const SIGNED_BYTES = 2 * UUID_BYTES + TIME_BYTES;
const SHARED_BYTES = SIGNED_BYTES + UUID_BYTES;
const SIGNATURE_BYTES = 24;

/** Expiries fall on this grid, so that an address stays the same, and cached, for a while. */
const STEP_MS = GRANT_MS / 2;

/** Makes and reads playback grants: the ids and the expiry, signed, in 83 characters that fit a path; in 104 for a share link. */
export class Grants {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** As long as it is the same, the same grants are issued. */
  window(now = Date.now()): number {
    return Math.floor(now / STEP_MS);
  }

  /** Holds for at least half of GRANT_MS, and at most for all of it. */
  issue({ videoId, jobId, shareId }: Grant, now = Date.now()): string {
    const signed = Buffer.alloc(shareId === undefined ? SIGNED_BYTES : SHARED_BYTES);
    uuidBytes(videoId).copy(signed, 0);
    uuidBytes(jobId).copy(signed, UUID_BYTES);
    signed.writeUIntBE(this.window(now) * STEP_MS + GRANT_MS, 2 * UUID_BYTES, TIME_BYTES);
    if (shareId !== undefined) uuidBytes(shareId).copy(signed, SIGNED_BYTES);
    return Buffer.concat([signed, this.#sign(signed)]).toString('base64url');
  }

  read(text: string, now = Date.now()): Grant {
    const bytes = Buffer.from(text, 'base64url');
    const signed = bytes.subarray(0, Math.max(0, bytes.length - SIGNATURE_BYTES));
    const signature = bytes.subarray(signed.length);
    const isGrant = signed.length === SIGNED_BYTES || signed.length === SHARED_BYTES;
    if (!isGrant || !timingSafeEqual(signature, this.#sign(signed))) {
      throw new TranscodeError('not_found', { what: 'file' });
    }
    if (signed.readUIntBE(2 * UUID_BYTES, TIME_BYTES) <= now) throw new TranscodeError('grant_expired');
    const grant = { videoId: uuidText(signed, 0), jobId: uuidText(signed, UUID_BYTES) };
    return signed.length === SIGNED_BYTES ? grant : { ...grant, shareId: uuidText(signed, SIGNED_BYTES) };
  }

  #sign(signed: Uint8Array): Buffer {
    return createHmac('sha256', this.#secret).update('playback').update(signed).digest().subarray(0, SIGNATURE_BYTES);
  }
}

function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function uuidText(bytes: Buffer, offset: number): string {
  const hex = bytes.toString('hex', offset, offset + UUID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
