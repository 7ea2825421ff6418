import { AdjutantError } from '@adjutant/core/ports';

/** Returns the error of a command that reads where there is nothing to read. */
export function nothingConfigured(path: string | null): AdjutantError {
  const hint =
    path === null
      ? 'Run "adjutant init" in a clone, or "adjutant look" to see one without configuring anything.'
      : 'Add "connectors: { git: { repositories: [.] } }" to it, or run "adjutant init --force".';
  const where = path === null ? 'There is no configuration here' : `${path} names no source`;
  return new AdjutantError('Configuration', `${where}, so there is nothing to read.`, { hint });
}
