/** Bundles the program: every module and package in a few files below `dist`, so that a process starts fast and an image holds no tree of packages. */
import { cpSync, existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { BESIDE } from './packages.ts';

export const root = path.join(import.meta.dirname, '../..');
const sources = path.join(root, 'src');

/**
 * A bundled module asks for files beside its source (`new URL('./tasks.sql', import.meta.url)`). They are copied to the same place
 * below `dist`, and every module is told to be where it would be there: all bundles lie in `dist` itself.
 */
const ownPlace: Plugin = {
  name: 'own-place',
  transform: {
    filter: { id: /\.ts$/, code: /import\.meta\.(?:url|dirname)/ },
    handler(code, id) {
      if (!id.startsWith(`${sources}/`)) return null;
      const place = `./${path.relative(sources, id).replace(/\.ts$/, '.js')}`;
      return {
        code: code
          .replaceAll('import.meta.url', `new URL('${place}', import.meta.url).href`)
          .replaceAll(
            'import.meta.dirname',
            `decodeURIComponent(new URL('${path.posix.join(place, '..')}', import.meta.url).pathname)`,
          ),
        map: null,
      };
    },
  },
};

/** Files beside a module that it asks for by `new URL('./…', import.meta.url)`, from `src`. */
function askedFor(module: string): string[] {
  const asked = readFileSync(module, 'utf8').matchAll(/new URL\('(\.[^']+)', import\.meta\.url\)/g);
  return [...asked].map(([, file = '']) => path.relative(sources, path.resolve(path.dirname(module), file)));
}

/** The folder of the package that a module belongs to. */
function packageOf(module: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module)?.[0];
}

/**
 * Writes `dist` anew; resolves to the folders of the packages that are in it. Warnings are faults: a bundle that may lack something
 * is none.
 */
export async function bundle(to: string = path.join(root, 'dist')): Promise<string[]> {
  rmSync(to, { recursive: true, force: true });
  const warnings: string[] = [];
  const build = await rolldown({
    cwd: root,
    input: { main: path.join(sources, 'main.ts') },
    platform: 'node',
    external: BESIDE.flatMap((name) => [name, new RegExp(`^${name}/`)]),
    plugins: [ownPlace],
    onLog: (level, log) => {
      if (level === 'warn') warnings.push(log.message);
    },
  });
  const { output } = await build.write({
    dir: to,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    sourcemap: true,
    sourcemapExcludeSources: true,
    // Errors are told, stored and counted by where they stand in the sources, whatever the bundle's files are called.
    banner: ({ isEntry }) => (isEntry ? 'process.setSourceMapsEnabled(true);' : ''),
  });
  await build.close();
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
  // The chat page is served as it lies in the repository: what the browser gets is not bundled.
  const beside = ['**/*.{sql,ftl}', 'sandbox/page/client/**/*.{html,css,js,svg}'];
  for (const file of globSync(beside, { cwd: sources })) cpSync(path.join(sources, file), path.join(to, file));
  const modules = output.flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []));
  const own = modules.filter((module) => module.startsWith(`${sources}/`) && module.endsWith('.ts'));
  // What lies above `src` belongs to the release, not to the bundle.
  const missing = own.flatMap(askedFor).filter((file) => !file.startsWith('..') && !existsSync(path.join(to, file)));
  if (missing.length > 0) throw new Error(`asked for at run time and not in the bundle: ${missing.join(', ')}`);
  return [...new Set(modules.flatMap((module) => packageOf(module) ?? []))].sort();
}

if (import.meta.main) await bundle();
