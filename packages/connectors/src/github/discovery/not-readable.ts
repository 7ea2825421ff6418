import { AdjutantError } from '@adjutant/core';

/** GitHub failed to say what these are: nothing follows from that, least of all that they are gone. */
export function notReadable(names: readonly string[]): AdjutantError {
  return new AdjutantError(
    'Upstream',
    `GitHub could not give ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' and more' : ''}.`,
    {
      source: 'github',
      retryable: true,
      hint: 'Run "adjutant sync" again later. What was read before stays.',
    },
  );
}
