/** A person's data in and out: what the composition root and the command line may use of it. */

export { filesOf } from './archive/files.ts';
export type { OpenArchive } from './archive/read.ts';
export { ArchiveFault, openArchive } from './archive/read.ts';
export { type Archive, writeArchives } from './archive/write.ts';
export { type PortabilityDeps, portabilityFeature } from './bot.ts';
export { archiveName } from './exporting.ts';
export { batchesOf, type ImportLoopOptions, previewOf, startImports } from './importing.ts';
export { type Counts, type Hooks, NOTHING, sum, takeIn, takeSettings } from './taking-in.ts';
export { trimImports } from './trimming.ts';
