/** What every use of an S3 service shares: how its client is set up. The client itself is loaded by whoever needs it. */
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Config } from '../config/config.ts';

/** The settings of a client for the configured service. */
export function s3ClientConfig(settings: S3Config): S3ClientConfig {
  const { accessKeyId, secretAccessKey } = settings;
  return {
    region: settings.region ?? 'us-east-1',
    forcePathStyle: settings.forcePathStyle,
    maxAttempts: 4,
    // Not every service knows the newer checksums; ours prove more.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(settings.endpoint !== undefined && { endpoint: settings.endpoint }),
    // Without keys the client looks where its cloud leaves them (a role of the pod or the machine).
    ...(accessKeyId &&
      secretAccessKey && {
        credentials: { accessKeyId: accessKeyId.reveal(), secretAccessKey: secretAccessKey.reveal() },
      }),
  };
}

/** 's3://bucket/prefix' in parts; the prefix ends in '/' unless it is ''. */
export function s3Place(place: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket = '', folder = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(place) ?? [];
  return { bucket, prefix: folder === '' ? '' : `${folder.replace(/\/+$/, '')}/` };
}
