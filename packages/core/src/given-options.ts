import type { AdjutantOptions } from './adjutant.ts';

/** Returns the named options that were given; an absent one has a default, which `undefined` has not. */
export function givenOptions<Name extends keyof AdjutantOptions>(
  options: AdjutantOptions,
  names: readonly Name[],
): Pick<AdjutantOptions, Name> {
  const entries = names.flatMap((name) =>
    options[name] === undefined ? [] : [[name, options[name]]],
  );
  return Object.fromEntries(entries) as Pick<AdjutantOptions, Name>;
}
