/** The files the page is made of, read once and found by name. They are served as they lie here: nothing is built. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

export interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
}

/** All files of the page by their names: 'index.html', 'log/message.js'. What is not in it is not there, whatever an address looks like. */
export function readAssets(): ReadonlyMap<string, Asset> {
  const folder = new URL('./client/', import.meta.url);
  const assets = new Map<string, Asset>();
  for (const entry of readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' })) {
    const name = entry.replaceAll('\\', '/');
    const type = types[name.slice(name.lastIndexOf('.') + 1)];
    if (type !== undefined) assets.set(name, { type, bytes: readFileSync(new URL(name, folder)) });
  }
  return assets;
}
