import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

const descriptions = /^[ \t]*"""(?:\\"""|[^])*?"""\n/gm;
const indentation = /^ +/gm;
const emptyLines = /\n{2,}/g;

/**
 * Returns a plugin that bundles GitHub's published schema as its text alone, without what it says
 * about itself: what the package loads beside it, five megabytes of JSON, validates documents.
 */
export function publishedSchema(): Plugin {
  return {
    name: 'published-schema',
    setup: (build) => {
      build.onLoad({ filter: /[\\/]@octokit[\\/]graphql-schema[\\/]index\.js$/ }, ({ path }) => {
        const text = readFileSync(join(dirname(path), 'schema.graphql'), 'utf8')
          .replaceAll(descriptions, '')
          .replaceAll(indentation, '')
          .replaceAll(emptyLines, '\n');
        return {
          contents: `export const schema = { idl: ${JSON.stringify(text)} };`,
          loader: 'js',
        };
      });
    },
  };
}
