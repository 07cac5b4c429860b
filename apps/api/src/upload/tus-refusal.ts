import { TranscodeError } from '@transcode/contracts';

/** What the tus server refuses by itself, in our words. */
export function tusRefusal(
  status: number,
  text: string,
  { maxBytes, requestId }: { maxBytes: number; requestId: string },
): TranscodeError {
  if (status === 404) return new TranscodeError('not_found', { what: 'upload' });
  if (status === 409)
    return new TranscodeError('conflict', { reason: 'The upload is at another offset. Ask for it by HEAD' });
  if (status === 410) return new TranscodeError('upload_expired');
  if (status === 413) {
    const limit = text.startsWith('Maximum') ? `${maxBytes} bytes` : 'rest of the announced length';
    return new TranscodeError('payload_too_large', { limit });
  }
  const reason = text.trim().replace(/\.$/, '');
  // What it does not support it calls 501, a missing header 403: each is a mistake in the request.
  if (status < 500 || status === 501) return new TranscodeError('bad_request', { reason });
  return new TranscodeError('internal', { requestId }, { cause: new Error(text) });
}
