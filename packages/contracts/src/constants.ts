/** Times, sizes and limits. Each stands here once; workers, chart and docs read it from here. */

/** How long a claim on a task holds without renewal, in milliseconds. */
export const LEASE_MS = 6_000;
/** How often a worker renews its lease, in milliseconds. */
export const LEASE_RENEW_MS = 2_000;
/** How long a stopping worker may go on with the chunk it has before it hands it back, in milliseconds. */
export const DRAIN_DEADLINE_MS = 25_000;
/** The end of that time, in which its ffmpeg is killed and what it has goes back, in milliseconds. */
export const HAND_BACK_MS = 5_000;
/** How often a worker writes that it is alive, in milliseconds. */
export const WORKER_HEARTBEAT_MS = 2_000;
/** A worker that was silent for this long is gone, in milliseconds. */
export const WORKER_SILENT_MS = WORKER_HEARTBEAT_MS + LEASE_MS;
/** A worker whose last tasks, so many of them and of more than one video, died of their surroundings takes none until it is well again. */
export const QUARANTINE_DEATHS = 3;
/** How long it waits before it checks itself, each time longer, the last of these again and again; in milliseconds. */
export const QUARANTINE_MS = [5_000, 10_000, 20_000, 30_000] as const;
/** How often a worker writes how it is (load, memory, scratch, GPUs), in milliseconds. */
export const SAMPLE_MS = 10_000;
/** How long that is kept, in milliseconds (6 hours). */
export const SAMPLES_KEPT_MS = 6 * 3600 * 1000;
/** What is older than this is not how something is now, in milliseconds. */
export const SAMPLE_STALE_MS = 3 * SAMPLE_MS;
/** How often the reconciler writes what waits and runs, and what became ready; in milliseconds. */
export const PLATFORM_SAMPLE_MS = 30_000;
/** How long that is kept, in milliseconds (a day, and the hour it began in). */
export const PLATFORM_SAMPLES_KEPT_MS = 25 * 3600 * 1000;
/** A pause or a drain that is older may have been forgotten, in milliseconds (1 hour). */
export const CONTROL_FORGOTTEN_MS = 3600 * 1000;
/** A worker that has stopped is listed for so long, in milliseconds (1 hour). */
export const WORKER_LISTED_MS = 3600 * 1000;
/**
 * A video's chunks are all made by one ffmpeg. When no worker with that one was there for this long, its renditions start again with
 * another, in milliseconds.
 */
export const ENCODER_ABSENT_MS = 60_000;
/** A task that failed this often for its own sake fails its job. */
export const MAX_WORK_ATTEMPTS = 2;
/** Where a task failed for its own sake, it waits this long before the same worker tries it again; others may at once. In milliseconds. */
export const WORK_RETRY_PAUSE_MS = 5_000;
/**
 * A task whose workers died this often (lost lease, out of memory, full scratch) fails its job: it may be what kills them. Many,
 * because where workers are killed at random, twice as fast as they finish, one of a thousand tasks dies ten times in a row.
 */
export const MAX_INFRA_ATTEMPTS = 20;
/** After so many deaths a task is queued again at once: the next worker's ffmpeg is to run within 10 s of a kill. */
export const FREE_DEATHS = 3;
/** Then, and in an outage from the first time on, it waits this long, twice as long each time, up to the most; in milliseconds. */
export const RETRY_FIRST_MS = 1_000;
export const RETRY_MOST_MS = 10_000;
/** How often the reconciler looks for what fell between the chairs, in milliseconds. */
export const RECONCILE_MS = 2_000;
/** How often it looks for leases that have run out, in milliseconds: a dead worker's task is waited for. */
export const REAP_MS = 500;
/** How often it looks for what is of no use any more, in queues and in storage, in milliseconds. */
export const SWEEP_MS = 10_000;
/** A video's storage is swept once it has rested for this long, in milliseconds: a lease, and time for what is still on its way. */
export const SWEEP_AFTER_MS = LEASE_MS + 10_000;
/** How often storage is rid of what writers had begun that died, and how long ago that was at least, in milliseconds (24 hours). */
export const TIDY_MS = 600_000;
export const TIDY_AFTER_MS = 24 * 3600 * 1000;
/** How long rows of what is over are kept unless configured otherwise, such as of deleted videos, in milliseconds (30 days). */
export const HISTORY_KEPT_MS = 30 * 24 * 3600 * 1000;
/** How often the replica that is elected to reconcile writes that it lives, and the others try for it, in milliseconds. */
export const ELECTION_BEAT_MS = 1_000;
/** An elected replica that was silent for this long is relieved by another, in milliseconds. */
export const ELECTION_SILENT_MS = 6_000;

