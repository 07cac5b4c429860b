import { isSourceKey } from '@transcode/contracts';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

/** What is left out comes from where the AWS SDK looks for it: environment, profile, the pod's identity. */
export interface S3Options {
  endpoint?: string | undefined;
  region?: string | undefined;
  accessKeyId?: string | undefined;
  secretAccessKey?: string | undefined;
  sessionToken?: string | undefined;
  forcePathStyle?: boolean | undefined;
  /** What was uploaded gets a tag, which not every S3 server knows. */
  tagSources?: boolean | undefined;
}

/** One bucket, and the beginning of all keys in it. */
export interface Bucket {
  client: S3Client;
  name: string;
  prefix: string;
  tagSources: boolean;
  /** How each request is sent. */
  request: { abortSignal?: AbortSignal };
}

export function connectS3({ bucket, prefix }: { bucket: string; prefix: string }, options: S3Options): Bucket {
  return {
    client: new S3Client(configOf(options)),
    name: bucket,
    prefix: prefix === '' ? '' : `${prefix}/`,
    tagSources: options.tagSources === true,
    request: {},
  };
}

/** Bucket and key of a request for an object of ours. */
export function locate(bucket: Bucket, key: string): { Bucket: string; Key: string } {
  return { Bucket: bucket.name, Key: bucket.prefix + key };
}

/** What is said of an object where it is written, so that rules of the bucket know what was uploaded from what is played. */
export function taggingOf({ tagSources }: Bucket, key: string): { Tagging?: string } {
  return tagSources && isSourceKey(key) ? { Tagging: 'transcode=source' } : {};
}

function configOf(options: S3Options): S3ClientConfig {
  const { endpoint, accessKeyId, secretAccessKey, sessionToken } = options;
  const region = options.region ?? (endpoint === undefined ? undefined : 'us-east-1');
  const config: S3ClientConfig = {
    maxAttempts: 4,
    // Parts are signed by their digest already, and not every S3 server knows the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    forcePathStyle: options.forcePathStyle ?? endpoint !== undefined,
    requestHandler: {
      connectionTimeout: 3_000,
      // Until the answer begins; a large part on a thin line takes its time.
      requestTimeout: 120_000,
      throwOnRequestTimeout: true,
      // A reader that takes a break is no dead connection.
      socketTimeout: 0,
      httpAgent: { keepAlive: true, maxSockets: 128 },
      httpsAgent: { keepAlive: true, maxSockets: 128 },
    },
  };
  if (endpoint !== undefined) config.endpoint = endpoint;
  if (region !== undefined) config.region = region;
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    config.credentials = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  }
  return config;
}
