import { join } from 'node:path';

/**
 * What Node is given to run the `adjutant` command: the command that the suite has built, or the
 * sources where a test runs outside the suite.
 */
export const commandLine: readonly string[] =
  process.env['ADJUTANT_TEST_COMMAND'] === undefined
    ? ['--conditions=@adjutant/source', join(import.meta.dirname, '..', 'bin.ts')]
    : [process.env['ADJUTANT_TEST_COMMAND']];
