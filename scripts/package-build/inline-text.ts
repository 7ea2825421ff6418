import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

const call = /\breadTextBeside\(import\.meta\.url, '(\.\/[\w.-]+)'\)/g;

/**
 * Returns a plugin that puts the files which a `static-texts.ts` names into the bundle. From sources
 * they are read beside it; a bundle has nothing beside it.
 */
export function inlineText(): Plugin {
  return {
    name: 'inline-text',
    setup: (build) => {
      build.onLoad({ filter: /[\\/]static-texts\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        const contents = source.replace(call, (_, file: string) =>
          JSON.stringify(readFileSync(join(dirname(path), file), 'utf8')),
        );
        return { contents, loader: 'ts' };
      });
    },
  };
}
