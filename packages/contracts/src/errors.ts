/**
 * Whose fault a failure is: `input` the caller's or the source's, `infra` something around the work on this worker, `outage`
 * something around it that strikes every worker alike, `work` ours.
 */
export type Blame = 'input' | 'infra' | 'outage' | 'work';

interface ErrorShape {
  /** HTTP status of the problem response. */
  readonly status: number;
  /** Trying the same again later can succeed. */
  readonly retryable: boolean;
  readonly blame: Blame;
  /** What happened and what to do, for a person. `{name}` is filled from the error's details. */
  readonly sentence: string;
}

const input = (status: number, sentence: string): ErrorShape => ({
  status,
  retryable: false,
  blame: 'input',
  sentence,
});
const infra = (status: number, sentence: string): ErrorShape => ({ status, retryable: true, blame: 'infra', sentence });
/** A task is tried until it is over, however long that takes. */
const outage = (status: number, sentence: string): ErrorShape => ({ ...infra(status, sentence), blame: 'outage' });
const work = (sentence: string): ErrorShape => ({ status: 500, retryable: false, blame: 'work', sentence });

/** Every error the platform can tell, once. */
export const ERRORS = {
  // Requests
  bad_request: input(400, 'The request is not valid: {reason}.'),
  unauthenticated: input(401, 'Sign in, or send an API key as "Authorization: Bearer …".'),
  wrong_credentials: input(401, 'The e-mail or the password is not right.'),
  password_change_required: input(403, 'Change the one-time password first.'),
  password_too_weak: input(400, 'Choose a password of at least {min} characters that is not the old one.'),
  forbidden: input(403, 'Your role does not allow this. It needs the role {role}.'),
  person_required: input(403, 'Only a person who is signed in may do this: an API key belongs to one workspace.'),
  cross_origin: input(403, 'The request came from a page of another site.'),
  not_found: input(404, 'There is no such {what}, or you may not see it.'),
  method_not_allowed: input(405, 'This address does not take {method}.'),
  conflict: input(409, '{reason}.'),
  payload_too_large: input(413, 'This is larger than the {limit} allowed here.'),
  unsupported_media_type: input(415, 'Send {expected}.'),
  too_many_requests: {
    status: 429,
    retryable: true,
    blame: 'input',
    sentence: 'Too many requests. Try again in {seconds} s.',
  },
  range_not_satisfiable: input(416, 'The file has {bytes} bytes; the range asked for lies outside of them.'),
  grant_expired: input(403, 'This playback address has expired. Open the video again for a new one.'),
  share_ended: input(410, 'This link has expired or was withdrawn. Ask whoever sent it for a new one.'),
  internal: {
    status: 500,
    retryable: true,
    blame: 'work',
    sentence: 'An unexpected error occurred. The request id {requestId} names it in the log.',
  },
  console_unavailable: infra(502, 'The console does not answer. It may still be starting.'),
  not_ready: infra(503, 'The server cannot work right now: {reason}.'),

  // Uploads
  tus_version_unsupported: input(
    412,
    'Send "Tus-Resumable: 1.0.0": this is the version of the upload protocol spoken here.',
  ),
  upload_metadata_invalid: input(400, 'The upload metadata is not valid: {reason}.'),
  upload_expired: input(410, 'This upload has expired. Start it again.'),
  upload_locked: {
    status: 423,
    retryable: true,
    blame: 'input',
    sentence: 'Another request is writing to this upload.',
  },
  upload_checksum_mismatch: {
    status: 460,
    retryable: true,
    blame: 'input',
    sentence: 'The bytes that came do not match their checksum and were discarded. Send them again.',
  },
  upload_canceled: input(410, 'This upload was canceled.'),

  // Sources: refused with a reason that a person can act on
  source_empty: input(422, 'The file is empty.'),
  source_unrecognised: input(
    422,
    'This is not a video file we know. We read MP4, MOV, MKV, WebM, TS, AVI, FLV, Ogg, MPEG, MXF, WMV and GIF.',
  ),
  source_unreadable: input(422, 'The file is damaged or incomplete and could not be read: {reason}.'),
  source_has_no_video: input(422, 'The file has no video. Audio alone is not published.'),
  source_too_large: input(422, 'The source has {what}, more than the {limit} we take.'),
  source_codec_unknown: input(422, 'The video is encoded with {codec}, which this ffmpeg cannot decode.'),

  // Work
  stage_failed: work('This step of the work failed unexpectedly: {reason}.'),
  encode_failed: work('ffmpeg could not encode this video: {reason}.'),
  encode_stalled: infra(500, 'ffmpeg made no progress for {seconds} s and was stopped.'),
  ffmpeg_crashed: work('{program} crashed on this file ({signal}).'),
  ffmpeg_out_of_memory: work(
    'This file needs more memory than the {limit} that one {program} may have. An operator can raise it: FFMPEG_MEMORY_MIB.',
  ),
  ffmpeg_out_of_time: work('{program} was stopped after {seconds} s, longer than anything of this length should take.'),
  ffmpeg_output_too_large: work(
    'What {program} made of this file grew past what it can be ({limit}), and it was stopped.',
  ),
  scratch_exceeded: work('This file needs more than the {limit} of scratch space that one task may have.'),
  package_failed: work('The encoded segments do not fit together: {reason}.'),
  verify_failed: work('The finished video did not pass its check: {reason}. It was not published.'),
  measure_failed: work('The quality could not be measured: {reason}.'),
  quality_below_floor: input(422, 'The quality is {mean} VMAF, below the floor of {floor} that the preset demands.'),

  // Around the work
  lease_lost: infra(409, 'The worker lost its claim on the task, and another goes on with it.'),
  worker_died: infra(500, 'Workers kept dying on this task: {reason}.'),
  ffmpeg_killed: infra(
    500,
    '{program} was killed from outside ({signal}), most often because the machine had no memory left.',
  ),
  worker_exhausted: infra(500, 'The worker ran out of memory, processes or open files: {reason}.'),
  no_encoder: infra(500, 'The ffmpeg of this worker cannot be run: {reason}.'),
  storage_unavailable: outage(503, 'The storage does not answer: {reason}.'),
  storage_full: outage(507, 'The storage is full.'),
  scratch_full: infra(507, 'The scratch space of the worker is full.'),
  scratch_unusable: infra(500, 'The scratch space of the worker cannot be used: {reason}.'),
  database_unavailable: outage(503, 'The database does not answer.'),
  queue_unavailable: outage(503, 'The queue does not answer.'),
  canceled: input(409, 'It was canceled.'),
} as const satisfies Record<string, ErrorShape>;

export type ErrorCode = keyof typeof ERRORS;

type Details = Readonly<Record<string, string | number>>;

/** The one error that crosses our boundaries: a code of the registry, and the details its sentence names. */
export class TranscodeError extends Error {
  readonly code: ErrorCode;
  readonly details: Details;
  /** Something longer for the expert, such as the last lines of ffmpeg. Never shown as the message. */
  readonly tail: string | undefined;

  constructor(code: ErrorCode, details: Details = {}, options: { cause?: unknown; tail?: string } = {}) {
    super(sentenceOf(code, details), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TranscodeError';
    this.code = code;
    this.details = details;
    this.tail = options.tail;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }

  get blame(): Blame {
    return ERRORS[this.code].blame;
  }
}

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(ERRORS, value);
}

/** The registry's sentence with `{name}` filled in; a detail that is missing is left out. */
export function sentenceOf(code: ErrorCode, details: Details = {}): string {
  return ERRORS[code].sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '…'));
}