/** Length of a group of pictures, in seconds; rounded to whole frames. */
export const GOP_SECONDS = 2;
/** Closed groups of pictures in one segment: 3 x 2 s = 6 s. */
export const GOPS_PER_SEGMENT = 3;
/** The first chunk of a video has this many segments, so that something of it is there soon. */
export const FIRST_CHUNK_SEGMENTS = 1;
/** The others have about so many (60 s), a tenth more at either end where a source has its key frames so: long enough that neither bytes nor time grow by cutting. */
export const CHUNK_SEGMENTS = 10;
/** Frame rates above this are halved until they are not. */
export const MAX_FRAME_RATE = 60;
/** Frame rates below this are multiplied until they are not. */
export const LEAST_FRAME_RATE = 1;
/** Every published audio rendition has this sample rate, in Hz. */
export const AUDIO_SAMPLE_RATE = 48_000;
/** Samples in one AAC-LC frame, and the encoder's priming. */
export const AAC_FRAME_SAMPLES = 1_024;

/** The most often that a task's progress is told, in milliseconds between two tellings. */
export const PROGRESS_INTERVAL_MS = 250;

/**
 * How long a task waits for a storage that does not answer before it is given up, in milliseconds: less than an ffmpeg that waits with
 * it may stand still.
 */
export const STORAGE_PATIENCE_MS = 90_000;
/**
 * A running ffmpeg or ffprobe that gave no sign of life for this long is stopped, in milliseconds: it neither got on nor computed. Twice this,
 * and the pause between, have to be over within five minutes.
 */
export const FFMPEG_STALL_MS = 100_000;
/**
 * One that gave no other sign for this long than that it computes is stopped once it has computed for so long, in seconds of all cores
 * together. What an encoder's lookahead holds of the largest pictures, some sixty, costs a second each.
 */
export const FFMPEG_FUTILE_CPU_SECONDS = 120;
/** Limits on every ffmpeg and ffprobe. One that reaches them is ended, and the task fails with a sentence that names the limit. */
export const CHILD_LIMITS = {
  /**
   * Private memory unless configured otherwise, in bytes: so much, and so much more for each processor core, whose threads hold
   * pictures of their own; never more than the machine has. The whole ladder of an 8192 x 8192 source took 2.3 GB with two cores' threads
   * and 6.1 GB with sixteen's.
   */
  memoryBytes: 4 * 1024 ** 3,
  memoryBytesPerCore: 512 * 1024 ** 2,
  /** Seconds that one may run: so many, and so many for each second of media. */
  seconds: 600,
  secondsPerMediaSecond: 300,
  openFiles: 256,
  /** A rendition that grows past so many times its cap, and so many bytes, is no encode any more. */
  outputTimesCap: 8,
  outputBytes: 16 * 1024 ** 2,
} as const;

/** A worker's folder for what a task needs for a while. */
export const SCRATCH = {
  /** What one task may put there, in bytes. */
  taskBytes: 8 * 1024 ** 3,
  /** With less than this free on its disk a worker takes nothing, in bytes. */
  freeBytes: 1024 ** 3,
  /** How often both are looked at, in milliseconds. */
  lookMs: 1_000,
} as const;

/**
 * What stays free on a disk, whatever is uploaded, encoded or put to scratch, unless configured otherwise: at least so many bytes, or this
 * share of the disk where that is more; never more than so many, or than that share of a small disk.
 */
export const DISK_RESERVE = {
  leastBytes: 2 * 1024 ** 3,
  share: 0.05,
  mostBytes: 50 * 1024 ** 3,
  mostShare: 0.25,
} as const;

