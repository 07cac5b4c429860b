import type { S3Options } from '@transcode/storage';
import type { Environment } from './env.ts';

/** What the environment says about S3; the rest the AWS SDK finds for itself. */
export function s3Options(env: Environment): S3Options {
  return {
    endpoint: env.S3_ENDPOINT,
    region: env.AWS_REGION,
    accessKeyId: env.AWS_ACCESS_KEY_ID,
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
    sessionToken: env.AWS_SESSION_TOKEN,
    forcePathStyle: env.S3_ENDPOINT !== undefined,
  };
}
