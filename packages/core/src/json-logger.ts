import { type Clock, systemClock } from './clock.ts';
import { type Logger, type LogLevel, silentLogger } from './logger.ts';
import { createRedactor } from './redact-secrets.ts';
import { createTextRedactor } from './redaction/create-text-redactor.ts';
import { stringifyRedacted } from './redaction/redact-fields.ts';
import type { RedactionLevel } from './redaction/redaction-rule.ts';
import { traceFields } from './tracing/trace-scope.ts';

const rank: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };

export interface JsonLoggerOptions {
  write: (line: string) => void;
  level?: LogLevel;
  secrets?: readonly string[];
  clock?: Clock;
  /** How much about persons is masked; `strict` unless said otherwise. Secrets always are. */
  redaction?: RedactionLevel;
}

/**
 * Returns a logger that writes one JSON object per line, with known secrets replaced, and masked
 * whatever reads like a secret or, unless told otherwise, like something about a person.
 */
export function createJsonLogger(options: JsonLoggerOptions): Logger {
  const { write, level = 'info', secrets = [], clock = systemClock } = options;
  const redact = createRedactor(secrets);
  const redactor = createTextRedactor({ level: options.redaction ?? 'strict' });
  return {
    log(at, message, fields = {}) {
      if (rank[at] < rank[level]) return;
      const time = new Date(clock.now()).toISOString();
      const own = { time, level: at, message, ...traceFields() };
      const line = { ...own, ...besides(own, fields) };
      write(`${redact(stringifyRedacted(line, redactor))}\n`);
    },
  };
}

/** A field named like one of the line's own stands beside it, with an underscore, and not in its place. */
function besides(own: object, fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const isTold = !(name in own) || Reflect.get(own, name) === value;
      return [isTold ? name : `${name}_`, value];
    }),
  );
}

/**
 * Returns the logger with secrets masked in whatever passes through it: the known ones, and what
 * reads like one. Personal data is left to the logger that writes.
 */
export function redactingLogger(logger: Logger, secrets: readonly string[]): Logger {
  // Nothing to mask where everything is dropped.
  if (logger === silentLogger) return logger;
  const redact = createRedactor(secrets);
  const redactor = createTextRedactor({ level: 'off' });
  return {
    log(level, message, fields) {
      const safe =
        fields === undefined
          ? undefined
          : (JSON.parse(redact(stringifyRedacted(fields, redactor))) as Record<string, unknown>);
      logger.log(level, redact(redactor.redact(message)), safe);
    },
  };
}