/** The largest upload accepted unless configured otherwise, in bytes (1 TiB). */
export const UPLOAD_MAX_BYTES = 1024 ** 4;
/** An upload that is not finished expires this long after its last byte, in milliseconds (7 days). */
export const UPLOAD_EXPIRES_MS = 7 * 24 * 3600 * 1000;
/** How long a writer's claim on an upload holds without renewal, and how often it is renewed, in milliseconds. */
export const UPLOAD_LEASE_MS = 5_000;
export const UPLOAD_LEASE_RENEW_MS = 1_000;
/** A writer that receives nothing for so long makes way for a client that comes back, in milliseconds. */
export const UPLOAD_STALL_MS = 2_000;
/** A writer that receives nothing for so long is given up unless configured otherwise, in milliseconds. */
export const UPLOAD_IDLE_MS = 60_000;
/** How long the headers of a request may take, and how long nothing may come of its body, unless configured otherwise, in milliseconds. */
export const HEADERS_MS = 30_000;
export const BODY_IDLE_MS = 30_000;
/** A body that is no upload comes at this rate at least, but for as long as it may be silent, in bytes a second. */
export const BODY_LEAST_RATE = 4_096;
/** The most connections that one replica of the API has open unless configured otherwise, and the most of one address. */
export const CONNECTIONS_MAX = 8_000;
export const CONNECTIONS_MAX_OF_ONE = 2_000;
/** How long a request waits for the writer before it to end, in milliseconds. */
export const UPLOAD_WAIT_MS = 1_500;
/** Objects of S3 uploads are flushed in parts of at least this size, in bytes. */
export const UPLOAD_PART_BYTES = 8 * 1024 ** 2;

/** The most event streams that one person or key has open at one replica of the API. */
export const STREAMS_MAX = 100;
/** How long a playback grant holds, in milliseconds (12 hours). */
export const GRANT_MS = 12 * 3600 * 1000;
/** A session ends this long after sign-in, in milliseconds (14 days). */
export const SESSION_MS = 14 * 24 * 3600 * 1000;
/** How long an API replica may believe a session or a grant before it asks Postgres again, in milliseconds. */
export const SESSION_RECHECK_MS = 3_000;
/** Shortest password accepted, in characters. */
export const PASSWORD_MIN_LENGTH = 12;
/** Failed sign-ins per address and account before the next has to wait. */
export const SIGN_IN_FREE_TRIES = 5;

/** The preset of an upload that names none. */
export const DEFAULT_PRESET = 'web';
/** Longest title or file name kept, in characters. */
export const TITLE_MAX_LENGTH = 250;
/** Page size of lists: default and most. */
export const PAGE_DEFAULT = 50;
export const PAGE_MAX = 200;
/** Rates and waits of queues are over so long, in milliseconds (10 minutes). */
export const RATE_WINDOW_MS = 600_000;
/** The most jobs that one request names, and that one request changes. */
export const BULK_NAMED = 500;
export const BULK_AT_ONCE = 100;
/** What would be changed is counted up to here. */
export const BULK_COUNTED = 10_000;

/** Limits on a source. A source over one of them is refused with a sentence that names it. */
export const SOURCE_LIMITS = {
  /** Pixels of one picture: 8192 x 8192. */
  pixels: 8192 * 8192,
  /** Pixels of one side, as it is shown: x264 takes no more. */
  side: 16_384,
  /** Of picture and sound. */
  streams: 64,
  /** Of anything, such as fonts. */
  streamsOpened: 1000,
  /** Places at which a stream's clock may jump. */
  clockJumps: 200,
  audioStreams: 16,
  /** Seconds: 24 hours. */
  durationSeconds: 24 * 3600,
  /** Pictures, and packets of everything: some more than 24 hours have at 60 a second, with 16 streams of sound. */
  frames: 6_000_000,
  packets: 80_000_000,
  /** The longest time without a new picture, and the longest on average in what is longer than that; in seconds. */
  stillSeconds: 3600,
  averageStillSeconds: 60,
  /** To find out what a file is, in milliseconds, beside what reading all of it takes at the least rate, in bytes a millisecond (10 MB/s). */
  probeMs: 10 * 60 * 1000,
  probeBytesPerMs: 10_000,
} as const;
