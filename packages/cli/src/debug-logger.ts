import { createJsonLogger, type Logger, silentLogger } from '@adjutant/core/ports';
import type { CommandContext } from './command-context.ts';

/** Log lines go to standard error, and only where ADJUTANT_DEBUG asks for them. */
export function debugLogger({ io, secrets, clock }: CommandContext): Logger {
  if (!io.env['ADJUTANT_DEBUG']) return silentLogger;
  return createJsonLogger({
    write: (line) => io.stderr.write(line),
    level: 'debug',
    secrets,
    clock,
  });
}
