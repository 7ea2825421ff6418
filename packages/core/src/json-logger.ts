import { type Clock, systemClock } from './clock.ts';
import type { Logger, LogLevel } from './logger.ts';
import { createRedactor } from './redact-secrets.ts';

const rank: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

export interface JsonLoggerOptions {
  write: (line: string) => void;
  level?: LogLevel;
  secrets?: readonly string[];
  clock?: Clock;
}

/** Returns a logger that writes one JSON object per line, with known secrets replaced. */
export function createJsonLogger(options: JsonLoggerOptions): Logger {
  const { write, level = 'info', secrets = [], clock = systemClock } = options;
  const redact = createRedactor(secrets);
  return {
    log(at, message, fields = {}) {
      if (rank[at] < rank[level]) return;
      const line = { time: new Date(clock.now()).toISOString(), level: at, message, ...fields };
      write(`${redact(JSON.stringify(line))}\n`);
    },
  };
}

/** Returns the logger with known secrets replaced in whatever passes through it. */
export function redactingLogger(logger: Logger, secrets: readonly string[]): Logger {
  const redact = createRedactor(secrets);
  return {
    log(level, message, fields = {}) {
      // The list grows with what is read from the store.
      if (secrets.length === 0) return logger.log(level, message, fields);
      const safe = JSON.parse(redact(JSON.stringify(fields))) as Record<string, unknown>;
      logger.log(level, redact(message), safe);
    },
  };
}
