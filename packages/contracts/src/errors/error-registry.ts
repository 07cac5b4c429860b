import { BACKUP_ERRORS } from './backup-errors.ts';
import { infra, input, outage, work, type ErrorShape } from './error-shape.ts';

/** Every error the platform can tell, once. */
export const ERRORS = {
  // Requests
  bad_request: input(400, 'The request is not valid: {reason}.'),
  unauthenticated: input(401, 'Sign in, or send an API key as "Authorization: Bearer …".'),
  session_ended: input(
    401,
    'You were signed out: from another tab or browser, by a new password, or by an administrator. Sign in again.',
  ),
  session_expired: input(401, 'Your session has run out. Sign in again.'),
  account_disabled: input(401, 'This account was disabled. An administrator can enable it again.'),
  wrong_credentials: input(401, 'The e-mail or the password is not right.'),
  password_change_required: input(403, 'Change the one-time password first.'),
  password_too_weak: input(400, 'Choose a password of at least {min} characters that is not the old one.'),
  forbidden: input(403, 'Your role does not allow this. It needs the role {role}.'),
  person_required: input(403, 'Only a person who is signed in may do this, not an API key.'),
  reach_required: input(
    403,
    'This concerns the whole installation, and this API key reaches one workspace. An administrator can make one that reaches all.',
  ),
  cross_origin: input(403, 'The request came from a page of another site.'),
  not_found: input(404, 'There is no such {what}, or you may not see it.'),
  method_not_allowed: input(405, 'This address does not take {method}.'),
  conflict: input(409, '{reason}.'),
  request_timeout: {
    status: 408,
    retryable: true,
    blame: 'input',
    sentence: 'The {what} of the request came too slowly, or not at all. Send it again.',
  },
  payload_too_large: input(413, 'This is larger than the {limit} allowed here.'),
  headers_too_large: input(431, 'The address and the headers are together larger than the {limit} allowed here.'),
  unsupported_media_type: input(415, 'Send {expected}.'),
  too_many_requests: {
    status: 429,
    retryable: true,
    blame: 'input',
    sentence: 'Too many requests. Try again in {seconds} s.',
  },
  too_many_streams: {
    status: 429,
    retryable: true,
    blame: 'input',
    sentence: 'You have {limit} event streams open, as many as one may have. Close one first.',
  },
  too_busy: {
    status: 429,
    retryable: true,
    blame: 'infra',
    sentence: 'Too many who are not signed in ask at once. Try again in {seconds} s.',
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
  monitoring_unset: input(
    409,
    'This installation was not told where its {what} is: set {variable}, or start with ./transcode up --monitoring.',
  ),
  monitoring_unavailable: infra(502, '{what} does not answer: {reason}.', 'A part of the server did not answer.'),
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
  upload_copy_pending: {
    status: 503,
    retryable: true,
    blame: 'outage',
    sentence:
      'The whole file has come and is kept. It is called complete once its copy is in the second store: {reason}. Ask again; no byte has to be sent again.',
    plainly: 'The whole file has come and is kept. Its copy is still being made.',
  },
  upload_canceled: input(410, 'This upload was canceled.'),
  upload_access_ended: input(
    401,
    'The API key or the session that sends this upload has ended, or may no longer upload here. What came is kept: sign in again, or have an administrator go on.',
  ),

  ...BACKUP_ERRORS,

  // Sources: refused with a reason that a person can act on
  source_empty: input(422, 'The file is empty.'),
  source_unrecognised: input(
    422,
    'This is not a video file we know. We read MP4, MOV, MKV, WebM, TS, AVI, FLV, Ogg, MPEG, MXF, WMV, GIF, DV, IVF, Y4M, and bare MPEG, H.264, HEVC and AV1.',
  ),
  source_unreadable: {
    ...input(422, 'The file is damaged or incomplete and could not be read: {reason}.'),
    plainly: 'The file is damaged or incomplete and could not be read. Export or copy it again.',
  },
  source_has_no_video: input(422, 'The file has no video. Audio alone is not published.'),
  source_too_large: input(422, 'The source has {what}, more than the {limit} we take.'),
  source_encrypted: input(
    422,
    'The video is protected by encryption ({scheme}). Export it without protection and upload that.',
  ),
  source_codec_unknown: input(422, 'The video is encoded with {codec}, which this ffmpeg cannot decode.'),

  // Work
  stage_failed: work(
    'This step of the work failed unexpectedly: {reason}.',
    'A step of the work failed. The fault is ours, not the file’s.',
  ),
  encode_failed: work('ffmpeg could not encode this video: {reason}.', 'This video could not be encoded.'),
  encode_stalled: work(
    '{program} got no further in this file for {seconds} s and was stopped. Save it anew with another program.',
    'Encoding got no further in this file. Save it anew with another program.',
  ),
  ffmpeg_crashed: work(
    '{program} crashed on this file ({signal}).',
    'The encoder crashed on this file. Save it anew with another program.',
  ),
  ffmpeg_out_of_memory: work(
    'This file needs more memory than the {limit} that one {program} may have. An operator can raise it: FFMPEG_MEMORY_MIB.',
    'This file needs more memory than one video may have here. An operator can raise that.',
  ),
  ffmpeg_out_of_time: work(
    '{program} was stopped after {seconds} s, longer than anything of this length should take.',
    'This took longer than anything of this length should, and was stopped.',
  ),
  ffmpeg_output_too_large: work(
    'What {program} made of this file grew past what it can be ({limit}), and it was stopped.',
    'What was made of this file grew past what it can be, and was stopped.',
  ),
  scratch_exceeded: work(
    'This file needs more than the {limit} of scratch space that one task may have.',
    'This file needs more room while it is worked on than one video may have here.',
  ),
  package_failed: work(
    'The encoded segments do not fit together: {reason}.',
    'The parts of the finished video do not fit together. The fault is ours, not the file’s.',
  ),
  verify_failed: work(
    'The finished video did not pass its check: {reason}. It was not published.',
    'The finished video did not pass its check. The fault is ours, not the file’s.',
  ),
  measure_failed: work(
    'The quality could not be measured: {reason}.',
    'The quality of the finished video could not be measured.',
  ),
  quality_below_floor: input(422, 'The quality is {mean} VMAF, below the floor of {floor} that the preset demands.'),

  // Around the work
  lease_lost: infra(
    409,
    'The worker lost its claim on the task, and another goes on with it.',
    'Another machine goes on with this video.',
  ),
  worker_died: infra(
    500,
    'Workers kept dying on this task: {reason}.',
    'The machines that worked on this video kept failing.',
  ),
  ffmpeg_killed: infra(
    500,
    '{program} was killed from outside ({signal}), most often because the machine had no memory left.',
    'The encoder was stopped from outside, most often because its machine had no memory left.',
  ),
  worker_exhausted: infra(
    500,
    'The worker ran out of memory, processes or open files: {reason}.',
    'The machine that worked on this video had no memory or room for it left.',
  ),
  no_encoder: infra(
    500,
    'The ffmpeg of this worker cannot be run: {reason}.',
    'The machine that was to work on this video cannot encode. Tell an operator.',
  ),
  storage_unavailable: outage(503, 'The storage does not answer: {reason}.', 'The storage did not answer.'),
  storage_full: outage(507, 'The storage is full.', 'The storage is full. Tell an operator.'),
  storage_archived: outage(
    503,
    'The uploaded file lies in an archive of the storage, from which it has to be restored first. What waits for it goes on by itself then.',
    'The uploaded file lies in an archive. Tell an operator, who can have it restored; then it goes on by itself.',
  ),
  disk_reserved: outage(
    507,
    'There is no room for {needed}: the disk of {what} has {free} free, and {reserve} stay free for the database. Make room there, or lower DISK_RESERVE_MIB.',
    'The storage has no room for this. Tell an operator.',
  ),
  scratch_full: infra(
    507,
    'The scratch space of the worker is full.',
    'The machine that worked on this video had no room left.',
  ),
  scratch_unusable: infra(
    500,
    'The scratch space of the worker cannot be used: {reason}.',
    'The machine that worked on this video cannot write what it makes. Tell an operator.',
  ),
  database_unavailable: outage(503, 'The database does not answer.', 'A part of the server did not answer.'),
  queue_unavailable: outage(503, 'The queue does not answer.', 'A part of the server did not answer.'),
  canceled: input(409, 'It was canceled.'),
} as const satisfies Record<string, ErrorShape>;

export type ErrorCode = keyof typeof ERRORS;
