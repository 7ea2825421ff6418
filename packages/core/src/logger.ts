export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Where messages for operators go. Fields are data, never parts of the message. */
export interface Logger {
  log(level: LogLevel, message: string, fields?: Record<string, unknown>): void;
}

/** A logger that drops everything: the default of an embedded SDK. */
export const silentLogger: Logger = { log: () => undefined };
