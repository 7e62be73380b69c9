/** What every use of an S3 service shares: how its client is set up. The client itself is loaded by whoever needs it. */
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Config } from '../config/config.ts';

const CONNECT_MS = 10_000;
/** A service that neither takes nor gives a byte for so long is taken for gone: by itself the client would wait for ever. */
const SILENCE_MS = 300_000;

/** The settings of a client for the configured service. Whoever reads an object more slowly than that loses its connection. */
export function s3ClientConfig(settings: S3Config, silenceMs = SILENCE_MS): S3ClientConfig {
  const { accessKeyId, secretAccessKey } = settings;
  return {
    region: settings.region ?? 'us-east-1',
    forcePathStyle: settings.forcePathStyle,
    maxAttempts: 4,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: silenceMs },
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
