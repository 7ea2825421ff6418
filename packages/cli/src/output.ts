import pc from 'picocolors';
import type { Io } from './io.ts';

export type Colors = ReturnType<typeof pc.createColors>;

/** The one way to standard output and standard error. */
export interface Output {
  readonly isJson: boolean;
  readonly colors: Colors;
  /** How wide a line may be. */
  readonly columns: number;
  /** Prints an answer: the value as one JSON document with --json, else the text. */
  answer(value: unknown, text: () => string): void;
  /** Prints text that is meant for a person: with --json or in a pipe, nothing. */
  note(text: string): void;
  /** Prints to standard error, whoever reads it. */
  warn(text: string): void;
}

const defaultColumns = 80;
const widestColumns = 120;

/** Returns whether colours may be used: not in a pipe, not with NO_COLOR, not with --no-color. */
function allowsColor(io: Io, wanted: boolean): boolean {
  const noColor = io.env['NO_COLOR'];
  return (
    wanted &&
    io.stdout.isTty &&
    (noColor === undefined || noColor === '') &&
    io.env['TERM'] !== 'dumb'
  );
}

/** Returns the ports of one run. */
export function createOutput(io: Io, options: { json: boolean; color: boolean }): Output {
  return {
    isJson: options.json,
    colors: pc.createColors(!options.json && allowsColor(io, options.color)),
    columns: Math.min(io.stdout.columns ?? defaultColumns, widestColumns),
    answer(value, text) {
      io.stdout.write(line(options.json ? JSON.stringify(value, null, 2) : text()));
    },
    note(text) {
      if (!options.json && io.stdout.isTty) io.stdout.write(line(text));
    },
    warn(text) {
      io.stderr.write(line(text));
    },
  };
}

function line(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
