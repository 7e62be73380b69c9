/** Guards what every use of S3 shares: a service that falls silent holds nobody for ever. */
import { createServer, type Server } from 'node:net';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, expect, test } from 'vitest';
import { Secret } from '../core/secret.ts';
import { s3ClientConfig } from './s3-client.ts';

let silent: Server | undefined;
afterEach(() => void silent?.close());

test('a service that takes the connection and says nothing more is given up', async () => {
  silent = createServer(() => {});
  const port = await new Promise<number>((resolve) => {
    silent?.listen(0, '127.0.0.1', () => {
      const address = silent?.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const config = s3ClientConfig(
    {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      accessKeyId: new Secret('somebody'),
      secretAccessKey: new Secret('something'),
      forcePathStyle: true,
    },
    100,
  );
  const client = new S3Client({ ...config, maxAttempts: 1 });
  await expect(client.send(new HeadBucketCommand({ Bucket: 'backups' }))).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  client.destroy();
});
