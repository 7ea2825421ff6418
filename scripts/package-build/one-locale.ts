import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/**
 * Leaves out the messages that zod brings in fifty languages: ours are English, and a bundle holds
 * the whole of a namespace of which one member is used.
 */
export function oneLocale(): Plugin {
  return {
    name: 'one-locale',
    setup(build) {
      build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
        contents: 'export { default as en } from "./en.js";',
        loader: 'js',
      }));
    },
  };
}
